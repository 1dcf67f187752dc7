/** What was finished on this phone, until the server has answered that it is received. Runs in the page and in the service worker. */
import { fileState, mayPass, type Receipt, Refusal, type SentFile, sendPart, sendRecord } from './server.ts';
import { change, read, readAll, readBytes, type Vault } from './store.ts';

export interface OutItem {
  /** The record's own id, made on this phone. */
  readonly id: string;
  readonly formKey: string;
  readonly versionId: string;
  readonly title: string;
  readonly label: string;
  readonly taskId: string | null;
  readonly finishedAt: string;
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

/** How a round of sending ended. `signedOut`: the phone's key was taken back; `offline`: no answer came. */
export type SendOutcome = 'done' | 'offline' | 'signedOut' | 'busy';

/**
 * Sends what waits, oldest first. An item leaves only after "received"; whatever happens before that, it is tried again from where it stopped.
 * Two tabs and the service worker never send at once.
 */
export async function sendWaiting(
  vault: Vault,
  sending: Sending = {},
  also: 'waiting' | 'refused' = 'waiting',
): Promise<SendOutcome> {
  const work = () => sendAll(vault, sending, also);
  if (!('locks' in navigator)) return await work();
  return await navigator.locks.request(`demilge-send-${vault.person}`, { ifAvailable: true }, async (lock) =>
    lock ? await work() : 'busy',
  );
}

async function sendAll(vault: Vault, sending: Sending, also: 'waiting' | 'refused'): Promise<SendOutcome> {
  const self = await read<Self>(vault, 'self', 'self');
  if (!self) return 'signedOut';
  const items = (await readAll<OutItem>(vault, 'out')).filter(
    (item) => item.state === 'waiting' || item.state === also,
  );
  items.sort((a, b) => (a.finishedAt < b.finishedAt ? -1 : 1));
  for (const item of items) {
    try {
      const receipt = await sendOne(vault, self.token, item, sending);
      await settle(vault, item, { state: 'received', receipt, problem: null }, sending);
    } catch (error) {
      if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return 'signedOut';
      if (mayPass(error)) return 'offline';
      await settle(vault, item, { state: 'refused', receipt: null, problem: (error as Error).message }, sending);
    }
  }
  return 'done';
}

async function settle(
  vault: Vault,
  item: OutItem,
  now: Pick<OutItem, 'state' | 'receipt' | 'problem'>,
  { onChange }: Sending,
): Promise<void> {
  const next: OutItem = { ...item, ...now };
  const gone =
    now.state === 'received'
      ? item.files.map((file) => ({ remove: 'file' as const, id: fileKey(item.id, file.name) }))
      : [];
  await change(vault, [{ put: 'out', id: item.id, value: next }, ...gone], true);
  onChange?.(next);
}

async function sendOne(vault: Vault, token: string, item: OutItem, { onProgress }: Sending): Promise<Receipt> {
  const total = item.files.reduce((sum, file) => sum + file.bytes, 0) + item.xml.length;
  let before = 0;
  onProgress?.(item.id, 0, total);
  for (const file of item.files) {
    const start = before;
    await sendFile(vault, token, item.id, file, (sent) => onProgress?.(item.id, start + sent, total));
    before += file.bytes;
  }
  const receipt = await sendRecord(token, item.xml, item.files);
  onProgress?.(item.id, total, total);
  const names = new Set(item.files.map((file) => file.name));
  // The server lost sight of a file that this phone still has: once more, from the beginning.
  if (receipt.missing.some((name) => names.has(name))) throw new Error('a file is not there yet');
  return receipt;
}

async function sendFile(
  vault: Vault,
  token: string,
  recordId: string,
  file: SentFile,
  onSent: (bytes: number) => void,
): Promise<void> {
  const bytes = await readBytes(vault, 'file', fileKey(recordId, file.name));
  // A correction names photos that the server has from the first sending; the phone no longer keeps them.
  if (!bytes) return;
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
      return;
    } catch (error) {
      // A gap or a damaged file: the server says anew where to go on from.
      const again = error instanceof Refusal && (error.status === 409 || error.status === 422);
      if (!again || tries >= TRIES_PER_FILE) throw error;
    }
  }
}
