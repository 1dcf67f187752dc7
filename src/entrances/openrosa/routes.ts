import { openRosaHeaders, writeFormList, writeManifest, writeResponse } from '@demilge/openrosa';
import type { Actor, Call, Page, Rules } from '../../kernel/access/index.ts';
import { type FormVersionInfo, xformOf } from '../../kernel/forms/index.ts';
import type { Kind } from '../../kernel/kinds/index.ts';
import { type Receipt, type RecordHandler, receive } from '../../kernel/records/index.ts';
import { noContent, type Reply, stream, text, uuidParam } from '../../platform/http/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { mediaOf } from './media.ts';
import { offeredForms } from './offered.ts';
import { readSubmission } from './submission.ts';

/** A phone by the token in its address, and nobody else. */
export const openRosaRules: Rules = { 'openrosa.use': 'signed_in' };

const XML = 'text/xml; charset=utf-8';

export type OpenRosaDeps = { readonly kinds: readonly Kind[] };

/** The addresses that ODK Collect knows below `/or/<token>`; our own app on phones uses the same ones. */
export function openRosaRoutes({ kinds }: OpenRosaDeps): Page[] {
  const handlers = new Map<string, RecordHandler>(kinds.flatMap((kind) => Object.entries(kind.records)));
  const route = (method: Page['method'], path: string, handle: Page['handle']): Page => ({
    method,
    path: `/or/:deviceToken/${path}`,
    action: 'openrosa.use',
    languages: 'none',
    handle: (call) => answered(call, handle),
  });
  return [
    route('GET', 'formList', formList),
    route('GET', 'forms/:version/form.xml', formXml),
    route('GET', 'forms/:version/manifest', (call) => manifest(call, kinds)),
    route('GET', 'forms/:version/media/:name', (call) => media(call, kinds)),
    route('HEAD', 'submission', async (call) => noContent(204, headersOf(call, { maxBytes: call.maxUpload }))),
    route('POST', 'submission', (call) => submission(call, handlers)),
  ];
}

/** What a client can cause is told in the protocol's own words, in the person's language. */
async function answered(call: Call, handle: Page['handle']): Promise<Reply> {
  try {
    return await handle(call);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const message = writeResponse(call.l.t(error.key, error.details), 'submit_error');
    // What is left of a refused upload is not read: the connection ends with the answer.
    const connection = call.request.method === 'POST' ? { connection: 'close' } : {};
    return text(message, XML, headersOf(call, connection), error.status);
  }
}

function headersOf(call: Call, more: { maxBytes?: number; connection?: string } = {}): Record<string, string> {
  const { connection, ...options } = more;
  const headers = openRosaHeaders({ ...options, now: call.now() });
  return { ...headers, 'cache-control': 'no-store', ...(connection ? { connection } : {}) };
}

function actorOf(call: Call): Actor {
  if (!call.actor) throw new Problem(401, 'access.signInFirst');
  return call.actor;
}

const base = (call: Call): string => `${call.baseUrl}/or/${call.params.deviceToken}`;

async function formList(call: Call): Promise<Reply> {
  const wanted = call.query.formID;
  const versions = (await offeredForms(call.sql, call.space.id, actorOf(call), call.now())).filter(
    (version) => !wanted || version.formKey === wanted,
  );
  const listing = versions.map((version) => ({
    formId: version.formKey,
    name: call.l.pick(version.title),
    version: version.version,
    md5: version.md5,
    downloadUrl: `${base(call)}/forms/${version.id}/form.xml`,
    manifestUrl: `${base(call)}/forms/${version.id}/manifest`,
  }));
  return text(writeFormList(listing), XML, headersOf(call));
}

async function offeredVersion(call: Call): Promise<FormVersionInfo> {
  const id = call.params.version ?? '';
  if (!uuidParam.safeParse(id).success) throw notFound('form');
  const offered = await offeredForms(call.sql, call.space.id, actorOf(call), call.now());
  const version = offered.find((one) => one.id === id);
  if (!version) throw notFound('form');
  return version;
}

async function formXml(call: Call): Promise<Reply> {
  const version = await offeredVersion(call);
  return text(await xformOf(call.sql, call.space.id, version.id), XML, headersOf(call));
}

async function manifest(call: Call, kinds: readonly Kind[]): Promise<Reply> {
  const version = await offeredVersion(call);
  const files = await mediaOf({ db: call.sql, files: call.files, kinds }, call.space.id, version, actorOf(call));
  const listing = files.map(({ name, md5 }) => ({
    filename: name,
    md5,
    downloadUrl: `${base(call)}/forms/${version.id}/media/${encodeURIComponent(name)}`,
  }));
  return text(writeManifest(listing), XML, headersOf(call));
}

async function media(call: Call, kinds: readonly Kind[]): Promise<Reply> {
  const version = await offeredVersion(call);
  const files = await mediaOf({ db: call.sql, files: call.files, kinds }, call.space.id, version, actorOf(call));
  const bytes = await files.find((file) => file.name === call.params.name)?.read();
  if (bytes === undefined || bytes === null) throw notFound('file');
  if (typeof bytes === 'string') return text(bytes, 'text/csv; charset=utf-8', headersOf(call));
  return stream(bytes, 'application/octet-stream', headersOf(call));
}

async function submission(call: Call, handlers: ReadonlyMap<string, RecordHandler>): Promise<Reply> {
  const actor = actorOf(call);
  const { xml, attachments } = await readSubmission(call.request, call.files, call.maxUpload);
  const deviceId = 'deviceId' in actor && typeof actor.deviceId === 'string' ? actor.deviceId : null;
  const receipt = await receive(
    { sql: call.sql, handlers },
    {
      spaceId: call.space.id,
      xml,
      attachments,
      door: 'openrosa',
      authorId: actor.accountId,
      deviceId,
      sentAt: clockOf(call),
    },
  );
  return text(writeResponse(told(call, receipt), 'submit_success'), XML, headersOf(call), 201);
}

const HALF_DAY = 43_200_000;

/**
 * The client's clock, which the protocol asks for in the Date header. ODK Collect writes the hour of a twelve-hour clock without saying
 * which half of the day it is: the half that is nearer to our own time is meant.
 */
function clockOf(call: Call): Date | null {
  const told = Date.parse(call.request.headers.date ?? '');
  if (Number.isNaN(told)) return null;
  const now = call.now().getTime();
  const nearer = [told, told + HALF_DAY].sort((a, b) => Math.abs(a - now) - Math.abs(b - now))[0]!;
  return new Date(nearer);
}

/** What the person reads after sending: that it is safe first, then what is to be known. */
function told(call: Call, receipt: Receipt): string {
  const { t } = call.l;
  const first = t(receipt.outcome === 'already' ? 'openrosa.already' : 'openrosa.received');
  if (receipt.outcome === 'conflict') return `${first} ${t('openrosa.conflict')}`;
  if (receipt.missing.length > 0) return `${first} ${t('openrosa.incomplete', { count: receipt.missing.length })}`;
  if (receipt.aside) return `${first} ${t('openrosa.aside', { why: t(receipt.aside.key, receipt.aside.details) })}`;
  return first;
}
