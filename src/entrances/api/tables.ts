import type { Question } from '../../kernel/forms/index.ts';
import type { Answers } from '../../kernel/records/index.ts';

/** What a cell holds, as other programs name it. */
export type CellType = 'text' | 'integer' | 'decimal' | 'date' | 'dateTime';
/** null: no answer. A number only where the answer is one. */
export type Cell = string | number | null;

/** One column of answers. A position gives four: latitude, longitude, altitude and accuracy. */
export type Column = {
  /** The names of the groups and of the question, joined by '-'. */
  readonly name: string;
  readonly path: readonly string[];
  readonly type: CellType;
  /** The question's type as XLSForm names it. */
  readonly asked: string;
  /** Which number of a position; null for everything else. */
  readonly part: number | null;
};

/** The form's own questions, or those of one repeat; a repeat within a repeat is a table of that one. */
export type Table = {
  /** '' for the records themselves, else the repeats' names joined by '.': 'household.member'. */
  readonly name: string;
  /** From the answers of the table above down to the list of turns. */
  readonly path: readonly string[];
  readonly columns: readonly Column[];
  readonly tables: readonly Table[];
};

const TYPES: Readonly<Record<string, CellType>> = {
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  dateTime: 'dateTime',
};
const SILENT = new Set(['note']);
const POSITION = ['latitude', 'longitude', 'altitude', 'accuracy'];

/** The tables of a form whose versions ask these questions, the newest version first: no answer of an older one is left out. */
export function tablesOf(versions: readonly (readonly Question[])[]): Table {
  const questions = merged(versions);
  const inside = new Map<string, Question[]>();
  for (const question of questions) {
    const parent = question.path.slice(0, question.path.lastIndexOf('/'));
    const list = inside.get(parent);
    if (list) list.push(question);
    else inside.set(parent, [question]);
  }
  const build = (name: string, path: readonly string[], root: string): Table => {
    const columns: Column[] = [];
    const tables: Table[] = [];
    const walk = (at: string, groups: readonly string[]): void => {
      for (const question of inside.get(at) ?? []) {
        const here = [...groups, question.name];
        if (question.kind === 'group') walk(question.path, here);
        else if (question.kind === 'repeat')
          tables.push(build(name ? `${name}.${question.name}` : question.name, here, question.path));
        else if (!SILENT.has(question.type)) columns.push(...columnsOf(question, here));
      }
    };
    walk(root, []);
    return { name, path, columns, tables };
  };
  const [first] = questions;
  return build('', [], first ? first.path.slice(0, first.path.indexOf('/', 1)) : '');
}

/** Questions by path; one that only an older version asked comes after those of the newest. */
function merged(versions: readonly (readonly Question[])[]): readonly Question[] {
  const all = new Map<string, Question>();
  for (const questions of versions)
    for (const question of questions) {
      const root = question.path.indexOf('/', 1);
      const key = `${question.path.slice(root)} ${question.kind}`;
      if (!all.has(key)) all.set(key, { ...question, path: `/data${question.path.slice(root)}` });
    }
  return [...all.values()];
}

function columnsOf(question: Question, path: readonly string[]): Column[] {
  const name = path.join('-');
  if (question.type === 'geopoint')
    return POSITION.map((part, i) => ({
      name: `${name}-${part}`,
      path,
      type: 'decimal' as const,
      asked: 'geopoint',
      part: i,
    }));
  return [{ name, path, type: TYPES[question.type] ?? 'text', asked: question.type, part: null }];
}

/** Every table, the records' own first, each repeat after the table that it lies in. */
export function allTables(table: Table): readonly Table[] {
  return [table, ...table.tables.flatMap(allTables)];
}

/** What lies at a path of names; undefined where the answers end before. */
export function valueAt(answers: unknown, path: readonly string[]): unknown {
  let value = answers;
  for (const name of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Answers)[name];
  }
  return value;
}

const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;

/** The answer of a column. What is not of the column's type (an answer that was set aside) stays as it was sent. */
export function cellAt(answers: unknown, column: Column): Cell {
  const value = valueAt(answers, column.path);
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (column.part !== null) return numberOr(text.split(/\s+/)[column.part] ?? '', null);
  return column.type === 'integer' || column.type === 'decimal' ? numberOr(text, text) : text;
}

function numberOr(text: string, otherwise: Cell): Cell {
  return NUMBER.test(text) ? Number(text) : otherwise;
}

/** One turn of a repeat, with the ids that tie it to what it lies in. */
export type Turn = { readonly table: Table; readonly id: string; readonly parentId: string; readonly answers: unknown };

/** Every turn of every repeat of a record, in the order of the form. */
export function* turnsOf(table: Table, answers: unknown, id: string): Generator<Turn> {
  for (const child of table.tables) {
    const turns = valueAt(answers, child.path);
    if (!Array.isArray(turns)) continue;
    for (const [i, turn] of turns.entries()) {
      const turnId = `${id}/${child.path.join('-')}[${i + 1}]`;
      yield { table: child, id: turnId, parentId: id, answers: turn };
      yield* turnsOf(child, turn, turnId);
    }
  }
}
