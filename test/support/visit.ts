import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishVersion, uploadWorkbook } from '../../src/kernel/forms/index.ts';
import { type Sql, uuidv7 } from '../../src/platform/db/index.ts';
import { type FileStore, openDiskStore } from '../../src/platform/files/index.ts';
import { visitWorkbook } from './workbook.ts';

/** A space of its own in which version 1 of the visit form is published. */
export async function visitSpace(sql: Sql, files: FileStore, spaceId: string = uuidv7()): Promise<string> {
  const bytes = await visitWorkbook('1');
  const { version } = await uploadWorkbook(sql, files, null, { spaceId, kind: 'test', fileName: 'visit.xlsx', bytes });
  await publishVersion(sql, null, { spaceId, versionId: version.id });
  return spaceId;
}

export type Visit = {
  id?: string;
  corrects?: string;
  version?: string;
  form?: string;
  facility?: string;
  warmth?: string;
  ramp?: string;
  board?: string;
  problems?: readonly { what: string; photo?: string }[];
  start?: string;
  today?: string;
  /** XML that the form does not know, before the end. */
  more?: string;
};

/** A filled visit form as a phone sends it. */
export function visitXml(visit: Visit = {}): string {
  const problems = (visit.problems ?? []).map(
    ({ what, photo }) => `<problem><what>${what}</what><photo>${photo ?? ''}</photo></problem>`,
  );
  const id = visit.id === undefined ? uuidv7() : visit.id;
  return `<?xml version="1.0"?><data id="${visit.form ?? 'visit'}" version="${visit.version ?? '1'}" xmlns:orx="http://openrosa.org/xforms"><start>${visit.start ?? '2016-04-12T10:00:00.000+06:00'}</start><end/><today>${visit.today ?? '2016-04-12'}</today><facility>${visit.facility ?? 'Ак-Дөбө ФАП'}</facility><warmth>${visit.warmth ?? '18'}</warmth><ramp>${visit.ramp ?? 'no'}</ramp><board>${visit.board ?? ''}</board>${problems.join('')}<orx:meta>${id && `<orx:instanceID>uuid:${id}</orx:instanceID>`}${visit.corrects ? `<orx:deprecatedID>uuid:${visit.corrects}</orx:deprecatedID>` : ''}</orx:meta>${visit.more ?? ''}</data>`;
}

/** A store in a private folder; `close` removes it. */
export async function testFiles(): Promise<{ files: FileStore; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'demilge-files-'));
  return { files: openDiskStore(folder), close: () => rm(folder, { recursive: true, force: true }) };
}
