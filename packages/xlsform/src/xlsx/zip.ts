import { Inflate } from 'fflate';
import type { Limits } from '../limits.ts';
import { WorkbookRefused } from './refusal.ts';

/** One entry of the archive's central directory; its numbers are claims until the part is inflated. */
interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly claimedSize: number;
  readonly headerOffset: number;
}

/** A bounded archive: parts are found by name and inflated piece by piece. */
export interface Archive {
  readonly names: ReadonlySet<string>;
  /**
   * Inflates one part and hands its bytes over in pieces. Stops with a WorkbookRefused when the part grows past
   * its claimed size or a limit; returns false when there is no such part.
   */
  readPart(name: string, onBytes: (bytes: Uint8Array, last: boolean) => void): boolean;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
// Deflate turns one input byte into at most about 1,032 bytes, so a small step bounds each growth.
const INPUT_STEP = 8 * 1024;
/** Only these parts are ever looked at, however many others lie beside them. */
const WORKBOOK_PART = /^(?:xl\/|_rels\/)[^\\]*\.(?:xml|rels)$/i;
const MAX_NAME = 200;

/**
 * Opens a ZIP archive by its central directory. No name is ever used as a path on a disk.
 * Throws WorkbookRefused for anything that is not a plain, whole, unencrypted archive within the limits.
 */
export function openArchive(bytes: Uint8Array, limits: Limits): Archive {
  if (bytes.length === 0) throw new WorkbookRefused('FILE_EMPTY');
  if (bytes.length > limits.fileBytes) {
    throw new WorkbookRefused('FILE_TOO_LARGE', { megabytes: String(Math.floor(limits.fileBytes / 1048576)) });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readDirectory(view, bytes, limits);
  let totalLeft = limits.totalBytes;

  return {
    names: new Set(entries.keys()),
    readPart(name, onBytes) {
      const entry = entries.get(name);
      if (!entry) return false;
      const packed = packedBytes(view, bytes, entry);
      const bound = Math.min(limits.partBytes, totalLeft);
      if (entry.claimedSize > bound) throw tooLarge(name);
      if (entry.claimedSize > 1048576 && entry.claimedSize > packed.length * limits.ratio) throw tooLarge(name);
      totalLeft -= unpack(entry, packed, onBytes);
      return true;
    },
  };
}

function tooLarge(name: string): WorkbookRefused {
  return new WorkbookRefused('FILE_UNPACKS_TOO_LARGE', { part: name });
}

function unpack(entry: ZipEntry, packed: Uint8Array, onBytes: (bytes: Uint8Array, last: boolean) => void): number {
  if (entry.method === 0) {
    if (packed.length !== entry.claimedSize) throw new WorkbookRefused('FILE_DAMAGED', { part: entry.name });
    onBytes(packed, true);
    return packed.length;
  }
  if (entry.method !== 8) throw new WorkbookRefused('FILE_DAMAGED', { part: entry.name });
  let size = 0;
  let finished = false;
  const inflate = new Inflate((chunk, last) => {
    size += chunk.length;
    if (size > entry.claimedSize) throw tooLarge(entry.name);
    finished = last;
    onBytes(chunk, last);
  });
  for (let at = 0; at < packed.length || at === 0; at += INPUT_STEP) {
    const end = Math.min(at + INPUT_STEP, packed.length);
    pushBytes(inflate, packed.subarray(at, end), end === packed.length, entry.name);
  }
  if (!finished || size !== entry.claimedSize) throw new WorkbookRefused('FILE_DAMAGED', { part: entry.name });
  return size;
}

function pushBytes(inflate: Inflate, chunk: Uint8Array, last: boolean, part: string): void {
  try {
    inflate.push(chunk, last);
  } catch (error) {
    // fflate reports damage with its own error that has a numeric code; anything else is ours and passes through.
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') {
      throw new WorkbookRefused('FILE_DAMAGED', { part });
    }
    throw error;
  }
}

function readDirectory(view: DataView, bytes: Uint8Array, limits: Limits): Map<string, ZipEntry> {
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  // 65,535 stands for a ZIP64 archive, which no spreadsheet within our size needs.
  if (count === 0xffff) throw new WorkbookRefused('FILE_NOT_A_WORKBOOK');
  if (start + size > end) throw new WorkbookRefused('FILE_DAMAGED', { part: '' });
  const names = new TextDecoder();
  const entries = new Map<string, ZipEntry>();
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw new WorkbookRefused('FILE_DAMAGED', { part: '' });
    }
    if (view.getUint16(at + 8, true) & 1) throw new WorkbookRefused('FILE_ENCRYPTED');
    const nameLength = view.getUint16(at + 28, true);
    const skip = nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = nameLength > MAX_NAME ? '' : names.decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (WORKBOOK_PART.test(name)) {
      if (entries.size >= limits.entries) throw new WorkbookRefused('FILE_NOT_A_WORKBOOK');
      entries.set(name, {
        name,
        method: view.getUint16(at + 10, true),
        packedSize: view.getUint32(at + 20, true),
        claimedSize: view.getUint32(at + 24, true),
        headerOffset: view.getUint32(at + 42, true),
      });
    }
    at += 46 + skip;
  }
  return entries;
}

function findEnd(view: DataView): number {
  const last = view.byteLength - 22;
  const first = Math.max(0, last - 0xffff);
  for (let at = last; at >= first; at--) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY && view.getUint16(at + 20, true) <= last - at) return at;
  }
  // A file that begins like an archive and has no directory was cut off on its way.
  if (view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_HEADER) {
    throw new WorkbookRefused('FILE_DAMAGED', { part: '' });
  }
  throw new WorkbookRefused('FILE_NOT_A_WORKBOOK');
}

function packedBytes(view: DataView, bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const at = entry.headerOffset;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL_HEADER) {
    throw new WorkbookRefused('FILE_DAMAGED', { part: entry.name });
  }
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const end = start + entry.packedSize;
  if (end > bytes.length) throw new WorkbookRefused('FILE_DAMAGED', { part: entry.name });
  return bytes.subarray(start, end);
}
