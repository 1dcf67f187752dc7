import type { LonLat } from './outline.ts';

/** Degrees at the map's north-west corner, and map units per degree of latitude. */
const WEST = 69.1;
const NORTH = 43.42;
const UNITS = 120;
/** How much narrower a degree of longitude is than one of latitude at 41.3° north. */
const NARROWER = Math.cos((41.3 * Math.PI) / 180);

/** Places a point on the map; x to the right, y down, in map units (about 1010 × 515 for the country). */
export function project([lon, lat]: LonLat): { x: number; y: number } {
  return { x: round((lon - WEST) * NARROWER * UNITS), y: round((NORTH - lat) * UNITS) };
}

/** One decimal is finer than a pixel and keeps pages small. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A closed outline as SVG path data. */
export function pathOf(ring: readonly LonLat[]): string {
  const parts = ring.map((point) => {
    const { x, y } = project(point);
    return `${x} ${y}`;
  });
  return `M${parts.join('L')}Z`;
}

/** The smallest box around outlines, with a margin, as an SVG viewBox. */
export function boxAround(rings: readonly (readonly LonLat[])[], margin = 14): string {
  const points = rings.flat().map(project);
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  const x = Math.min(...xs) - margin;
  const y = Math.min(...ys) - margin;
  return [x, y, Math.max(...xs) + margin - x, Math.max(...ys) + margin - y].map(Math.round).join(' ');
}
