import { z } from 'zod';
import type { Measure } from '../../../kernel/evidence/index.ts';
import type { Definition, DefinitionInput } from '../../../kernel/indicators/index.ts';
import { short, text3Shape } from '../registers/common.tsx';

const many = z
  .union([z.string().max(200), z.array(z.string().max(200)).max(40)])
  .optional()
  .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]));

/** The fields of the page on which an indicator is defined. */
export const DefinitionFields = z.object({
  ...text3Shape('title'),
  ...text3Shape('unit', 60),
  code: short(60).optional(),
  result: short(40).optional(),
  agg: short(20),
  measures: many,
  filter: short(2000).optional(),
  having: short(2000).optional(),
  period: short(20),
  placeRule: short(20).optional(),
  over: short(80).optional(),
  lastOnly: short(5).optional(),
  numerator_agg: short(20).optional(),
  numerator_measures: many,
  numerator_filter: short(2000).optional(),
  denominator_agg: short(20).optional(),
  denominator_measures: many,
  denominator_filter: short(2000).optional(),
  scope: short(20).optional(),
  estimates: short(5).optional(),
  dimensions: many,
  crosses: short(500).optional(),
  digits: short(2).optional(),
  percent: short(5).optional(),
  reason: short(500).optional(),
});
export type DefinitionFields = z.infer<typeof DefinitionFields>;

/** A definition out of the fields, unchecked: the verb checks it and says what contradicts. */
export function definitionOf(fields: DefinitionFields, measures: readonly Measure[]): DefinitionInput {
  const known = new Map(measures.flatMap((measure) => measure.dimensions).map((one) => [one.key, one]));
  const ratio = fields.agg === 'ratio';
  const latest = fields.agg === 'latest';
  const mean = fields.agg === 'mean_of';
  const dimensions = fields.dimensions.map((key) => {
    const dimension = known.get(key);
    return {
      key,
      kind: dimension?.kind ?? ('partition' as const),
      ...(dimension?.suppressBelow !== undefined && { suppressBelow: dimension.suppressBelow }),
      ...(key === 'rayon' && fields.dimensions.includes('oblast') && { within: 'oblast' }),
    };
  });
  const part = (agg: string | undefined, from: readonly string[], filter: string | undefined) => ({
    agg: agg as 'sum',
    measures: [...from],
    filter: conditions(filter),
  });
  return {
    agg: fields.agg as Definition['agg'],
    measures: ratio ? [] : fields.measures,
    filter: ratio ? [] : conditions(fields.filter),
    having: latest ? conditions(fields.having) : [],
    period: fields.period as Definition['period'],
    placeRule: (latest && fields.placeRule ? fields.placeRule : 'sum') as Definition['placeRule'],
    ...(mean && fields.over && { over: fields.over }),
    lastOnly: mean && fields.lastOnly === 'yes',
    ...(ratio && {
      numerator: part(fields.numerator_agg, fields.numerator_measures, fields.numerator_filter),
      denominator: part(fields.denominator_agg, fields.denominator_measures, fields.denominator_filter),
    }),
    estimates: fields.estimates === 'yes',
    scope: fields.scope === 'space' ? 'space' : 'project',
    dimensions,
    crosses: (fields.crosses ?? '')
      .split('\n')
      .map((line) => line.split(/\s*[×x*]\s*/).map((key) => key.trim()))
      .filter((pair): pair is [string, string] => pair.length === 2 && pair.every(Boolean)),
    digits: Number(fields.digits || 0),
    percent: fields.percent === 'yes',
  };
}

/** One condition a line: 'sex = f, m'. */
export function conditions(text: string | undefined): { key: string; oneOf: string[] }[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const [key = '', values = ''] = line.split('=');
    const oneOf = values.split(',').flatMap((value) => value.trim() || []);
    return key.trim() ? [{ key: key.trim(), oneOf }] : [];
  });
}

export const conditionText = (filter: Definition['filter']): string =>
  filter.map(({ key, oneOf }) => `${key} = ${oneOf.join(', ')}`).join('\n');
