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
}

export interface FormOffer {
  readonly versionId: string;
  readonly key: string;
  readonly version: string;
  readonly md5: string;
  readonly title: Text3;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

export interface Home {
  readonly space: { readonly name: Text3 };
  readonly person: { readonly id: string; readonly name: string; readonly language: string };
  readonly tasks: readonly Task[];
  readonly forms: readonly FormOffer[];
  readonly lists: readonly { readonly name: string; readonly sha256: string }[];
}

export interface SentFile {
  readonly name: string;
  readonly sha256: string;
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

/** What is new for the person; null when it is what the phone has. */
export async function fetchHome(token: string, etag: string | undefined): Promise<{ home: Home; etag: string } | null> {
  const response = await ask(token, 'home', { headers: etag ? { 'if-none-match': etag } : {} });
  if (response.status === 304) return null;
  return { home: (await response.json()) as Home, etag: response.headers.get('etag') ?? '' };
}

export const fetchForm = async (token: string, versionId: string): Promise<string> =>
  await (await ask(token, `forms/${versionId}`)).text();

export const fetchList = async (token: string, name: string): Promise<string> =>
  await (await ask(token, `lists/${encodeURIComponent(name)}`)).text();

export async function fetchFormFile(token: string, versionId: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await ask(token, `forms/${versionId}/files/${encodeURIComponent(name)}`);
  return new Uint8Array(await response.arrayBuffer());
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

export async function sendRecord(token: string, xml: string, files: readonly SentFile[]): Promise<Receipt> {
  const response = await ask(token, 'records', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ xml, files, sentAt: new Date().toISOString() }),
  });
  return (await response.json()) as Receipt;
}
