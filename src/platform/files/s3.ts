import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { Problem } from '../problem.ts';
import { type Body, type S3Place, StorageError, s3Client } from './s3-client.ts';
import type { Shelf } from './store.ts';

const PROBE_MS = 3000;
const PROBE_TEXT = Buffer.from('Demilge keeps its files here.\n');
const PROBE: Body = {
  ...{ sha256: createHash('sha256').update(PROBE_TEXT).digest('hex'), bytes: PROBE_TEXT.length },
  stream: () => Readable.from([PROBE_TEXT]),
};

/** Writes an object of ours: only that says that files can be kept, and a key without the right to list may do it. */
const probe = async (place: S3Place): Promise<void> =>
  await drop(await s3Client(place, { tries: 1, answerMs: PROBE_MS })('PUT', 'demilge', PROBE));

/**
 * Files as objects `files/<sha256>` of a bucket. A file goes up in one request with its length and digest, so that the storage itself
 * refuses what was cut or damaged on the way: an object is whole or not there. `say` hears when the storage stops doing its work.
 */
export function s3Shelf(place: S3Place, say: (line: string) => void): Shelf {
  const ask = s3Client(place);
  let ill = false;
  /** A storage that does not answer is no fault of who sends: they are asked to come again. */
  const watched = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const done = await work;
      ill = false;
      return done;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      if (!ill) say(`The object storage does not do its work: ${error.message}`);
      ill = true;
      throw new Problem(503, 'platform.file.storageAway');
    }
  };
  const key = (sha256: string): string => `files/${sha256}`;
  return {
    place: async (file, path) =>
      await watched(ask('PUT', key(file.sha256), { ...file, stream: () => createReadStream(path) }).then(drop)),
    read: async (sha256) => await watched(found(ask('GET', key(sha256)))),
    has: async (sha256) => (await watched(found(ask('HEAD', key(sha256)).then(drop)))) !== null,
    remove: async (sha256) => {
      await watched(found(ask('DELETE', key(sha256)).then(drop)));
    },
    ready: oftenAsked(PROBE_MS, async () => {
      await watched(probe(place));
      return true;
    }),
  };
}

/**
 * Tries the place before the doors open. A storage that is away for a moment does not stop the start.
 * @throws Error that names the setting, when the storage refuses
 */
export async function checkS3(place: S3Place, say: (line: string) => void): Promise<void> {
  try {
    await probe(place);
    say(`Files lie in the object storage, in the bucket ${place.bucket}`);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    if (error.status === 0 || error.status >= 500)
      return say(`The object storage does not answer yet (${error.message}); files wait until it does`);
    throw new Error(
      `The object storage refuses to keep files: ${error.message}. ${ADVICE[error.status] ?? ADVICE[400]}`,
    );
  }
}

const ADVICE: Readonly<Record<number, string>> = {
  301: 'Check S3_REGION and S3_ENDPOINT.',
  400: 'Check S3_ENDPOINT and S3_REGION.',
  403: 'Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and whether this key may read, write and delete in S3_BUCKET.',
  404: 'Check S3_BUCKET: there is no such bucket at S3_ENDPOINT.',
};

/** Null for an object that is not there; a bucket that is not there is an error of the place. */
async function found<T>(answer: Promise<T>): Promise<T | null> {
  return await answer.catch((error: unknown) => {
    if (error instanceof StorageError && error.status === 404 && error.code !== 'NoSuchBucket') return null;
    throw error;
  });
}

/** Lets the connection go on to the next request. */
async function drop(answer: IncomingMessage): Promise<void> {
  answer.resume();
}

/** The answer of some seconds ago is good enough. */
function oftenAsked<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let at = Number.NEGATIVE_INFINITY;
  let last: Promise<T>;
  return () => {
    if (performance.now() - at > ms) {
      at = performance.now();
      last = ask();
    }
    return last;
  };
}
