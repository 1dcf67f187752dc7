import type { Limits } from '../limits.ts';
import { type RefusalCode, WorkbookRefused } from './refusal.ts';
import { createScanner, type PartHandler, ScanError, type ScanFault } from './scan.ts';
import type { Archive } from './zip.ts';

const CODES: Readonly<Record<ScanFault, RefusalCode>> = {
  damaged: 'FILE_DAMAGED',
  deep: 'FILE_DAMAGED',
  doctype: 'FILE_DTD',
  large: 'FILE_UNPACKS_TOO_LARGE',
};

/** Characters that are scanned at once, at the least. */
const PIECE = 128 * 1024;

/**
 * Streams one XML part of the archive past a handler. Any document type declaration ends the reading.
 * Returns false when the part is absent. Throws WorkbookRefused.
 */
export function readXmlPart(archive: Archive, part: string, limits: Limits, handler: PartHandler): boolean {
  const scanner = createScanner(handler, limits.xmlDepth);
  const decoder = new TextDecoder('utf-8');
  try {
    // Small pieces are put together first: what one of them leaves unfinished is read again with the next.
    let gathered = '';
    return archive.readPart(part, (bytes, last) => {
      gathered += decoder.decode(bytes, { stream: !last });
      if (gathered.length >= PIECE || last) {
        if (gathered !== '') scanner.write(gathered);
        gathered = '';
      }
      if (last) scanner.end();
    });
  } catch (error) {
    if (error instanceof ScanError) throw new WorkbookRefused(CODES[error.fault], { part });
    throw error;
  }
}
