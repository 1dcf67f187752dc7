import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VISITS, type Visit, visitInstanceXml } from '../../seeds/story/index.ts';
import { type Actor, addAccount, addDevice } from '../../src/kernel/access/index.ts';
import { publishVersion, uploadWorkbook } from '../../src/kernel/forms/index.ts';
import { createSpace } from '../../src/kernel/spaces/index.ts';
import { addSubject } from '../../src/kernel/subjects/index.ts';
import type { Sql } from '../../src/platform/db/index.ts';
import type { FileStore } from '../../src/platform/files/index.ts';
import { ROOT } from '../../src/platform/root.ts';

/** One association with its facilities and phones, ready to receive visits. */
export type House = {
  readonly spaceId: string;
  readonly host: string;
  readonly reviewer: Actor;
  readonly facilities: readonly string[];
  readonly tokens: readonly string[];
};

/** Founds a space in which the checklist of visits is published. Facilities have the same ids in every house. */
export async function foundHouse(sql: Sql, files: FileStore, host: string, phones: number): Promise<House> {
  const space = await createSpace(sql, { name: { ky: host, en: host }, host });
  const bytes = readFileSync(join(ROOT, 'src/programmes/oversight/forms/visit.xlsx'));
  const form = { spaceId: space.id, kind: 'oversight', fileName: 'visit.xlsx', bytes };
  const { version } = await uploadWorkbook(sql, files, null, form);
  await publishVersion(sql, null, { spaceId: space.id, versionId: version.id });
  const account = (login: string, role: 'field_worker' | 'reviewer') =>
    addAccount(sql, space.id, null, {
      login,
      name: login,
      password: 'үч кызыл өрүк',
      language: 'ky',
      roles: [role],
      organisationId: null,
    });
  const reviewer: Actor = {
    accountId: await account('reviewer', 'reviewer'),
    spaceId: space.id,
    name: 'reviewer',
    roles: ['coordinator', 'reviewer'],
    organisationId: null,
    personId: null,
  };
  const facilities: string[] = [];
  for (let i = 0; i < 20; i++) {
    const name = `Мекеме ${i + 1}`;
    const id = nameId(`facility ${i}`);
    facilities.push(await addSubject(sql, reviewer, { id, kind: 'thing', type: 'fap', name: { ky: name, ru: name } }));
  }
  const tokens: string[] = [];
  for (let i = 0; i < phones; i++) {
    const accountId = await account(`phone${i}`, 'field_worker');
    tokens.push((await addDevice(sql, space.id, null, accountId, `phone ${i}`)).token);
  }
  return { spaceId: space.id, host, reviewer, facilities, tokens };
}

/** An id that a name gives. */
export function nameId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type VisitWish = {
  readonly id: string;
  readonly n: number;
  readonly facilityId: string;
  readonly assignmentId?: string;
  /** Digest of its photo, whose name it is too. */
  readonly photo?: string;
  readonly corrects?: string;
  /** How wrong the phone's clock is, in days. */
  readonly clockDays?: number;
};

const PHOTOGRAPHED = VISITS.filter((visit) => Object.keys(visit.photos).length > 0 && !visit.supersedes);

/** A visit of the story under another id, at another facility, from a phone whose clock may be wrong. */
export function visitXml(wish: VisitWish): string {
  const story = PHOTOGRAPHED[wish.n % PHOTOGRAPHED.length]!;
  const item = Object.keys(story.photos)[0]!;
  const moved = (time: string): string =>
    `${new Date(Date.parse(time) + (wish.clockDays ?? 0) * 86_400_000 + 21_600_000).toISOString().slice(0, 19)}+06:00`;
  const { supersedes: _, ...own } = story;
  const visit: Visit = {
    ...own,
    instanceId: wish.id,
    startedAt: moved(story.startedAt),
    endedAt: moved(story.endedAt),
    photos: wish.photo ? { [item]: { ...story.photos[item]!, name: `${wish.photo}.jpg` } } : {},
    problems: story.problems.map(({ photo: _photo, ...problem }) => problem),
  };
  const xml = visitInstanceXml(visit, {
    facilityId: () => wish.facilityId,
    ...(wish.assignmentId ? { assignmentId: wish.assignmentId } : {}),
  });
  return wish.corrects
    ? xml.replace('</instanceID>', `</instanceID><deprecatedID>uuid:${wish.corrects}</deprecatedID>`)
    : xml;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One request as bytes. */
export function request(
  method: string,
  path: string,
  host: string,
  given: { token?: string; from?: string; type?: string; body?: Uint8Array } = {},
): Buffer {
  const { token, from = '127.0.0.1', type, body = new Uint8Array() } = given;
  const head = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: close',
    `X-Forwarded-For: ${from}`,
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    ...(type ? [`Content-Type: ${type}`] : []),
    `Content-Length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

export type Phone = { readonly token: string; readonly host: string; readonly from: string };

/** A photo in one part, as the field app sends it. */
export const photoRequest = (phone: Phone, photo: Uint8Array): Buffer =>
  request('PUT', `/api/field/files/${sha256(photo)}?offset=0&total=${photo.length}&type=image%2Fjpeg`, phone.host, {
    ...phone,
    type: 'application/octet-stream',
    body: photo,
  });

/** A record with the names of its photos. */
export const recordRequest = (phone: Phone, xml: string, photo?: Uint8Array): Buffer => {
  const files = photo
    ? [{ name: `${sha256(photo)}.jpg`, sha256: sha256(photo), bytes: photo.length, mediaType: 'image/jpeg' }]
    : [];
  return request('POST', '/api/field/records', phone.host, {
    ...phone,
    type: 'application/json',
    body: Buffer.from(JSON.stringify({ xml, files })),
  });
};
