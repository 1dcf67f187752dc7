import { createHash } from 'node:crypto';
import type { TallyCell } from '../evidence/index.ts';
import type { Definition } from './definition.ts';

/** One value of a figure: of all, or of a category (several, where dimensions are crossed). */
export type Cell = {
  /** '' for the total; else 'dimension=category' pairs, sorted, with ';' between. */
  readonly key: string;
  readonly at: Readonly<Record<string, string>>;
  /** Null when nothing is known: no score yet, a share of nothing. Counts and sums of nothing are 0. */
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** How many evidence rows it stands on, and the SHA-256 of their sorted ids (asked for with `digests`). */
  readonly evidence: number;
  readonly digest: string | null;
  readonly evidenceIds: readonly string[];
  /** How many people (or rows, where subjects are not counted) stand behind it: what small-cell suppression looks at. */
  readonly base: number;
  /** R4: contacts of nobody in particular, shown beside people and never added to them. */
  readonly engagements: number;
  /** mean_of: the shares that the mean is made of. */
  readonly parts: readonly { readonly category: string; readonly numerator: number; readonly denominator: number }[];
};

/** A tally as one side of a value, and how many rows it stands on. */
export type Side = { readonly amount: number; readonly cell: TallyCell; readonly rows: number };

export function cellKey(at: Readonly<Record<string, string>>): string {
  return Object.entries(at)
    .map(([dimension, category]) => `${dimension}=${category}`)
    .sort()
    .join(';');
}

/** The other way round. */
export function cellAt(key: string): Record<string, string> {
  return Object.fromEntries(
    key.split(';').flatMap((pair) => {
      const cut = pair.indexOf('=');
      return cut > 0 ? [[pair.slice(0, cut), pair.slice(cut + 1)]] : [];
    }),
  );
}

/** SHA-256 over the sorted ids, one per line: the fingerprint of what a value stands on. */
export function digestOf(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex');
}

/** Binary fractions end where decimal ones do: 0.1 + 0.2 is 0.3 again. */
export const tidy = (x: number): number => (Number.isSafeInteger(x) ? x : Number(x.toPrecision(15)));

/** The value of an indicator that reads one kind of rows. */
export function simpleCell(definition: Definition, cell: TallyCell, digests: boolean): Cell {
  const people = definition.agg === 'count_distinct';
  const rows = people ? cell.subjectRows : cell.rows;
  const shared = definition.agg === 'avg' || (definition.agg === 'latest' && definition.placeRule === 'avg');
  return {
    ...place(cell.at, people ? cell.subjectIds : cell.ids, rows, digests),
    ...amounts(numeratorOf(definition, cell), shared ? cell.rows : null),
    base: people ? cell.subjects : cell.rows,
    engagements: people ? tidy(cell.loose) : 0,
    parts: [],
  };
}

/** What the aggregation takes from the tally; of the latest rows, what their rule takes. A mean is a sum by a count. */
function numeratorOf({ agg, placeRule }: Definition, cell: TallyCell): number | null {
  switch (agg === 'latest' ? placeRule : agg) {
    case 'sum':
    case 'avg':
      return cell.sum;
    case 'count':
      return cell.rows;
    case 'count_distinct':
      return cell.subjects;
    case 'max':
      return cell.max;
    case 'latest':
      return cell.last;
    default:
      return null;
  }
}

/**
 * R5: Σ numerators over Σ denominators, at every level.
 * @param how inside: every row of the top is one of the bottom's; otherwise both sides list their ids
 */
export function ratioCell(
  at: Cell['at'],
  top: Side | undefined,
  bottom: Side,
  how: { readonly inside: boolean; readonly digests: boolean },
): Cell {
  const ids = [...new Set([...(top?.cell.ids ?? []), ...bottom.cell.ids])];
  return {
    ...place(at, how.digests ? ids : [], how.inside ? bottom.rows : ids.length, how.digests),
    ...amounts(top?.amount ?? 0, bottom.amount),
    base: bottom.cell.subjects || bottom.cell.rows,
    engagements: 0,
    parts: [],
  };
}

/** The mean of shares, each category of `over` weighing the same; a category without a denominator is not in it. */
export function meanCell(at: Cell['at'], members: readonly (readonly [string, TallyCell])[], digests: boolean): Cell {
  const parts = members
    .filter(([, cell]) => cell.denominators !== 0)
    .map(([category, cell]) => ({ category, numerator: tidy(cell.sum), denominator: tidy(cell.denominators) }))
    .sort((a, b) => (a.category < b.category ? -1 : 1));
  const ids = members.flatMap(([, cell]) => cell.ids);
  const rows = members.reduce((sum, [, cell]) => sum + cell.rows, 0);
  return {
    ...place(at, ids, rows, digests),
    ...amounts(
      parts.reduce((sum, part) => sum + part.numerator / part.denominator, 0),
      parts.length,
    ),
    base: rows,
    engagements: 0,
    parts,
  };
}

/** Nothing happened: 0 for what is counted, nothing for a state or a share. */
export function emptyCell(definition: Definition, digests: boolean): Cell {
  const counted = definition.agg === 'sum' || definition.agg === 'count' || definition.agg === 'count_distinct';
  return { ...place({}, [], 0, digests), ...amounts(counted ? 0 : null, null), base: 0, engagements: 0, parts: [] };
}

function place(at: Cell['at'], ids: readonly string[], evidence: number, digests: boolean) {
  return { key: cellKey(at), at, evidence, digest: digests ? digestOf(ids) : null, evidenceIds: ids };
}

function amounts(numerator: number | null, denominator: number | null) {
  if (numerator === null) return { value: null, numerator: null, denominator };
  if (denominator === null) return { value: tidy(numerator), numerator: tidy(numerator), denominator };
  return {
    value: denominator === 0 ? null : tidy(numerator / denominator),
    numerator: tidy(numerator),
    denominator: tidy(denominator),
  };
}
