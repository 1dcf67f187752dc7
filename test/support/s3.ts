import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsV4Signer } from 'aws4fetch';
import S3rver from 's3rver';
import type { S3Place } from '../../src/platform/files/s3-client.ts';

export type TestS3 = {
  readonly place: S3Place;
  /** While it is 'away' every request gets a 503; 'cut' breaks the line in the middle of it. */
  weather: 'fine' | 'away' | 'cut';
  /** How many requests came, those of every weather. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
};

/**
 * A real S3 server with the empty bucket `demilge`. s3rver takes any signature and any body, so what a strict storage refuses is refused
 * in front of it: a request whose signature its own headers do not give, and a body that is not of its digest.
 */
export async function testS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'demilge-s3-'));
  const inner = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory },
    configureBuckets: [{ name: 'demilge', configs: [] }],
  });
  const { port } = await inner.run();
  let asked = 0;
  const front = createServer((incoming, outgoing) => {
    asked++;
    if (s3.weather === 'away') return refuse(incoming, outgoing, 503, 'SlowDown');
    if (s3.weather === 'cut')
      return void incoming.once('data', () => incoming.socket.destroy()).once('end', () => incoming.socket.destroy());
    void handOn(s3.place, incoming, outgoing, port);
  });
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const s3: TestS3 = {
    place: {
      endpoint: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
      bucket: 'demilge',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    weather: 'fine',
    asked: () => asked,
    close: async () => {
      await ended(front);
      await inner.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return s3;
}

async function handOn(
  place: S3Place,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  if (!(await signed(place, incoming))) return refuse(incoming, outgoing, 403, 'SignatureDoesNotMatch');
  if (createHash('sha256').update(body).digest('hex') !== incoming.headers['x-amz-content-sha256'])
    return refuse(incoming, outgoing, 400, 'XAmzContentSHA256Mismatch');
  const { method, url, headers } = incoming;
  request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(outgoing);
  }).end(body);
}

/** Signs what arrived once more, with the headers that it says it signed. */
async function signed(place: S3Place, { method, url, headers }: IncomingMessage): Promise<boolean> {
  const authorization = headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const given = Object.fromEntries(
    names.filter((name) => name !== 'host').map((name) => [name, String(headers[name])]),
  );
  const again = await new AwsV4Signer({
    ...{ method: method ?? '', url: `http://${headers.host}${url}`, headers: given, service: 's3' },
    ...{ region: place.region, accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
    datetime: String(headers['x-amz-date']),
  }).sign();
  return names.includes('x-amz-content-sha256') && again.headers.get('authorization') === authorization;
}

function refuse(incoming: IncomingMessage, outgoing: ServerResponse, status: number, code: string): void {
  incoming.resume();
  outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}

function ended(server: Server): Promise<unknown> {
  const closed = new Promise((done) => server.close(done));
  server.closeAllConnections();
  return closed;
}
