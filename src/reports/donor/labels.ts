import { createHash } from 'node:crypto';
import { type Measure, UNKNOWN } from '../../kernel/evidence/index.ts';
import { type Definition, measuresOf } from '../../kernel/indicators/index.ts';
import { subjects } from '../../kernel/subjects/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Locale, Text3 } from '../../platform/i18n/index.ts';

/** What dimensions and their categories are called, in one language. */
export type Labels = {
  readonly dimension: (key: string) => string;
  readonly category: (dimension: string, category: string) => string;
  /** 'women, Talas oblast'; empty for the total. */
  readonly cell: (at: Readonly<Record<string, string>>) => string;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const COMMON = new Set(['oblast', 'rayon', 'aimak', 'place', 'sex', 'age', 'type', 'facility_type', 'group', 'domain']);

/**
 * Names for the cells of an indicator: from its measures; places by their own names; what nobody named is shown as it is written.
 */
export async function labelsFor(
  db: Db,
  spaceId: string,
  l: Locale,
  measures: readonly Measure[],
  definitions: readonly Definition[],
  cells: readonly { readonly at: Readonly<Record<string, string>> }[],
): Promise<Labels> {
  const used = new Set(definitions.flatMap(measuresOf));
  const dimensions = new Map<string, { title: Text3; categories: Map<string, Text3> }>();
  for (const measure of measures.filter((one) => used.has(one.key)))
    for (const { key, title, categories } of measure.dimensions)
      if (!dimensions.has(key))
        dimensions.set(key, { title, categories: new Map(categories.map((one) => [one.key, one.title])) });
  const ids = new Set(cells.flatMap((cell) => Object.values(cell.at)).filter((category) => UUID.test(category)));
  const named = await subjects(db, spaceId, [...ids]);
  const dimension = (key: string): string => {
    const known = dimensions.get(key);
    if (known) return l.pick(known.title);
    return COMMON.has(key) ? l.t(`donor.dimension.${key}`) : key;
  };
  const category = (key: string, value: string): string => {
    const known = dimensions.get(key)?.categories.get(value);
    if (known) return l.pick(known);
    if (value === UNKNOWN) return l.t('donor.unknown');
    if (key === 'sex' && (value === 'f' || value === 'm')) return l.t(`donor.sex.${value}`);
    const place = named.get(value);
    return place ? l.pick(place.name) : value;
  };
  return {
    dimension,
    category,
    cell: (at) =>
      Object.entries(at)
        .map(([key, value]) => category(key, value))
        .join(', '),
  };
}

/** A stable name for a person that tells nothing about them: for readers who may count people and not know them. */
export function pseudonym(spaceId: string, subjectId: string): string {
  return createHash('sha256').update(`pseudonym ${spaceId} ${subjectId}`).digest('hex').slice(0, 10);
}
