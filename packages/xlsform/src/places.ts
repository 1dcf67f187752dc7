import type { Place } from './diagnostics.ts';
import { saysNo, saysYes } from './settings.ts';
import { headerOf } from './table.ts';
import type { FormNode } from './tree.ts';

/** yes and no, as authors write them, for true() and false(). */
export function asExpression(text: string): string {
  if (saysYes(text) && text !== '1') return 'true()';
  if (saysNo(text) && text !== '0') return 'false()';
  return text;
}

/** Where a node's cell stands, or would stand. */
export const placeOf = (node: FormNode, key: string, usual: string): Place => ({
  sheet: 'survey',
  row: node.row.row,
  column: headerOf(node.row, key, usual),
});
