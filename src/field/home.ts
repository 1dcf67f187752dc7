/** What the phone must know to work for days without a network, fetched by difference. */

import type { Draft } from './drafts.ts';
import type { Self } from './outbox.ts';
import { sha256Of } from './seal.ts';
import {
  fetchDifference,
  fetchFormFile,
  fetchHome,
  fetchRecord,
  type Home,
  mayPass,
  type NamedFile,
  type SentFile,
} from './server.ts';
import { type Change, change, idsOf, read, readAll, type Vault } from './store.ts';

export interface KeptHome {
  readonly etag: string;
  readonly home: Home;
  /** When the server was last heard, by the phone's clock and by the server's. */
  readonly at: string;
  readonly serverAt: string;
}

/** A text in the pieces that the server cut it into: what changes later comes piece by piece. */
export interface KeptText {
  readonly sha256: string;
  readonly pieces: readonly (readonly [digest: string, text: string])[];
}

/** A version of a form, and which files belong to it. */
export interface KeptForm extends KeptText {
  readonly versionId: string;
  readonly key: string;
  readonly files: readonly NamedFile[];
}

/** What was sent back to be corrected. Its photos stay at the server. */
export interface KeptRecord {
  readonly xml: string;
  readonly versionId: string;
  readonly files: readonly SentFile[];
}

export const textOf = (kept: KeptText): string => kept.pieces.map(([, text]) => text).join('');

/** Forms of the next version mostly name the same files: they are kept by what is in them. */
export const mediaKey = (sha256: string): string => `media:${sha256}`;
export const tableKey = (sha256: string): string => `table:${sha256}`;
export const isTable = (name: string): boolean => /\.(csv|xml|geojson)$/i.test(name);

export async function keptHome(vault: Vault): Promise<KeptHome | undefined> {
  return await read<KeptHome>(vault, 'home', 'home');
}

/**
 * Asks what is new and fetches only that: forms that are not here, lists whose hash is another, and of both only the pieces that changed.
 * What no one needs any more goes. The new home is kept last, so that a cut in the middle leaves a whole old one.
 */
export async function refreshHome(vault: Vault): Promise<KeptHome | undefined> {
  const token = (await read<Self>(vault, 'self', 'self'))?.token;
  if (!token) return undefined;
  const before = await keptHome(vault);
  const answer = await fetchHome(token, before?.etag);
  const times = { at: new Date().toISOString(), serverAt: answer.serverAt };
  if (!answer.home) {
    const same = { ...before!, ...times };
    await change(vault, [{ put: 'home', id: 'home', value: same }]);
    return same;
  }
  const { home } = answer;
  const forms = new Map((await readAll<KeptForm>(vault, 'form')).map((form) => [form.versionId, form]));
  for (const { versionId, key, files } of home.forms)
    await unlessGone(() => fetchForm(vault, token, forms, { versionId, key, files }));
  for (const list of home.lists) await unlessGone(() => fetchList(vault, token, list));
  const records = await fetchReturned(vault, token, home, forms);
  const kept = { home, etag: answer.etag, ...times };
  await change(vault, [{ put: 'home', id: 'home', value: kept }, ...(await unneeded(vault, home, forms, records))]);
  return kept;
}

/** One thing that the server names and does not have must not keep the day's tasks from the phone. */
async function unlessGone(fetch: () => Promise<void>): Promise<void> {
  try {
    await fetch();
  } catch (error) {
    if (mayPass(error)) throw error;
  }
}

/** A text of which some pieces may be here. What does not come out right is fetched whole. */
async function fetchText(token: string, path: string, known: readonly KeptText[]): Promise<KeptText> {
  const here = new Map(known.flatMap((text) => text.pieces));
  const { sha256, pieces } = await fetchDifference(token, path, [...here.keys()]);
  const whole = { sha256, pieces: pieces.map(({ digest, text }) => [digest, text ?? here.get(digest) ?? ''] as const) };
  if ((await sha256Of(new TextEncoder().encode(textOf(whole)))) === sha256) return whole;
  if (known.length === 0) throw new Error(`${path} came damaged`);
  return await fetchText(token, path, []);
}

async function fetchList(vault: Vault, token: string, list: NamedFile): Promise<void> {
  const kept = await read<KeptText>(vault, 'list', list.name);
  if (kept?.sha256 === list.sha256) return;
  const value = await fetchText(token, `lists/${encodeURIComponent(list.name)}`, kept ? [kept] : []);
  await change(vault, [{ put: 'list', id: list.name, value }]);
}

async function fetchForm(
  vault: Vault,
  token: string,
  forms: Map<string, KeptForm>,
  wanted: Pick<KeptForm, 'versionId' | 'key' | 'files'>,
): Promise<void> {
  const { versionId, key, files } = wanted;
  const relatives = [...forms.values()].filter((form) => form.key === key);
  for (const file of files) await unlessGone(() => fetchFile(vault, token, versionId, file, relatives));
  if (forms.has(versionId)) return;
  const form: KeptForm = { ...wanted, ...(await fetchText(token, `forms/${versionId}`, relatives)) };
  await change(vault, [{ put: 'form', id: versionId, value: form }]);
  forms.set(versionId, form);
}

/** A picture or table of a form. A table that stood under the same name before gives its pieces. */
async function fetchFile(
  vault: Vault,
  token: string,
  versionId: string,
  file: NamedFile,
  relatives: readonly KeptForm[],
): Promise<void> {
  const path = `forms/${versionId}/files/${encodeURIComponent(file.name)}`;
  if (!isTable(file.name)) {
    const id = mediaKey(file.sha256);
    if ((await idsOf(vault, 'file')).includes(id)) return;
    await change(vault, [{ bytes: 'file', id, value: await fetchFormFile(token, path) }]);
    return;
  }
  const id = tableKey(file.sha256);
  if ((await idsOf(vault, 'list')).includes(id)) return;
  const old = relatives.flatMap((form) => form.files.filter((one) => one.name === file.name));
  const known = await Promise.all(old.map((one) => read<KeptText>(vault, 'list', tableKey(one.sha256))));
  const value = await fetchText(
    token,
    path,
    known.filter((one) => one !== undefined),
  );
  await change(vault, [{ put: 'list', id, value }]);
}

/** What came back to this person, with the version that it was filled on: it can be corrected without a network. @returns their ids */
async function fetchReturned(
  vault: Vault,
  token: string,
  home: Home,
  forms: Map<string, KeptForm>,
): Promise<ReadonlyMap<string, KeptRecord>> {
  const records = new Map<string, KeptRecord>();
  for (const { state, recordId } of home.tasks) {
    if (state !== 'returned' || !recordId) continue;
    const kept = await read<KeptRecord>(vault, 'record', recordId);
    if (kept) records.set(recordId, kept);
    else
      await unlessGone(async () => {
        const { record, form } = await fetchRecord(token, recordId);
        if (!form) return;
        await fetchForm(vault, token, forms, form);
        const value = { ...record, versionId: form.versionId };
        await change(vault, [{ put: 'record', id: recordId, value }]);
        records.set(recordId, value);
      });
  }
  return records;
}

/** Old versions of forms go, except where a draft or a record to be corrected still stands on them; then their files; then the records. */
async function unneeded(
  vault: Vault,
  home: Home,
  forms: ReadonlyMap<string, KeptForm>,
  records: ReadonlyMap<string, KeptRecord>,
): Promise<Change[]> {
  const wanted = new Set(home.forms.map((form) => form.versionId));
  for (const { versionId } of [...(await readAll<Draft>(vault, 'draft')), ...records.values()]) wanted.add(versionId);
  const lists = new Set(home.lists.map((list) => list.name));
  const media = new Set<string>();
  for (const { versionId, files } of forms.values())
    if (wanted.has(versionId)) for (const { sha256 } of files) media.add(mediaKey(sha256)).add(tableKey(sha256));
  const [textIds, fileIds, recordIds] = await Promise.all([
    idsOf(vault, 'list'),
    idsOf(vault, 'file'),
    idsOf(vault, 'record'),
  ]);
  return [
    ...[...forms.keys()].filter((id) => !wanted.has(id)).map((id): Change => ({ remove: 'form', id })),
    ...textIds.filter((id) => !lists.has(id) && !media.has(id)).map((id): Change => ({ remove: 'list', id })),
    ...fileIds
      .filter((id) => id.startsWith(mediaKey('')) && !media.has(id))
      .map((id): Change => ({ remove: 'file', id })),
    ...recordIds.filter((id) => !records.has(id)).map((id): Change => ({ remove: 'record', id })),
  ];
}
