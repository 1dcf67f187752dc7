import { fileKey, type OutItem } from './outbox.ts';
import { readAll, readBytes, type Vault } from './store.ts';

const CHUNK = 0x8000;

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}

/**
 * Everything that the server has not yet confirmed, as one file for a memory card or a messenger; the office takes it in.
 * Nothing is taken off the phone by this: it goes only after "received".
 */
export async function outboxFile(vault: Vault, name: string): Promise<Blob> {
  const items = await readAll<OutItem>(vault, 'out');
  const records = [];
  for (const item of items) {
    const files = [];
    for (const file of item.files) {
      const bytes = await readBytes(vault, 'file', fileKey(item.id, file.name));
      files.push({ ...file, base64: bytes ? base64(bytes) : null });
    }
    records.push({ xml: item.xml, title: item.title, label: item.label, finishedAt: item.finishedAt, files });
  }
  const whole = {
    demilge: 'outbox',
    version: 1,
    person: { id: vault.person, name },
    savedAt: new Date().toISOString(),
    records,
  };
  return new Blob([JSON.stringify(whole)], { type: 'application/json' });
}

/** Gives the file to the person. */
export async function saveOutbox(vault: Vault, name: string): Promise<void> {
  const address = URL.createObjectURL(await outboxFile(vault, name));
  const link = document.createElement('a');
  link.href = address;
  link.download = `demilge-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
