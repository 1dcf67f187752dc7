import { OUTLINES } from './glyphs.ts';

interface Glyph {
  /** In thousandths of the size. */
  readonly advance: number;
  readonly path: string;
}

let table: Map<string, Glyph> | undefined;

/** The outlines by letter; read from the text once, when the first picture is drawn. */
function glyphs(): Map<string, Glyph> {
  table ??= new Map(
    OUTLINES.trim()
      .split('\n')
      .map((line) => {
        const [code = '', advance = '', ...path] = line.split(' ');
        return [String.fromCodePoint(Number.parseInt(code, 16)), { advance: Number(advance), path: path.join(' ') }];
      }),
  );
  return table;
}

/** A hollow box stands for a sign that the font does not have, so that a gap is seen rather than guessed. */
const UNKNOWN: Glyph = { advance: 600, path: 'm80 0h440v700h-440zm50 50v600h340v-600z' };

function glyphsOf(text: string): Glyph[] {
  const known = glyphs();
  return [...text.normalize('NFC')].map((letter) => known.get(letter) ?? UNKNOWN);
}

/** True when every letter of the text can be drawn. */
export function canDraw(text: string): boolean {
  const known = glyphs();
  return [...text.normalize('NFC')].every((letter) => known.has(letter));
}

/** How wide a line is, in pixels, at a size in pixels. */
export function widthOf(text: string, size: number): number {
  return (glyphsOf(text).reduce((sum, glyph) => sum + glyph.advance, 0) * size) / 1000;
}

/** One line as outlines: no font is needed to show it. (x, y) is the left end of the base line, in pixels. */
export function drawLine(text: string, x: number, y: number, size: number, color: string): string {
  const scale = size / 1000;
  let at = 0;
  const letters = glyphsOf(text).map((glyph) => {
    const drawn = glyph.path && `<path transform="translate(${at})" d="${glyph.path}"/>`;
    at += glyph.advance;
    return drawn;
  });
  return `<g fill="${color}" transform="translate(${x} ${y}) scale(${scale} ${-scale})">${letters.join('')}</g>`;
}

/** Breaks a text into lines no wider than `width`; a word that is too long by itself is cut. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = word;
    while (widthOf(line, size) > width) {
      const cut = fittingLength(line, size, width);
      lines.push(line.slice(0, cut));
      line = line.slice(cut);
    }
  }
  if (line) lines.push(line);
  return lines;
}

/** How many letters of a word fit; at least one, so that wrapping always ends. */
function fittingLength(word: string, size: number, width: number): number {
  let length = word.length - 1;
  while (length > 1 && widthOf(word.slice(0, length), size) > width) length--;
  return Math.max(1, length);
}

export interface FittedText {
  readonly size: number;
  readonly lines: readonly string[];
}

/** A size in pixels, and how many lines of it there is room for. */
export type Room = readonly [size: number, lines: number];

/** The first of the rooms (greatest first) that the text goes into; in the last one, what is left over is cut with "…". */
export function fitText(text: string, rooms: readonly Room[], width: number): FittedText {
  for (const [size, most] of rooms) {
    const lines = wrap(text, size, width);
    if (lines.length <= most) return { size, lines };
  }
  const [size, most] = rooms[rooms.length - 1] ?? [40, 1];
  const lines = wrap(text, size, width).slice(0, most);
  let last = lines.pop() ?? '';
  while (last && widthOf(`${last}…`, size) > width) last = last.slice(0, -1);
  return { size, lines: [...lines, `${last.trimEnd()}…`] };
}
