import type { SourceRow } from '../../kernel/sources/index.ts';
import { comparable } from '../../kernel/sources/index.ts';
import type { ChecklistItem, Verdict } from './checklist.ts';
import type { ItemResult } from './score.ts';

/** What a visit found, with the rows of the standard of its day by their key. */
export type Seen = { readonly items: readonly ItemResult[]; readonly rows: ReadonlyMap<string, SourceRow> };

export type Compared = {
  readonly item: ChecklistItem;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly change: 'better' | 'worse' | 'same' | 'unsaid';
};

const RANK: Readonly<Partial<Record<Verdict, number>>> = { not_met: 0, partly: 1, met: 2 };

/**
 * Two visits item by item, where the rows of their standards mean the same. What was not asked both times, stands on a row that has
 * changed its meaning, or was judged by another line, is in `left` and not compared. 'unsaid': one of the two verdicts says nothing. Pure.
 */
export function compareVisits(
  before: Seen,
  after: Seen,
): { readonly compared: readonly Compared[]; readonly left: readonly ChecklistItem[] } {
  const earlier = new Map(before.items.map((one) => [one.item.id, one]));
  const compared: Compared[] = [];
  const left: ChecklistItem[] = [];
  for (const { item, verdict, line } of after.items) {
    const was = earlier.get(item.id);
    const [rowWas, rowIs] = [before.rows.get(item.row), after.rows.get(item.row)];
    const alike = was && sameLine(was.line, line) && rowWas && rowIs && comparable(rowWas, rowIs);
    if (!alike) left.push(item);
    else compared.push({ item, before: was.verdict, after: verdict, change: changeOf(was.verdict, verdict) });
  }
  return { compared, left };
}

const sameLine = (a: ItemResult['line'], b: ItemResult['line']): boolean =>
  a?.met === b?.met && a?.partly === b?.partly;

function changeOf(before: Verdict, after: Verdict): Compared['change'] {
  const [was, is] = [RANK[before], RANK[after]];
  if (was === undefined || is === undefined) return 'unsaid';
  return is > was ? 'better' : is < was ? 'worse' : 'same';
}
