import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

const BLOCK = 512;

/** One file inside a tar, and where its bytes lie. */
export type TarEntry = { readonly name: string; readonly size: number; readonly offset: number };

/** Adds files to a tar one after another, memory flat. */
export type TarWriter = {
  /** @throws Error when `bytes` are not exactly `size` */
  readonly add: (name: string, size: number, bytes: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Writes a tar (ustar) that every system's own programs can open. Names are ASCII of at most 99 characters; files below 8 GiB. */
export function tarWriter(out: FileHandle): TarWriter {
  return {
    add: async (name, size, bytes) => {
      await out.write(header(name, size));
      let written = 0;
      for await (const chunk of bytes) {
        await out.write(chunk);
        written += chunk.byteLength;
      }
      if (written !== size) throw new Error(`${name} has ${written} bytes where ${size} were expected`);
      await out.write(Buffer.alloc(padding(size)));
    },
    end: async () => {
      await out.write(Buffer.alloc(2 * BLOCK));
    },
  };
}

/** @returns the files of a tar in their order, or null when it is cut short or is no tar */
export async function tarEntries(path: string): Promise<TarEntry[] | null> {
  const file = await open(path, 'r');
  try {
    const { size: whole } = await file.stat();
    const entries: TarEntry[] = [];
    const block = Buffer.alloc(BLOCK);
    for (let at = 0; ; ) {
      const { bytesRead } = await file.read(block, 0, BLOCK, at);
      if (bytesRead < BLOCK) return null;
      if (block.every((byte) => byte === 0)) return entries;
      if (Number.parseInt(block.toString('latin1', 148, 154), 8) !== checksum(block)) return null;
      const name = block.toString('latin1', 0, block.indexOf(0));
      const size = Number.parseInt(block.toString('latin1', 124, 135), 8);
      if (!(size >= 0) || at + BLOCK + size > whole) return null;
      entries.push({ name, size, offset: at + BLOCK });
      at += BLOCK + size + padding(size);
    }
  } finally {
    await file.close();
  }
}

/** The bytes of one file of a tar. */
export function tarBytes(path: string, { size, offset }: TarEntry): Readable | Iterable<Buffer> {
  return size === 0 ? [] : createReadStream(path, { start: offset, end: offset + size - 1 });
}

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

function header(name: string, size: number): Buffer {
  if (!/^[\x21-\x7e]{1,99}$/.test(name) || size >= 8 ** 11) throw new Error(`${name} does not fit into a tar`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  block.write(name, 0, 'latin1');
  octal(0o600, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(Math.floor(Date.now() / 1000), 136, 11);
  // An ordinary file, in the form of POSIX.
  block.write('0', 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** The sum of the header's bytes, its own eight counted as spaces. */
function checksum(block: Buffer): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : block[i]!;
  return sum;
}
