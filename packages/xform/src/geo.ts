/** Points and lines on the Earth, as ODK writes them: `latitude longitude altitude accuracy; …`. */

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Radius of the equator in metres, as JavaRosa counts. */
const RADIUS = 6_378_100;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** One point; undefined unless it has two to four numbers and lies on the Earth. */
export function readPoint(text: string): Point | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length < 2 || parts.length > 4 || !parts.every((part) => NUMBER.test(part))) return undefined;
  const [lat, lon] = [Number(parts[0]), Number(parts[1])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

/** The points of a line or shape; undefined when any is wrong. A semicolon at the end is allowed. */
export function readPoints(text: string): Point[] | undefined {
  const parts = text.split(';');
  if (parts.length > 1 && parts[parts.length - 1]!.trim() === '') parts.pop();
  const points = parts.map(readPoint);
  return points.every((point) => point !== undefined) ? (points as Point[]) : undefined;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

function between(a: Point, b: Point): number {
  const dLat = radians(b.lat - a.lat);
  const dLon = radians(b.lon - a.lon);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Metres along the points. */
export function lengthOf(points: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += between(points[i - 1]!, points[i]!);
  return sum;
}

/** Square metres inside the points; the last joins the first. */
export function areaOf(points: readonly Point[]): number {
  if (points.length < 3) return 0;
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const a = points[i]!;
    const b = points[(i + 1) % points.length]!;
    sum += radians(b.lon - a.lon) * (2 + Math.sin(radians(a.lat)) + Math.sin(radians(b.lat)));
  }
  return Math.abs((sum * RADIUS * RADIUS) / 2);
}

/** True when the point lies inside the shape. */
export function isInside(point: Point, shape: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = shape.length - 1; i < shape.length; j = i++) {
    const a = shape[i]!;
    const b = shape[j]!;
    if (a.lat > point.lat === b.lat > point.lat) continue;
    if (point.lon < ((b.lon - a.lon) * (point.lat - a.lat)) / (b.lat - a.lat) + a.lon) inside = !inside;
  }
  return inside;
}

function turn(a: Point, b: Point, c: Point): number {
  return Math.sign((b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon));
}

function onSegment(a: Point, b: Point, p: Point): boolean {
  return (
    Math.min(a.lon, b.lon) <= p.lon &&
    p.lon <= Math.max(a.lon, b.lon) &&
    Math.min(a.lat, b.lat) <= p.lat &&
    p.lat <= Math.max(a.lat, b.lat)
  );
}

function cross(a: Point, b: Point, c: Point, d: Point): boolean {
  const [t1, t2, t3, t4] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (t1 !== t2 && t3 !== t4) return true;
  return (
    (t1 === 0 && onSegment(a, b, c)) ||
    (t2 === 0 && onSegment(a, b, d)) ||
    (t3 === 0 && onSegment(c, d, a)) ||
    (t4 === 0 && onSegment(c, d, b))
  );
}

const same = (a: Point, b: Point) => a.lat === b.lat && a.lon === b.lon;

/** True when a line crosses or touches itself; a shape's closing point does not count. Above 2,000 points only false is said. */
export function crossesItself(points: readonly Point[]): boolean {
  if (points.length > 2000) return false;
  const line = points.filter((point, i) => i === 0 || !same(point, points[i - 1]!));
  const last = line.length - 2;
  const closed = line.length > 2 && same(line[0]!, line[line.length - 1]!);
  for (let i = 0; i <= last; i++) {
    for (let j = i + 2; j <= last; j++) {
      if (closed && i === 0 && j === last) continue;
      if (cross(line[i]!, line[i + 1]!, line[j]!, line[j + 1]!)) return true;
    }
  }
  return false;
}
