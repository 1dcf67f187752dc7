import { z } from 'zod';
import { Problem } from '../../platform/problem.ts';

const key = z.string().regex(/^[a-z][\w.-]{0,79}$/i);

/** Rows whose attribute has one of the values; several conditions hold together. */
const Condition = z.strictObject({ key, oneOf: z.array(z.string().min(1).max(200)).min(1).max(200) });

/** One side of a ratio, drawn from the same kind of rows as an indicator of its own. */
const Part = z.strictObject({
  /** denominators: the sum of what the rows' quantities are parts of. */
  agg: z.enum(['sum', 'count', 'count_distinct', 'denominators']),
  measures: z.array(key).min(1).max(20),
  filter: z.array(Condition).max(20).default([]),
});

const Dimension = z.strictObject({
  key,
  kind: z.enum(['partition', 'overlapping']).default('partition'),
  /** Cells of fewer people than this are hidden from readers outside the office, with as many others as it takes. */
  suppressBelow: z.number().int().min(2).max(1000).optional(),
  /** The dimension whose categories these lie within: rayon within oblast. */
  within: key.optional(),
});

const AGGREGATIONS = ['sum', 'count', 'count_distinct', 'latest', 'max', 'avg', 'ratio', 'mean_of'] as const;

/**
 * How a figure is derived from evidence rows.
 *
 * - `sum`, `count`, `max`, `avg`: over the quantities of the rows.
 * - `count_distinct`: each subject once, whatever it took part in (R1); rows without a subject are shown beside it, never added (R4).
 * - `latest`: the last row of each subject (of each place, for rows without one), then put together by `placeRule`;
 *   `having` looks at that last row only: what has left a stage is not counted in it.
 * - `ratio`: Σ numerators / Σ denominators at every level (R5).
 * - `mean_of`: Σ quantity / Σ denominator in each category of `over`, then the mean of those shares.
 *
 * `period`: flow counts what happened in the period; to_date everything up to its end (R3); stock is the state on its last day and is
 * never added over time (R6).
 */
export const Definition = z
  .strictObject({
    agg: z.enum(AGGREGATIONS),
    measures: z.array(key).max(20).default([]),
    filter: z.array(Condition).max(20).default([]),
    having: z.array(Condition).max(20).default([]),
    period: z.enum(['flow', 'stock', 'to_date']).default('flow'),
    placeRule: z.enum(['sum', 'avg', 'max', 'count', 'latest']).default('sum'),
    /** mean_of: the dimension whose categories weigh the same. */
    over: key.optional(),
    /** mean_of: only each subject's last row per category of `over`. */
    lastOnly: z.boolean().default(false),
    numerator: Part.optional(),
    denominator: Part.optional(),
    /** Whether estimates are counted with what was counted. */
    estimates: z.boolean().default(true),
    /** Rows of the project's activities, or of the whole space. */
    scope: z.enum(['project', 'space']).default('project'),
    dimensions: z.array(Dimension).max(12).default([]),
    /** Pairs of dimensions that are also shown crossed: sex × age. */
    crosses: z
      .array(z.tuple([key, key]))
      .max(6)
      .default([]),
    /** Decimals that a reader sees. */
    digits: z.number().int().min(0).max(6).default(0),
    /** A share is shown as a percentage. */
    percent: z.boolean().default(false),
    ascending: z.boolean().default(true),
  })
  .superRefine((definition, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const ratio = definition.agg === 'ratio';
    if (ratio !== (definition.numerator !== undefined)) say('numerator', 'indicators.definition.ratioParts');
    if (ratio !== (definition.denominator !== undefined)) say('denominator', 'indicators.definition.ratioParts');
    if (ratio === definition.measures.length > 0) say('measures', 'indicators.definition.measures');
    if ((definition.agg === 'mean_of') !== (definition.over !== undefined)) say('over', 'indicators.definition.over');
    if (definition.period === 'stock' && !STATES.has(definition.agg)) say('period', 'indicators.definition.stock');
    if (definition.period === 'stock' && definition.agg === 'mean_of' && !definition.lastOnly)
      say('lastOnly', 'indicators.definition.stock');
    if (definition.having.length > 0 && definition.agg !== 'latest') say('having', 'indicators.definition.having');
    if (definition.lastOnly && definition.agg !== 'mean_of') say('lastOnly', 'indicators.definition.lastOnly');
    if (definition.agg === 'mean_of' && definition.dimensions.some(({ kind }) => kind === 'overlapping'))
      say('dimensions', 'indicators.definition.overlappingMean');
    const dimensions = new Map(definition.dimensions.map((dimension) => [dimension.key, dimension]));
    if (dimensions.size < definition.dimensions.length) say('dimensions', 'indicators.definition.twice');
    for (const { within } of definition.dimensions)
      if (within !== undefined && dimensions.get(within)?.kind !== 'partition')
        say('dimensions', 'indicators.definition.within');
    for (const cross of definition.crosses)
      if (cross[0] === cross[1] || cross.some((one) => dimensions.get(one)?.kind !== 'partition'))
        say('crosses', 'indicators.definition.cross');
  });

/** Aggregations that describe a state and not a sum of happenings. */
const STATES: ReadonlySet<string> = new Set(['latest', 'max', 'mean_of']);

export type Definition = z.infer<typeof Definition>;
export type DefinitionInput = z.input<typeof Definition>;
export type Condition = z.infer<typeof Condition>;
export type Dimension = z.infer<typeof Dimension>;

/** Checks a definition and fills its defaults. @throws Problem 422 indicators.definition.wrong with the fields that contradict */
export function checkDefinition(given: unknown): Definition {
  const read = Definition.safeParse(given);
  if (read.success) return read.data;
  throw new Problem(
    422,
    'indicators.definition.wrong',
    {},
    read.error.issues.map((issue) => ({
      at: issue.path.join('.'),
      key: issue.code === 'custom' ? issue.message : 'indicators.definition.field',
    })),
  );
}

/** The measures whose rows the indicator reads, both sides of a ratio included. */
export function measuresOf(definition: Definition): string[] {
  const sides = [definition.numerator, definition.denominator].flatMap((part) => part?.measures ?? []);
  return [...new Set([...definition.measures, ...sides])];
}
