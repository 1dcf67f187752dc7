import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import type { Stored } from './store.ts';

/** Where an S3-compatible object storage is, and the key that opens it. */
export type S3Place = {
  /** Of the storage, not of the bucket: https://s3.example.org */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};

/** What goes up: its length and digest are known, so the storage checks both. The stream is made anew for each try. */
export type Body = Stored & { readonly stream: () => Readable };

/** The storage said no (`status`), or nothing (0). `code` is its own word for the reason. */
export class StorageError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    super(status === 0 ? `no answer (${code})` : `answer ${status} ${code}`.trimEnd());
    this.status = status;
    this.code = code;
  }
}

/** Asks for one object. @returns a good answer, whose body must be read or dropped. @throws StorageError */
export type Ask = (method: 'GET' | 'HEAD' | 'PUT' | 'DELETE', key: string, body?: Body) => Promise<IncomingMessage>;

const FIRST_WAIT_MS = 150;
const ANSWER_MS = 30_000;
/** Who reads may be a slow phone: the storage waits for it, but not for ever. */
const READING_MS = 300_000;
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Requests signed with Signature Version 4, in path style, over connections that are kept. What may pass is tried again. */
export function s3Client(place: S3Place, { tries = 4, answerMs = ANSWER_MS } = {}): Ask {
  const secure = place.endpoint.startsWith('https:');
  const agent = secure ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const request = secure ? httpsRequest : httpRequest;

  const once: Ask = async (method, key, body) => {
    const url = `${place.endpoint}/${place.bucket}/${key}`;
    const signer = new AwsV4Signer({
      ...{ method, url, service: 's3', region: place.region },
      ...{ accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
      headers: { 'x-amz-content-sha256': body?.sha256 ?? NOTHING },
    });
    const { headers } = await signer.sign();
    return await new Promise((resolve, reject) => {
      const length = body ? { 'content-length': body.bytes } : {};
      const sent = request(url, {
        ...{ method, agent, timeout: answerMs },
        headers: { ...Object.fromEntries(headers), ...length },
      });
      sent.once('timeout', () => sent.destroy(new StorageError(0, 'ETIMEDOUT')));
      sent.on('error', (error: NodeJS.ErrnoException) =>
        reject(error instanceof StorageError ? error : new StorageError(0, error.code ?? error.message)),
      );
      sent.once('response', (answer) => {
        answer.setTimeout(READING_MS);
        const status = answer.statusCode ?? 0;
        if (status < 300) resolve(answer);
        else void codeOf(answer).then((code) => reject(new StorageError(status, code)));
      });
      if (body) {
        const bytes = body.stream();
        bytes.once('error', (error) => sent.destroy(error));
        sent.once('close', () => bytes.destroy());
        bytes.pipe(sent);
      } else sent.end();
    });
  };
  return async (method, key, body) => {
    for (let tried = 1; ; tried++) {
      try {
        return await once(method, key, body);
      } catch (error) {
        if (tried === tries || !mayPass(error as StorageError)) throw error;
        await sleep(FIRST_WAIT_MS * 4 ** (tried - 1));
      }
    }
  };
}

const mayPass = ({ status }: StorageError): boolean => status === 0 || status >= 500 || status === 429;

/** The word in `<Code>` of an answer that is no success. */
async function codeOf(answer: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of answer) if (text.length < 10_000) text += String(chunk);
  } catch {
    // The status alone says enough.
  }
  return /<Code>([\w.-]{1,80})<\/Code>/.exec(text)?.[1] ?? '';
}
