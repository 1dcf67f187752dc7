import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { z } from 'zod';
import { type Actor, type Call, type Page, phoneKeyOf, type Rules } from '../../kernel/access/index.ts';
import { formFiles, xformOf } from '../../kernel/forms/index.ts';
import type { MediaList } from '../../kernel/kinds/index.ts';
import { attachmentsOf, type RecordHandler, receive, record, recordXml } from '../../kernel/records/index.ts';
import { fileOf, holdFile, type Upload } from '../../platform/files/index.ts';
import { json, type Reply, readFields, stream, text, uuidParam } from '../../platform/http/index.ts';
import { isLanguage } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { ROOT } from '../../platform/root.ts';
import { differenceFrom } from './difference.ts';
import { importPages } from './import.tsx';
import { fieldHome } from './tasks.ts';

export { importNav as fieldNav } from './import.tsx';
export { messages as fieldMessages } from './messages/index.ts';
export type { FieldHome, FieldTask } from './tasks.ts';

export type FieldDeps = {
  readonly handlers: ReadonlyMap<string, RecordHandler>;
  readonly media: Readonly<Record<string, MediaList>>;
};

/** The app itself is for everyone to load: it holds nothing. What is behind it asks who is there. */
export const fieldRules: Rules = {
  'field.app': 'anyone',
  'field.use': ['field_worker', 'coordinator', 'reviewer'],
  'field.import': ['coordinator'],
};

const PART_BYTES = 512 * 1024;
const RECORD_BYTES = 12_000_000;
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

function person(call: Call): Actor {
  if (!call.actor) throw new Problem(401, 'access.signInFirst');
  return call.actor;
}

const MEDIA: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

/** The built app. Its page and its service worker are asked for each time; what carries a digest in its name is kept for ever. */
async function appFile(call: Call): Promise<Reply> {
  const wanted = normalize(call.params['*'] || 'index.html');
  const path = join(ROOT, 'dist/field', wanted);
  const mediaType = MEDIA[extname(wanted)];
  if (wanted.startsWith('..') || !mediaType || !existsSync(path)) throw notFound(wanted.slice(0, 80));
  const kept = wanted.startsWith('assets');
  const headers = {
    'cache-control': kept ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(wanted === 'sw.js' && { 'service-worker-allowed': '/field/' }),
  };
  return /\.(png|woff2)$/.test(wanted)
    ? stream(createReadStream(path), mediaType, headers)
    : text(readFileSync(path), mediaType, headers);
}

/** How much of a file is here already: the phone goes on from there. */
async function fileState(call: Call): Promise<Reply> {
  const sha256 = hashOf(call);
  const whole = (await fileOf(call.sql, call.space.id, sha256)) !== null;
  return json({ whole, here: whole ? null : await call.files.partSize(uploadOf(call, sha256)) }, 200, {
    'cache-control': 'no-store',
  });
}

const Part = z.object({
  offset: z.coerce.number().int().min(0),
  total: z.coerce.number().int().min(1),
  type: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/),
});

/** Takes one part; with the last one the file is checked against its hash and kept. A part that comes twice does no harm. */
async function filePart(call: Call): Promise<Reply> {
  const sha256 = hashOf(call);
  const { offset, total, type } = readFields(Part, call.query);
  const part = call.request.body;
  if (!Buffer.isBuffer(part)) throw new Problem(415, 'platform.input.unsupported');
  if (total > call.maxUpload)
    throw new Problem(413, 'platform.file.tooLarge', { megabytes: Math.floor(call.maxUpload / 1_048_576) });
  const upload = uploadOf(call, sha256);
  const here = await call.files.append(upload, offset, part, total);
  if (here < total) return json({ whole: false, here });
  const stored = await call.files.finish(upload);
  await holdFile(call.sql, call.space.id, stored, type);
  return json({ whole: true, here: total });
}

function hashOf(call: Call): string {
  const read = SHA256.safeParse(call.params.sha256);
  if (!read.success) throw notFound(String(call.params.sha256).slice(0, 80));
  return read.data;
}

/** Parts of one person do not meet those of another, nor of another space. */
const uploadOf = (call: Call, sha256: string): Upload => ({
  sender: `${call.space.id} ${person(call).accountId}`,
  sha256,
});

const Sent = z.object({
  xml: z.string().min(1).max(10_000_000),
  /** What the phone's clock says. */
  sentAt: z.iso.datetime().optional(),
  files: z
    .array(
      z.object({
        name: z.string().min(1).max(255),
        sha256: SHA256,
        bytes: z.number().int().min(0),
        mediaType: z.string().max(100),
      }),
    )
    .max(500)
    .default([]),
});

/** Takes a finished record: the receipt is given after it is kept for good. The same record again gets the same receipt. */
async function postRecord(call: Call, deps: FieldDeps): Promise<Reply> {
  const actor = person(call);
  const sent = readFields(Sent, call.request.body);
  // Only files that came into this space: a hash alone must not open another space's bytes.
  const here = await Promise.all(sent.files.map((file) => fileOf(call.sql, call.space.id, file.sha256)));
  const receipt = await receive(
    { sql: call.sql, handlers: deps.handlers },
    {
      spaceId: call.space.id,
      xml: sent.xml,
      attachments: sent.files.flatMap((file, i) => (here[i] ? [{ ...file, bytes: here[i].bytes }] : [])),
      door: 'field',
      sentAt: sent.sentAt ? new Date(sent.sentAt) : null,
      authorId: actor.accountId,
      deviceId: 'deviceId' in actor ? (actor.deviceId as string) : null,
    },
  );
  // The app may be in another language than the account.
  const asked = call.request.headers['accept-language'] ?? '';
  const { t } = isLanguage(asked) ? call.locales[asked] : call.l;
  const aside = receipt.aside ? { ...receipt.aside, text: t(receipt.aside.key, receipt.aside.details) } : null;
  return json({ ...receipt, aside }, 201);
}

function idOf(call: Call, name: string): string {
  const read = uuidParam.safeParse(call.params[name]);
  if (!read.success) throw notFound(String(call.params[name]).slice(0, 80));
  return read.data;
}

async function openFormFile(call: Call) {
  const wanted = call.params.name ?? '';
  const held = await formFiles(call.sql, call.space.id, idOf(call, 'versionId'));
  const sha256 = held.find((file) => file.name === wanted)?.sha256;
  const stored = sha256 ? await fileOf(call.sql, call.space.id, sha256) : null;
  const bytes = stored && (await call.files.read(stored.sha256));
  if (!bytes) throw notFound(wanted.slice(0, 80));
  return { bytes, stored };
}

/** A picture or sound of a form version. */
async function formFile(call: Call): Promise<Reply> {
  const { bytes, stored } = await openFormFile(call);
  return stream(bytes, stored.mediaType, { 'cache-control': 'no-store' });
}

/** Tables that a phone can search are a few megabytes; what is larger is not read into memory here. */
const TABLE_BYTES = 20_000_000;

/** A table of a form version, as difference. */
async function formTable(call: Call): Promise<Reply> {
  const { bytes, stored } = await openFormFile(call);
  if (stored.bytes > TABLE_BYTES)
    throw new Problem(413, 'platform.file.tooLarge', { megabytes: TABLE_BYTES / 1_000_000 });
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Uint8Array);
  return difference(call, Buffer.concat(chunks).toString('utf8'));
}

const Known = z.object({ have: z.array(z.string().max(64)).max(50_000).default([]) });

/** Answers with what the phone lacks of a text. */
function difference(call: Call, whole: string): Reply {
  const { have } = readFields(Known, call.request.body);
  return json(differenceFrom(whole, new Set(have)), 200, { 'cache-control': 'no-store' });
}

/** The key of the phone's second lock: for the first sign-in, and for a forgotten PIN. */
async function secondKey(call: Call): Promise<Reply> {
  const key = await phoneKeyOf(call.sql, person(call));
  return json({ key: Buffer.from(key).toString('base64') }, 200, { 'cache-control': 'no-store' });
}

/** What this person sent, to be corrected: also on another phone than it was written on. */
async function ownRecord(call: Call): Promise<Reply> {
  const id = idOf(call, 'recordId');
  const found = await record(call.sql, call.space.id, id);
  const xml = found?.authorId === person(call).accountId ? await recordXml(call.sql, call.space.id, id) : null;
  if (!found || xml === null) throw notFound(id);
  const files = (await attachmentsOf(call.sql, call.space.id, id)).flatMap(({ name, sha256, bytes, mediaType }) =>
    sha256 ? [{ name, sha256, bytes: bytes ?? 0, mediaType: mediaType ?? '' }] : [],
  );
  const versionId = found.formVersionId;
  const form = versionId && {
    versionId,
    key: found.formKey,
    files: await formFiles(call.sql, call.space.id, versionId),
  };
  return json({ record: { xml, files }, form }, 200, { 'cache-control': 'no-store' });
}

/** The field app's own door: the app itself, what a phone must know, and what it brings. */
export function fieldPages(deps: FieldDeps): readonly Page[] {
  const list = async (call: Call): Promise<Reply> => {
    const wanted = call.params.name ?? '';
    const write = Object.hasOwn(deps.media, wanted) ? deps.media[wanted] : undefined;
    if (!write) throw notFound(String(call.params.name).slice(0, 80));
    return difference(call, await write(call.sql, call.space.id, person(call)));
  };
  const xform = async (call: Call): Promise<Reply> =>
    difference(call, await xformOf(call.sql, call.space.id, idOf(call, 'versionId')));
  const use = { action: 'field.use', languages: 'none' } as const;
  return [
    { method: 'GET', path: '/field', action: 'field.app', languages: 'none', handle: appFile },
    { method: 'GET', path: '/field/*', action: 'field.app', languages: 'none', handle: appFile },
    {
      method: 'GET',
      path: '/api/field/home',
      ...use,
      handle: async (call) =>
        text(JSON.stringify(await fieldHome(call, person(call), deps.media)), 'application/json; charset=utf-8', {
          'cache-control': 'private, no-cache',
        }),
    },
    { method: 'GET', path: '/api/field/key', ...use, handle: secondKey },
    { method: 'POST', path: '/api/field/forms/:versionId', ...use, handle: xform },
    { method: 'GET', path: '/api/field/forms/:versionId/files/:name', ...use, handle: formFile },
    { method: 'POST', path: '/api/field/forms/:versionId/files/:name', ...use, handle: formTable },
    { method: 'POST', path: '/api/field/lists/:name', ...use, handle: list },
    { method: 'GET', path: '/api/field/records/:recordId', ...use, handle: ownRecord },
    { method: 'GET', path: '/api/field/files/:sha256', ...use, handle: fileState },
    { method: 'PUT', path: '/api/field/files/:sha256', ...use, bodyLimit: PART_BYTES, handle: filePart },
    {
      method: 'POST',
      path: '/api/field/records',
      ...use,
      bodyLimit: RECORD_BYTES,
      handle: (call) => postRecord(call, deps),
    },
    ...importPages(deps),
  ];
}
