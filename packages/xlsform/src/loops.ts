import { acceptName, at, type Context, fitsBelow, MOST_ROWS, makeNode, nameSpace, rowWith } from './nodes.ts';
import { type Field, plain, type TableRow } from './table.ts';
import type { FormNode } from './tree.ts';
import { containerCell } from './types.ts';

const MOST_FILLED_CHARS = 100_000;

/** Position of the row that ends the loop which begins at `begin`; -1 when none does. */
export function matchingEnd(rows: readonly TableRow[], begin: number): number {
  let depth = 0;
  for (let index = begin; index < rows.length; index++) {
    const container = containerCell(plain(rows[index], 'type') ?? '');
    if (container?.kind !== 'loop') continue;
    depth += container.edge === 'begin' ? 1 : -1;
    if (depth === 0) return index;
  }
  return -1;
}

/** Adds rows below a node: the tree's builder, which knows loops and is known by them only through this. */
export type AddRows = (rows: readonly TableRow[], top: FormNode, topTable: undefined, context: Context) => void;

/** Writes the rows of a loop once for each choice of its list. */
export function addLoop(
  row: TableRow,
  listName: string | undefined,
  inside: readonly TableRow[],
  parent: FormNode,
  context: Context,
  addRows: AddRows,
): void {
  const { lists, settings, report } = context;
  const list = listName === undefined ? undefined : lists.get(listName);
  if (!list) {
    report.error('LIST_NOT_FOUND', at(row, 'type', 'type'), { value: listName ?? '', among: lists.keys() });
    return;
  }
  if (!fitsBelow(parent, row, context)) return;
  const name = acceptName(row, 'group', parent, context);
  const loop = makeNode({ kind: 'group', name, parent, row }, settings);
  for (const choice of list.choices) {
    if (context.size.rows > MOST_ROWS) return;
    if (!context.names.accept(nameSpace(loop, settings), 'group', choice.name, at(row, 'type', 'type'))) continue;
    const turn = makeNode(
      {
        kind: 'group',
        name: choice.name,
        parent: loop,
        row: rowWith(row.row, [['label', choice.label]]),
        generated: true,
      },
      settings,
    );
    addRows(
      inside.map((each) => fillIn(each, choice.name, choice.label)),
      turn,
      undefined,
      context,
    );
  }
}

/** Puts a choice's name and label into the %(name)s and %(label)s of a looped row. */
function fillIn(row: TableRow, name: string, label: Field | undefined): TableRow {
  const inLanguage = (language: string | undefined) => {
    if (label === undefined) return name;
    if (typeof label.value === 'string') return label.value;
    return (language === undefined ? undefined : label.value.get(language)) ?? [...label.value.values()][0] ?? name;
  };
  const fill = (text: string, language?: string) => {
    const filled = text.split('%(name)s').join(name);
    const parts = filled.split('%(label)s');
    const word = inLanguage(language);
    // A label made of nothing but places for other labels could grow without end.
    return filled.length + parts.length * word.length > MOST_FILLED_CHARS ? filled : parts.join(word);
  };
  const fields = new Map<string, Field>();
  for (const [key, each] of row.fields) {
    if (!hasPlaces(each)) {
      fields.set(key, each);
      continue;
    }
    const value =
      typeof each.value === 'string'
        ? fill(each.value)
        : new Map([...each.value].map(([language, text]) => [language, fill(text, language)]));
    fields.set(key, { ...each, value });
  }
  return { row: row.row, fields };
}

function hasPlaces({ value }: Field): boolean {
  if (typeof value === 'string') return value.includes('%(');
  for (const text of value.values()) if (text.includes('%(')) return true;
  return false;
}
