import { addQuestion } from './addQuestion.ts';
import type { ChoiceList } from './choices.ts';
import type { Report } from './diagnostics.ts';
import { addLoop, matchingEnd } from './loops.ts';
import { createNameKeeper } from './naming.ts';
import {
  acceptName,
  at,
  type Context,
  fitsBelow,
  isTooLarge,
  MOST_ROWS,
  makeNode,
  nameSpace,
  rowWith,
  type Survey,
  type TableList,
} from './nodes.ts';
import { hasBrokenReference, onlyReference } from './references.ts';
import { type Settings, saysYes } from './settings.ts';
import { plain, type Table, type TableRow } from './table.ts';
import type { FormNode } from './tree.ts';
import { containerCell, simpleType } from './types.ts';

const QUIET = new Set(['set_form_title', 'set_form_id', 'set form title', 'set form id']);

/**
 * Builds the tree of the form from the rows of the survey sheet and reports every row that cannot stand.
 * Gives undefined where the form is too large to go on with.
 */
export function buildSurvey(
  table: Table,
  settings: Settings,
  lists: Map<string, ChoiceList>,
  beside: {
    externalLists: ReadonlySet<string> | undefined;
    tags: ReadonlyMap<string, readonly unknown[]>;
    hasChoices: boolean;
    misspelt: ReadonlyMap<string, string>;
  },
  report: Report,
): Survey | undefined {
  const emptyRow: TableRow = { row: 0, fields: new Map() };
  const root = makeNode({ kind: 'form', name: settings.rootName, parent: undefined, row: emptyRow }, settings);
  const survey: Survey = { root, audit: undefined, externals: [] };
  const names = createNameKeeper(settings.rootName, report);
  for (const row of table.rows) checkBrokenReferences(row, report);
  const size = { rows: 0, tooDeep: false };
  addRows(table.rows, root, undefined, { survey, settings, lists, ...beside, names, size, report });
  if (size.rows > MOST_ROWS) return undefined;
  if (root.children.length === 0 && survey.externals.length === 0 && !report.failed()) {
    report.error('SURVEY_EMPTY', { sheet: 'survey', row: 2, column: 'type' });
  }
  return survey;
}

function checkBrokenReferences(row: TableRow, report: Report): void {
  for (const [key, field] of row.fields) {
    const texts: [string, string][] =
      typeof field.value === 'string'
        ? [[field.header, field.value]]
        : [...field.value].map(([language, text]) => [field.headers.get(language) ?? key, text]);
    for (const [header, text] of texts) {
      if (!hasBrokenReference(text)) continue;
      report.error('PYREF_001', { sheet: 'survey', row: row.row, column: header }, { value: text });
    }
  }
}

interface Open {
  readonly node: FormNode;
  readonly kind: 'group' | 'repeat' | 'loop';
  readonly row: TableRow;
  readonly tableList: TableList | undefined;
}

/** Adds rows below a node, following their beginnings and ends. */
export function addRows(
  rows: readonly TableRow[],
  top: FormNode,
  topTable: TableList | undefined,
  context: Context,
): void {
  const { report } = context;
  const open: Open[] = [];
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    if (isTooLarge(row, context)) return;
    const type = plain(row, 'type');
    const parent = open.at(-1)?.node ?? top;
    const tableList = open.length > 0 ? open.at(-1)!.tableList : topTable;
    if (row.fields.has('disabled')) {
      report.warn('ROW_DISABLED', at(row, 'disabled', 'disabled'));
      if (saysYes(plain(row, 'disabled'))) continue;
    }
    if (type === undefined) {
      if (row.fields.has('name') || row.fields.has('label')) {
        report.error('TYPE_MISSING', at(row, 'type', 'type'), { value: plain(row, 'name') });
      } else report.warn('ROW_SKIPPED', { sheet: 'survey', row: row.row });
      continue;
    }
    if (QUIET.has(type.toLowerCase())) continue;
    const container = containerCell(type);
    if (!container) addQuestion(row, type, parent, tableList, context);
    else if (container.edge === 'end') closeContainer(row, container.kind, open, report);
    else if (container.kind === 'loop') {
      const end = matchingEnd(rows, index);
      if (end < 0) {
        report.error('SURVEY_002', at(row, 'type', 'type'), {
          value: plain(row, 'name') ?? type,
          params: { kind: 'loop' },
        });
        return;
      }
      addLoop(row, container.list, rows.slice(index + 1, end), parent, context, addRows);
      index = end;
    } else {
      const { node, table } = openContainer(row, container.kind, parent, context);
      open.push({ node, kind: container.kind, row, tableList: table });
    }
  }
  for (const { row, kind } of open) {
    report.error('SURVEY_002', at(row, 'type', 'type'), {
      value: plain(row, 'name') ?? plain(row, 'type') ?? '',
      params: { kind },
    });
  }
}

function closeContainer(row: TableRow, kind: 'group' | 'repeat' | 'loop', open: Open[], report: Report): void {
  const saveTo = plain(row, 'bind.entities:saveto');
  if (saveTo !== undefined) {
    report.error('ENTITY_003', at(row, 'bind.entities:saveto', 'save_to'), { value: saveTo });
  }
  if (open.at(-1)?.kind === kind) {
    open.pop();
    return;
  }
  report.error('SURVEY_001', at(row, 'type', 'type'), { value: plain(row, 'type'), params: { kind } });
  // Going on as if the nearest fitting beginning was meant keeps one slip from becoming many findings.
  let fit = open.length - 1;
  while (fit >= 0 && open[fit]!.kind !== kind) fit -= 1;
  if (fit >= 0) open.length = fit;
  else open.pop();
}

function openContainer(row: TableRow, kind: 'group' | 'repeat', parent: FormNode, context: Context) {
  const { settings, report } = context;
  if (!fitsBelow(parent, row, context)) return { node: parent, table: undefined };
  const name = acceptName(row, kind, parent, context);
  const repeatCount = kind === 'repeat' ? addCounter(row, name, parent, context) : undefined;
  if (kind === 'repeat' && !row.fields.has('label')) {
    report.warn('REPEAT_LABEL_MISSING', at(row, 'label', 'label'), { value: name });
  }
  const words = (plain(row, 'control.appearance') ?? '').split(/\s+/);
  const isTable = words.includes('table-list');
  const node = makeNode({ kind, name, parent, row: isTable ? tableListRow(row, words) : row }, settings);
  node.repeatCount = repeatCount;
  if (!isTable) return { node, table: undefined };
  addTableHeading(row, node, settings);
  const table: TableList = { list: undefined };
  return { node, table };
}

/** The reference that a repeat counts by; an expression becomes a question of its own beside the repeat. */
function addCounter(row: TableRow, name: string, parent: FormNode, context: Context): string | undefined {
  const count = plain(row, 'repeat_count');
  if (count === undefined) return undefined;
  const reference = onlyReference(count);
  if (reference && !reference.lastSaved) return count;
  const counter = `${name}_count`;
  const { names, settings } = context;
  names.accept(nameSpace(parent, settings), 'question', counter, at(row, 'repeat_count', 'repeat_count'));
  makeNode(
    {
      kind: 'question',
      name: counter,
      parent,
      row: rowWith(row.row, [['bind.calculate', { ...row.fields.get('repeat_count')!, value: count }]]),
      type: simpleType('calculate'),
      generated: true,
      bind: { readonly: 'true()' },
    },
    settings,
  );
  return `\${${counter}}`;
}

/** The heading of a table-list, as a note of its own. */
function addTableHeading(row: TableRow, parent: FormNode, settings: Settings): void {
  const label = row.fields.get('label');
  const hint = row.fields.get('hint');
  if (!label && !hint) return;
  const name = `generated_table_list_label_${row.row}`;
  const heading = rowWith(row.row, [
    ['label', label],
    ['hint', hint],
  ]);
  makeNode({ kind: 'question', name, parent, row: heading, type: simpleType('note'), generated: true }, settings);
}

/** A table-list is a field-list whose heading became a note of its own. */
function tableListRow(row: TableRow, words: string[]): TableRow {
  const fields = new Map(row.fields);
  fields.delete('label');
  fields.delete('hint');
  const appearance = ['field-list', ...words.filter((word) => word !== 'table-list' && word !== 'field-list')].join(
    ' ',
  );
  fields.set('control.appearance', { ...row.fields.get('control.appearance')!, value: appearance });
  return { row: row.row, fields };
}
