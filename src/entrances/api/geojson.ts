import type { Call } from '../../kernel/access/index.ts';
import { findSubjects, subjects } from '../../kernel/subjects/index.ts';
import { ABOUT, batches, type FormData } from './form.ts';
import { type Cell, type Column, cellAt, type Table, turnsOf, valueAt } from './tables.ts';

type Geometry =
  | { readonly type: 'Point'; readonly coordinates: readonly number[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly (readonly number[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly (readonly number[])[])[] };

const GEO = new Set(['geopoint', 'geotrace', 'geoshape']);

/** 'lat lon altitude accuracy' → [lon, lat, altitude?]; null for what is no place on Earth. */
function positionOf(text: string): readonly number[] | null {
  const [lat, lon, altitude] = text.trim().split(/\s+/).map(Number);
  if (lat === undefined || lon === undefined || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return null;
  return altitude !== undefined && Number.isFinite(altitude) && altitude !== 0 ? [lon, lat, altitude] : [lon, lat];
}

/** The shape that an answer draws; null where it draws none. */
export function geometryOf(asked: string, answer: string): Geometry | null {
  const points = answer
    .split(';')
    .filter((one) => one.trim())
    .map(positionOf);
  if (points.length === 0 || points.some((point) => point === null)) return null;
  const line = points as readonly (readonly number[])[];
  if (asked === 'geopoint') return { type: 'Point', coordinates: line[0]! };
  if (asked === 'geotrace') return line.length > 1 ? { type: 'LineString', coordinates: line } : null;
  const closed = String(line[0]) === String(line.at(-1)) ? line : [...line, line[0]!];
  return closed.length > 3 ? { type: 'Polygon', coordinates: [closed] } : null;
}

/** Every place, line and area that the records of a form give, with the other answers as properties. */
export async function* recordFeatures(call: Call, { form, root }: FormData): AsyncGenerator<string> {
  yield* collection(
    (async function* () {
      for await (const rows of batches(call, { formId: form.id })) {
        const features: string[] = [];
        for (const row of rows) {
          const about = Object.fromEntries(ABOUT.map(({ name, of }) => [name, of(row)]));
          features.push(...featuresOf(root, row.record.answers, about));
          for (const turn of turnsOf(root, row.record.answers, row.record.id))
            features.push(...featuresOf(turn.table, turn.answers, { ...about, row_id: turn.id }));
        }
        yield features;
      }
    })(),
  );
}

function featuresOf(table: Table, answers: unknown, about: Readonly<Record<string, Cell>>): readonly string[] {
  const drawn = table.columns.filter((column) => GEO.has(column.asked) && (column.part ?? 0) === 0);
  return drawn.flatMap((column) => {
    const answer = valueAt(answers, column.path);
    const geometry = typeof answer === 'string' && answer ? geometryOf(column.asked, answer) : null;
    if (!geometry) return [];
    const question = column.path.join('-');
    return [
      JSON.stringify({ type: 'Feature', geometry, properties: { ...about, question, ...plain(table, answers) } }),
    ];
  });
}

function plain(table: Table, answers: unknown): Record<string, Cell> {
  const others = table.columns.filter((column: Column) => !GEO.has(column.asked));
  return Object.fromEntries(others.map((column) => [column.name, cellAt(answers, column)]));
}

/** Places and facilities of the register that have a position, as they are today. */
export async function* placeFeatures(call: Call): AsyncGenerator<string> {
  yield* collection(
    (async function* () {
      for (const kind of ['place', 'thing'] as const) {
        let cursor: string | null = null;
        do {
          const found: Awaited<ReturnType<typeof findSubjects>> = await findSubjects(call.sql, call.space.id, {
            kind,
            cursor,
            limit: 200,
          });
          const ids = found.rows.map((row) => row.id);
          const whole = await subjects(call.sql, call.space.id, ids);
          yield [...whole.values()].flatMap((subject) => {
            const at = placeOf(subject.attributes);
            if (!at) return [];
            const properties = { id: subject.id, kind, type: subject.type, code: subject.code, name: subject.name };
            return [
              JSON.stringify({
                type: 'Feature',
                id: subject.id,
                geometry: { type: 'Point', coordinates: at },
                properties,
              }),
            ];
          });
          cursor = found.next;
        } while (cursor);
      }
    })(),
  );
}

/** The register keeps a position as `at`, or as two numbers of their own. */
function placeOf(attributes: Readonly<Record<string, unknown>>): readonly [number, number] | null {
  const { lat, lon } = (attributes.at ?? attributes) as Record<string, unknown>;
  return typeof lat === 'number' && typeof lon === 'number' ? [lon, lat] : null;
}

async function* collection(pages: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  yield '{"type":"FeatureCollection","features":[';
  let first = true;
  for await (const features of pages) {
    if (features.length === 0) continue;
    yield (first ? '' : ',') + features.join(',');
    first = false;
  }
  yield ']}';
}
