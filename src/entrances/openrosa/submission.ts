import { SUBMISSION_PART } from '@demilge/openrosa';
import type { FastifyRequest } from 'fastify';
import { type StoredAttachment, storeAttachment } from '../../kernel/records/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import { Problem } from '../../platform/problem.ts';

/** What came in one request: the document, and the files that lie in the store now. */
export type Submission = { readonly xml: Buffer; readonly attachments: readonly StoredAttachment[] };

/** The answers alone; larger ones are refused by `receive` too. */
const MAX_XML = 10_000_000;
const MAX_FILES = 200;

/**
 * Reads a multipart submission part by part: files go to the store as they come, so that memory stays flat.
 * @throws Problem 415 platform.input.notMultipart, 413 platform.file.tooLarge, 400 platform.input.broken when it was cut short,
 *   400 openrosa.noDocument
 */
export async function readSubmission(request: FastifyRequest, files: FileStore, maxBytes: number): Promise<Submission> {
  if (!request.isMultipart()) throw new Problem(415, 'platform.input.notMultipart');
  let xml: Buffer | null = null;
  const attachments: StoredAttachment[] = [];
  const limits = { fileSize: maxBytes + 1, files: MAX_FILES, fields: 50, fieldSize: MAX_XML };
  const parts = request.parts({ limits });
  for (;;) {
    const { value: part, done } = await whole(parts.next());
    if (done) break;
    if (part.type === 'field') {
      if (part.fieldname === SUBMISSION_PART) xml = Buffer.from(String(part.value));
    } else if (part.fieldname === SUBMISSION_PART) {
      xml = await gathered(unbroken(part.file), MAX_XML);
    } else {
      const name = part.filename || part.fieldname;
      attachments.push(await storeAttachment(files, { name, bytes: unbroken(part.file), maxBytes }));
    }
  }
  if (!xml) throw new Problem(400, 'openrosa.noDocument');
  return { xml, attachments };
}

const broken = (): Problem => new Problem(400, 'platform.input.broken');

/** What goes wrong while the sender's bytes are read is a broken request, not a fault of ours. */
async function whole<T>(next: Promise<T>): Promise<T> {
  return await next.catch(() => Promise.reject(broken()));
}

async function* unbroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await whole(iterator.next());
    if (done) return;
    yield value;
  }
}

async function gathered(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > most) throw new Problem(413, 'records.tooLarge', { megabytes: most / 1_000_000 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
