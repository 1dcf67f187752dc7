import { SaxesParser } from 'saxes';
import type { Limits } from '../limits.ts';
import { WorkbookRefused } from './refusal.ts';
import type { Archive } from './zip.ts';

/** What a part's reader does with the elements that go by. Names come without their prefix. */
export interface PartHandler {
  open(name: string, attribute: (name: string) => string | undefined): void;
  close(name: string): void;
  text(text: string): void;
}

/** An empty comment or instruction costs nothing; a huge one is not a spreadsheet's. */
const ASIDE_CHARS = 64 * 1024;

/**
 * Streams one XML part of the archive through a strict parser. Any document type declaration ends the reading:
 * there are no entities to expand and no outside files to fetch.
 * Returns false when the part is absent. Throws WorkbookRefused.
 */
export function readXmlPart(archive: Archive, part: string, limits: Limits, handler: PartHandler): boolean {
  const parser = new SaxesParser({ fileName: part, position: false, xmlns: false } as const);
  let depth = 0;
  const aside = (text: string) => {
    if (text.length > ASIDE_CHARS) throw new WorkbookRefused('FILE_UNPACKS_TOO_LARGE', { part });
  };
  parser.on('doctype', () => {
    throw new WorkbookRefused('FILE_DTD', { part });
  });
  parser.on('comment', aside);
  parser.on('processinginstruction', (instruction) => aside(instruction.body));
  parser.on('error', () => {
    throw new WorkbookRefused('FILE_DAMAGED', { part });
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > limits.xmlDepth) throw new WorkbookRefused('FILE_DAMAGED', { part });
    handler.open(localName(tag.name), (name) => tag.attributes[name]);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close(localName(tag.name));
  });
  parser.on('text', (text) => handler.text(text));
  parser.on('cdata', (text) => handler.text(text));

  const decoder = new TextDecoder('utf-8');
  let started = false;
  const found = archive.readPart(part, (bytes, last) => {
    const text = decoder.decode(bytes, { stream: !last });
    if (!started && text.length > 0) {
      started = true;
      // The declaration has to come within the first characters, so that nobody pays for what follows it.
      if (/<!DOCTYPE/i.test(text.slice(0, 4096))) throw new WorkbookRefused('FILE_DTD', { part });
    }
    if (text.length > 0) parser.write(text);
    if (last) parser.close();
  });
  return found;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
