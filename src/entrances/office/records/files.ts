import type { Call } from '../../../kernel/access/index.ts';
import { type Attachment, attachmentsOf, type Visible, visibleFile } from '../../../kernel/records/index.ts';
import { type Reply, stream } from '../../../platform/http/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { openRecord } from './reader.ts';

const SHOWN = /^(image\/(jpeg|png|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+)$/;

export function fileHref(recordId: string, name: string, original = false): string {
  return `/office/records/${recordId}/files/${encodeURIComponent(name)}${original ? '?original=1' : ''}`;
}

/** The picture for all eyes first; the original only for those who review, and only when they ask for it. */
export function seenBy(call: Call, file: Attachment, original: boolean): Visible | null {
  const { displaySha256 } = file;
  if (displaySha256 && !original) return { sha256: displaySha256, mediaType: 'image/jpeg' };
  return visibleFile(call.actor, file);
}

/** A file of this record and of no other. What a browser could run is saved, never opened. */
export async function recordFile(call: Call): Promise<Reply> {
  const { record } = await openRecord(call);
  const file = (await attachmentsOf(call.sql, call.space.id, record.id)).find((one) => one.name === call.params.name);
  const seen = file ? seenBy(call, file, call.query.original === '1') : null;
  const bytes = seen ? await call.files.read(seen.sha256) : null;
  if (!file || !seen || !bytes) throw notFound('file');
  const disposition = SHOWN.test(seen.mediaType) ? 'inline' : 'attachment';
  return stream(bytes, seen.mediaType, {
    'cache-control': 'private, max-age=3600',
    'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
}
