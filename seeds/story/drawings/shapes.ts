import type { Random } from '../random.ts';

/** The picture is drawn in these units and rendered at the same number of pixels. */
export const WIDTH = 1024;
export const HEIGHT = 768;

export type Point = readonly [x: number, y: number];

export const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;

export const poly = (points: readonly Point[], fill: string, more = ''): string =>
  `<polygon points="${points.map((p) => p.map((n) => n.toFixed(1)).join(',')).join(' ')}" fill="${fill}" ${more}/>`;

export const circle = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;

export const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`;

export const line = (from: Point, to: Point, stroke: string, width: number, more = ''): string =>
  `<line x1="${from[0]}" y1="${from[1]}" x2="${to[0]}" y2="${to[1]}" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" ${more}/>`;

export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`;

export const gradient = (id: string, from: string, to: string, sideways = false): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="${sideways ? 1 : 0}" y2="${sideways ? 0 : 1}"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;

/** A sheet of paper with bars where words would stand: no fonts are needed, and nobody reads a name off it. */
export function sheet(dice: Random, x: number, y: number, w: number, h: number, paper = '#fbf9f1'): string {
  const lines: string[] = [rect(x, y, w, h, paper, 'stroke="#b9b3a2" stroke-width="1.5"')];
  lines.push(rect(x + w * 0.2, y + h * 0.09, w * 0.6, Math.max(3, h * 0.045), '#4b5561'));
  for (let at = y + h * 0.22; at < y + h * 0.9; at += Math.max(8, h * 0.085)) {
    lines.push(rect(x + w * 0.1, at, w * (0.45 + dice.next() * 0.35), Math.max(2, h * 0.026), '#8b919a'));
  }
  return lines.join('');
}

/** The whole picture: defs, then layers from back to front, and the darker corners of a cheap lens. */
export function picture(defs: string, layers: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    '<defs>',
    '<radialGradient id="lens" cx="0.5" cy="0.48" r="0.75"><stop offset="0.62" stop-color="#000" stop-opacity="0"/>',
    '<stop offset="1" stop-color="#000" stop-opacity="0.34"/></radialGradient>',
    defs,
    '</defs>',
    ...layers,
    rect(0, 0, WIDTH, HEIGHT, 'url(#lens)'),
    '</svg>',
  ].join('');
}
