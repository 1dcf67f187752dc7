import type { ChoiceList } from './choices.ts';
import type { Place, Report } from './diagnostics.ts';
import type { NameKeeper } from './naming.ts';
import type { Settings } from './settings.ts';
import { type Field, headerOf, plain, type TableRow } from './table.ts';
import { type FormNode, lineage } from './tree.ts';
import type { QuestionType, SelectCell } from './types.ts';

/** The form as a tree, with what stands beside it. */
export interface Survey {
  readonly root: FormNode;
  /** The audit question, which lives in meta. */
  audit: FormNode | undefined;
  /** xml-external and csv-external rows. */
  readonly externals: { name: string; kind: 'xml' | 'csv'; row: TableRow }[];
}

/** What every row needs to know while the tree is built. */
export interface Context {
  readonly survey: Survey;
  readonly settings: Settings;
  readonly lists: Map<string, ChoiceList>;
  readonly externalLists: ReadonlySet<string> | undefined;
  readonly tags: ReadonlyMap<string, readonly unknown[]>;
  /** Whether there is a choices sheet. */
  readonly hasChoices: boolean;
  /** Sheets whose names look misspelt: the name that was probably meant → the name found. */
  readonly misspelt: ReadonlyMap<string, string>;
  readonly names: NameKeeper;
  /** Rows gone through, those of loops once for each choice. */
  readonly size: { rows: number; tooDeep: boolean };
  readonly report: Report;
}

/** Inside a table-list group: the list that all its selects share, once the first has named it. */
export interface TableList {
  list: string | undefined;
}

interface NewNode {
  readonly kind: FormNode['kind'];
  readonly name: string;
  readonly parent: FormNode | undefined;
  readonly row: TableRow;
  readonly type?: QuestionType | undefined;
  readonly select?: SelectCell | undefined;
  readonly parameters?: ReadonlyMap<string, string>;
  readonly generated?: boolean;
  readonly bind?: Record<string, string>;
  readonly control?: Record<string, string>;
}

/** Makes a node and puts it at the end of its parent. */
export function makeNode(given: NewNode, settings: Settings): FormNode {
  const above = given.parent?.path ?? '';
  // In a flat form groups only shape the pages; their questions stand beside each other in the record.
  const transparent = settings.flat && given.kind === 'group';
  const node: FormNode = {
    kind: given.kind,
    name: given.name,
    parent: given.parent,
    children: [],
    path: transparent ? above : `${above}/${given.name}`,
    row: given.row,
    type: given.type,
    select: given.select,
    parameters: given.parameters ?? new Map(),
    generated: given.generated ?? false,
    bind: given.bind ?? {},
    control: given.control ?? {},
    repeatCount: undefined,
  };
  given.parent?.children.push(node);
  return node;
}

/** Where a row's cell stands. */
export const at = (row: TableRow, key: string, usual: string): Place => ({
  sheet: 'survey',
  row: row.row,
  column: headerOf(row, key, usual),
});

/** A field that no cell holds. */
export function field(header: string, value: Field['value']): Field {
  return { header, value, headers: new Map() };
}

/** A row as a type's own generation would have written it. */
export function rowWith(row: number, entries: [string, Field | string | undefined][]): TableRow {
  const fields = new Map<string, Field>();
  for (const [key, value] of entries) {
    if (value !== undefined) fields.set(key, typeof value === 'string' ? field(key, value) : value);
  }
  return { row, fields };
}

/** A name for going on with a row whose own name is missing or taken; the form is refused anyway. */
const standIn = (row: TableRow) => `unnamed_${row.row}`;

/** The name of a row's node, checked; undefined where it is missing or taken, and the fault reported. */
export function acceptedName(
  row: TableRow,
  kind: FormNode['kind'],
  parent: FormNode,
  context: Context,
): string | undefined {
  const name = plain(row, 'name');
  if (name === undefined) {
    context.report.error('NAME_MISSING', at(row, 'name', 'name'), { value: plain(row, 'type') });
    return undefined;
  }
  const free = context.names.accept(nameSpace(parent, context.settings), kind, name, at(row, 'name', 'name'));
  return free ? name : undefined;
}

/** The same, with a stand-in where there is no such name, for going on. */
export function acceptName(row: TableRow, kind: FormNode['kind'], parent: FormNode, context: Context): string {
  return acceptedName(row, kind, parent, context) ?? standIn(row);
}

/** Where a name has to be unique: in a flat form, up to the nearest repeat or the form. */
export function nameSpace(parent: FormNode, settings: Settings): FormNode {
  let space = parent;
  while (settings.flat && space.kind === 'group' && space.parent) space = space.parent;
  return space;
}

/** A form beyond these sizes is no form; loops inside loops reach any number with a few rows. */
export const MOST_ROWS = 30_000;
const MOST_DEPTH = 40;

/** Counts one more row; reports the row at which the form has become too large. */
export function isTooLarge(row: TableRow, { size, report }: Context): boolean {
  size.rows += 1;
  if (size.rows === MOST_ROWS + 1) {
    report.error('FORM_TOO_LARGE', at(row, 'type', 'type'), { params: { rows: String(MOST_ROWS) } });
  }
  return size.rows > MOST_ROWS;
}

/** Whether one more group fits below; reports the row that goes too deep. */
export function fitsBelow(parent: FormNode, row: TableRow, { size, report }: Context): boolean {
  if (lineage(parent).length <= MOST_DEPTH) return true;
  if (size.tooDeep) return false;
  size.tooDeep = true;
  report.error('FORM_TOO_DEEP', at(row, 'type', 'type'), { params: { depth: String(MOST_DEPTH) } });
  return false;
}
