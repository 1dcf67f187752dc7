import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive, written as its chunks come. */
export type ZipEntry = { readonly name: string; readonly chunks: AsyncIterable<string | Uint8Array> };

/** Fast over small: the reader waits for the file, and the wire is seldom the slower part. */
const LEVEL = 3;
const MAX32 = 0xffffffff;

/** An archive of files that are not known in length beforehand (APPNOTE 4.4.4 bit 3), with the names in UTF-8 (bit 11). */
const FLAGS = 0x0808;

/**
 * Writes an archive as a stream: one entry after another, nothing held but the list of names.
 * @throws Error when one file or the archive grows over 4 GB, which this plain form of the format cannot say
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const central: Buffer[] = [];
  let offset = 0;
  for await (const { name, chunks } of entries) {
    const start = offset;
    const fileName = Buffer.from(name, 'utf8');
    const head = local(fileName);
    offset += head.length;
    yield head;
    const sums = { crc: 0, size: 0, packed: 0 };
    for await (const packed of deflated(chunks, sums)) {
      offset += packed.length;
      yield packed;
    }
    const tail = descriptor(sums);
    offset += tail.length;
    yield tail;
    if (offset > MAX32 || sums.size > MAX32) throw new Error('The archive grew over 4 GB');
    central.push(directory(fileName, sums, start));
  }
  const directorySize = central.reduce((size, one) => size + one.length, 0);
  yield Buffer.concat([...central, end(central.length, directorySize, offset)]);
}

type Sums = { crc: number; size: number; packed: number };

/** The deflating runs beside us, in a thread of zlib: it is fed until it is full, and read while it works. */
async function* deflated(chunks: AsyncIterable<string | Uint8Array>, sums: Sums): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 65_536 });
  const fed = (async () => {
    try {
      for await (const chunk of chunks) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
        sums.crc = crc32(bytes, sums.crc);
        sums.size += bytes.length;
        if (deflate.destroyed) return;
        if (!deflate.write(bytes)) await roomIn(deflate);
      }
      deflate.end();
    } catch (error) {
      deflate.destroy(error as Error);
    }
  })();
  try {
    for await (const packed of deflate) {
      sums.packed += (packed as Buffer).length;
      yield packed as Buffer;
    }
    await fed;
  } finally {
    deflate.destroy();
  }
}

function roomIn(deflate: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      deflate.off('drain', done).off('close', done);
      resolve();
    };
    deflate.on('drain', done).on('close', done);
  });
}

/** 1980-01-01: the data say when they are from, the archive need not. */
const DATE = 0x0021;

function local(name: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function descriptor({ crc, size, packed }: Sums): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(packed % (MAX32 + 1), 8);
  tail.writeUInt32LE(size % (MAX32 + 1), 12);
  return tail;
}

function directory(name: Buffer, { crc, size, packed }: Sums, start: number): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(20, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(8, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(packed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(start, 42);
  return Buffer.concat([head, name]);
}

function end(count: number, size: number, start: number): Buffer {
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(count, 8);
  tail.writeUInt16LE(count, 10);
  tail.writeUInt32LE(size, 12);
  tail.writeUInt32LE(start, 16);
  return tail;
}
