/** What the server says and is told, over HTTP. */
import type { Text3 } from '../platform/i18n/index.ts';

export interface Task {
  readonly id: string;
  readonly formKey: string;
  readonly subject: { readonly id: string; readonly name: Text3; readonly type: string | null; readonly place: Text3 };
  readonly activity: Text3;
  readonly from: string;
  readonly to: string;
  readonly blocked: boolean;
  readonly state: 'open' | 'waiting' | 'accepted' | 'returned' | 'rejected' | 'withdrawn';
  /** What stands on it and is this person's own: a correction replaces it. */
  readonly recordId: string | null;
  /** Why it came back, in the words of whoever read it. */
  readonly returned: { readonly reason: string; readonly by: string } | null;
}

/** A file of a form, or a list, by what is in it. */
export interface NamedFile {
  readonly name: string;
  readonly sha256: string;
}

export interface FormOffer {
  readonly versionId: string;
  readonly key: string;
  readonly version: string;
  readonly md5: string;
  readonly title: Text3;
  readonly files: readonly NamedFile[];
}

export interface Home {
  readonly space: { readonly name: Text3 };
  readonly person: { readonly id: string; readonly name: string; readonly language: string };
  readonly tasks: readonly Task[];
  readonly forms: readonly FormOffer[];
  readonly lists: readonly NamedFile[];
}

export interface SentFile extends NamedFile {
  readonly bytes: number;
  readonly mediaType: string;
}

export interface Receipt {
  readonly recordId: string;
  readonly outcome: 'received' | 'already' | 'conflict';
  readonly receivedAt: string;
  readonly aside: { readonly text: string } | null;
  readonly missing: readonly string[];
}

/** The server answered, and it was a no. */
export class Refusal extends Error {
  readonly status: number;
  readonly here: number | undefined;

  constructor(status: number, message: string, here?: number) {
    super(message);
    this.status = status;
    this.here = here;
  }
}

/** True for an answer that another try may change: too busy, a broken server, a phone that is not let in now. */
export const mayPass = (error: unknown): boolean =>
  !(error instanceof Refusal) || error.status >= 500 || [401, 403, 408, 409, 425, 429].includes(error.status);

/** As long as a slow village line may take for one part. */
const PATIENCE_MS = 90_000;

async function ask(token: string, path: string, init: RequestInit = {}): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api/field/${path}`, {
      // Nothing of a person's work stays in the browser's own cache, and no cookie of the office goes along.
      cache: 'no-store',
      credentials: 'omit',
      ...init,
      signal: stop.signal,
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...init.headers },
    });
    if (response.ok || response.status === 304) return response;
    const problem = (await response.json().catch(() => ({}))) as { title?: string };
    throw new Refusal(response.status, problem.title ?? String(response.status));
  } finally {
    clearTimeout(timer);
  }
}

/** What is new for the person, null when it is what the phone has; and what the server's clock says. */
export async function fetchHome(
  token: string,
  etag: string | undefined,
): Promise<{ home: Home | null; etag: string; serverAt: string }> {
  const response = await ask(token, 'home', { headers: etag ? { 'if-none-match': etag } : {} });
  const serverAt = new Date(response.headers.get('date') ?? Date.now()).toISOString();
  const home = response.status === 304 ? null : ((await response.json()) as Home);
  return { home, etag: response.headers.get('etag') ?? '', serverAt };
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The key of the phone's second lock, 32 bytes. */
export async function fetchSecondKey(token: string): Promise<Uint8Array<ArrayBuffer>> {
  const { key } = (await (await ask(token, 'key')).json()) as { key: string };
  return Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
}

/** A form, list or table in pieces, without the words of those that are here already. */
export async function fetchDifference(
  token: string,
  path: string,
  have: readonly string[],
): Promise<{ sha256: string; pieces: readonly { readonly digest: string; readonly text?: string }[] }> {
  return await (await ask(token, path, post({ have }))).json();
}

export async function fetchFormFile(token: string, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await ask(token, path)).arrayBuffer());
}

/** What this person sent, and the version of the form that it answers: null when the server has no such version. */
export async function fetchRecord(
  token: string,
  recordId: string,
): Promise<{
  record: { xml: string; files: readonly SentFile[] };
  form: { versionId: string; key: string; files: readonly NamedFile[] } | null;
}> {
  return await (await ask(token, `records/${recordId}`)).json();
}

export async function fileState(token: string, sha256: string): Promise<{ whole: boolean; here: number }> {
  const state = (await (await ask(token, `files/${sha256}`)).json()) as { whole: boolean; here: number | null };
  return { whole: state.whole, here: state.here ?? 0 };
}

export async function sendPart(
  token: string,
  file: SentFile,
  offset: number,
  part: Uint8Array<ArrayBuffer>,
): Promise<{ whole: boolean; here: number }> {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.mediaType) ? file.mediaType : 'application/octet-stream';
  const query = new URLSearchParams({ offset: String(offset), total: String(file.bytes), type });
  const response = await ask(token, `files/${file.sha256}?${query}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: part,
  });
  return (await response.json()) as { whole: boolean; here: number };
}

export async function sendRecord(
  token: string,
  { xml, files, language }: { readonly xml: string; readonly files: readonly SentFile[]; readonly language: string },
): Promise<Receipt> {
  const { headers, ...sent } = post({ xml, files, sentAt: new Date().toISOString() });
  const response = await ask(token, 'records', { ...sent, headers: { ...headers, 'accept-language': language } });
  return (await response.json()) as Receipt;
}
