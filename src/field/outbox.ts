/** What was finished on this phone, until the server has answered that it is received. Runs in the page and in the service worker. */
import { fileState, mayPass, type Receipt, Refusal, type SentFile, sendPart, sendRecord } from './server.ts';
import { type Change, change, read, readAll, readBytes, type Vault } from './store.ts';

export interface OutItem {
  /** The record's own id, made on this phone. */
  readonly id: string;
  readonly formKey: string;
  readonly versionId: string;
  readonly title: string;
  readonly label: string;
  /** In which the person finished it: the server's words about it come in the same. */
  readonly language: string;
  readonly taskId: string | null;
  readonly finishedAt: string;
  /** Empty once it is received. */
  readonly xml: string;
  readonly files: readonly SentFile[];
  /** waiting: on the phone; received: the server has said so; refused: the server cannot take it as it is, a person must look. */
  readonly state: 'waiting' | 'received' | 'refused';
  readonly receipt: Receipt | null;
  /** The server's last no, in its words. */
  readonly problem: string | null;
}

/** The token that lets this phone in. */
export interface Self {
  readonly token: string;
}

/** Small enough that a line which breaks every few seconds still gets on. */
const PART_BYTES = 128 * 1024;
const TRIES_PER_FILE = 3;

export const fileKey = (recordId: string, name: string): string => `${recordId}/${name}`;

export interface Sending {
  /** Told as bytes go out: of one record, how many of how many. */
  readonly onProgress?: (id: string, sent: number, total: number) => void;
  /** Told when an item has changed. */
  readonly onChange?: (item: OutItem) => void;
}

/**
 * How a round of sending ended. `signedOut`: the phone's key was taken back; `offline`: no answer came; `unwell`: the server could not
 * take it now.
 */
export type SendOutcome = 'done' | 'offline' | 'unwell' | 'signedOut';

/** The server as a whole is in trouble: another record would meet the same. */
const OVERLOADED = [408, 425, 429, 502, 503, 504];

/**
 * Sends what waits, oldest first. An item leaves only after "received"; whatever happens before that, it is tried again from where it stopped.
 * Two tabs and the service worker never send at once: the later one waits, and finds sent what the other has sent.
 */
export async function sendWaiting(
  vault: Vault,
  sending: Sending = {},
  also: 'waiting' | 'refused' = 'waiting',
): Promise<SendOutcome> {
  const work = () => sendAll(vault, sending, also);
  return 'locks' in navigator ? await navigator.locks.request(`demilge-send-${vault.person}`, work) : await work();
}

async function sendAll(vault: Vault, sending: Sending, also: 'waiting' | 'refused'): Promise<SendOutcome> {
  const self = await read<Self>(vault, 'self', 'self');
  if (!self) return 'signedOut';
  const items = (await readAll<OutItem>(vault, 'out')).filter(
    (item) => item.state === 'waiting' || item.state === also,
  );
  items.sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
  let outcome: SendOutcome = 'done';
  for (const item of items) {
    try {
      const receipt = await sendOne(vault, self.token, item, sending);
      await settle(vault, item, { state: 'received', receipt, problem: null }, sending);
    } catch (error) {
      if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return 'signedOut';
      if (!(error instanceof Refusal)) return 'offline';
      if (OVERLOADED.includes(error.status)) return 'unwell';
      // One record that the server stumbles over does not hold up those behind it.
      if (mayPass(error)) outcome = 'unwell';
      else await settle(vault, item, { state: 'refused', receipt: null, problem: error.message }, sending);
    }
  }
  return outcome;
}

async function settle(
  vault: Vault,
  item: OutItem,
  now: Pick<OutItem, 'state' | 'receipt' | 'problem'>,
  { onChange }: Sending,
): Promise<void> {
  const next: OutItem = { ...item, ...now };
  await change(vault, now.state === 'received' ? toHistory(next) : [{ put: 'out', id: item.id, value: next }], true);
  onChange?.(next);
}

/** What the server has leaves the phone, answers and photos; what is told of it stays. A long history does not slow down sending. */
function toHistory(item: OutItem): Change[] {
  return [
    { put: 'sent', id: item.id, value: { ...item, xml: '' } },
    { remove: 'out', id: item.id },
    ...item.files.map((file): Change => ({ remove: 'file', id: fileKey(item.id, file.name) })),
  ];
}

async function sendOne(vault: Vault, token: string, item: OutItem, { onProgress }: Sending): Promise<Receipt> {
  const total = item.files.reduce((sum, file) => sum + file.bytes, 0) + item.xml.length;
  const here = new Set<string>();
  let before = 0;
  onProgress?.(item.id, 0, total);
  for (const file of item.files) {
    const start = before;
    if (await sendFile(vault, token, item.id, file, (sent) => onProgress?.(item.id, start + sent, total)))
      here.add(file.name);
    before += file.bytes;
  }
  const receipt = await sendRecord(token, item);
  onProgress?.(item.id, total, total);
  // The server lost sight of a file that this phone still has: once more, from the beginning.
  if (receipt.missing.some((name) => here.has(name))) throw new Refusal(409, 'a file is not there yet');
  return receipt;
}

/** @returns false when the bytes are not on this phone */
async function sendFile(
  vault: Vault,
  token: string,
  recordId: string,
  file: SentFile,
  onSent: (bytes: number) => void,
): Promise<boolean> {
  const bytes = await readBytes(vault, 'file', fileKey(recordId, file.name));
  // A correction names photos that the server has from the first sending; the phone no longer keeps them.
  if (!bytes) return false;
  for (let tries = 1; ; tries++) {
    try {
      let { whole, here } = await fileState(token, file.sha256);
      // All parts may have come while the last answer was lost: the last part is sent again and closes the file.
      if (!whole && here >= bytes.byteLength) here = Math.max(0, bytes.byteLength - PART_BYTES);
      while (!whole) {
        onSent(here);
        const part = bytes.slice(here, here + PART_BYTES);
        ({ whole, here } = await sendPart(token, file, here, part));
      }
      onSent(bytes.byteLength);
      return true;
    } catch (error) {
      // A gap or a damaged file: the server says anew where to go on from.
      const again = error instanceof Refusal && (error.status === 409 || error.status === 422);
      if (!again || tries >= TRIES_PER_FILE) throw error;
    }
  }
}
