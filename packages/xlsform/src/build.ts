import { type ChoiceList, otherChoice } from './choices.ts';
import type { Place, Report } from './diagnostics.ts';
import { createNameKeeper, type NameKeeper } from './naming.ts';
import { readParameters } from './parameters.ts';
import { applyParameters } from './questions.ts';
import { hasBrokenReference, onlyReference } from './references.ts';
import { type Settings, saysYes } from './settings.ts';
import { type Field, headerOf, plain, type Table, type TableRow } from './table.ts';
import { type FormNode, lineage } from './tree.ts';
import { containerCell, type QuestionType, type SelectCell, selectCell, simpleType, TYPE_WORDS } from './types.ts';

/** The form as a tree, with what stands beside it. */
export interface Survey {
  readonly root: FormNode;
  /** The audit question, which lives in meta. */
  audit: FormNode | undefined;
  /** xml-external and csv-external rows. */
  readonly externals: { name: string; kind: 'xml' | 'csv'; row: TableRow }[];
}

interface Context {
  readonly survey: Survey;
  readonly settings: Settings;
  readonly lists: Map<string, ChoiceList>;
  readonly externalLists: ReadonlySet<string> | undefined;
  readonly tags: ReadonlyMap<string, readonly unknown[]>;
  /** Why a choices sheet is not there: the name of one that looks misspelt, or '' . */
  readonly choicesMissing: string | undefined;
  readonly names: NameKeeper;
  /** Rows gone through, those of loops once for each choice. */
  readonly size: { rows: number; tooDeep: boolean };
  readonly report: Report;
}

/** A form beyond these sizes is no form; loops inside loops reach any number with a few rows. */
const MOST_ROWS = 30_000;
const MOST_DEPTH = 40;
const MOST_FILLED_CHARS = 100_000;

/** Inside a table-list group: the list that all its selects share, once the first has named it. */
interface TableList {
  list: string | undefined;
}

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
    choicesMissing: string | undefined;
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
  if (root.children.length === 0 && !report.failed()) {
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

function makeNode(given: NewNode, settings: Settings): FormNode {
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

const at = (row: TableRow, key: string, usual: string): Place => ({
  sheet: 'survey',
  row: row.row,
  column: headerOf(row, key, usual),
});

function field(header: string, value: Field['value']): Field {
  return { header, value, headers: new Map() };
}

/** A row as a type's own generation would have written it. */
function rowWith(row: number, entries: [string, Field | string | undefined][]): TableRow {
  const fields = new Map<string, Field>();
  for (const [key, value] of entries) {
    if (value !== undefined) fields.set(key, typeof value === 'string' ? field(key, value) : value);
  }
  return { row, fields };
}

interface Open {
  readonly node: FormNode;
  readonly kind: 'group' | 'repeat' | 'loop';
  readonly row: TableRow;
  readonly tableList: TableList | undefined;
}

function addRows(rows: readonly TableRow[], top: FormNode, topTable: TableList | undefined, context: Context): void {
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
        report.error('SURVEY_002', at(row, 'type', 'type'), { value: plain(row, 'name'), params: { kind: 'loop' } });
        return;
      }
      addLoop(row, container.list, rows.slice(index + 1, end), parent, context);
      index = end;
    } else {
      const { node, table } = openContainer(row, container.kind, parent, context);
      open.push({ node, kind: container.kind, row, tableList: table });
    }
  }
  for (const { row, kind } of open) {
    report.error('SURVEY_002', at(row, 'type', 'type'), { value: plain(row, 'name') ?? '', params: { kind } });
  }
}

/** Counts one more row; reports the row at which the form has become too large. */
function isTooLarge(row: TableRow, { size, report }: Context): boolean {
  size.rows += 1;
  if (size.rows === MOST_ROWS + 1) {
    report.error('FORM_TOO_LARGE', at(row, 'type', 'type'), { params: { rows: String(MOST_ROWS) } });
  }
  return size.rows > MOST_ROWS;
}

/** Whether one more group fits below; reports the row that goes too deep. */
function fitsBelow(parent: FormNode, row: TableRow, { size, report }: Context): boolean {
  if (lineage(parent).length <= MOST_DEPTH) return true;
  if (size.tooDeep) return false;
  size.tooDeep = true;
  report.error('FORM_TOO_DEEP', at(row, 'type', 'type'), { params: { depth: String(MOST_DEPTH) } });
  return false;
}

function closeContainer(row: TableRow, kind: 'group' | 'repeat' | 'loop', open: Open[], report: Report): void {
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

function matchingEnd(rows: readonly TableRow[], begin: number): number {
  let depth = 0;
  for (let index = begin; index < rows.length; index++) {
    const container = containerCell(plain(rows[index], 'type') ?? '');
    if (container?.kind !== 'loop') continue;
    depth += container.edge === 'begin' ? 1 : -1;
    if (depth === 0) return index;
  }
  return -1;
}

/** A name for going on with a row whose own name is missing or taken; the form is refused anyway. */
const standIn = (row: TableRow) => `unnamed_${row.row}`;

function acceptName(row: TableRow, kind: FormNode['kind'], parent: FormNode, context: Context): string {
  const name = plain(row, 'name');
  if (name === undefined) {
    context.report.error('NAME_MISSING', at(row, 'name', 'name'), { value: plain(row, 'type') });
    return standIn(row);
  }
  return context.names.accept(nameSpace(parent, context.settings), kind, name, at(row, 'name', 'name'))
    ? name
    : standIn(row);
}

/** Where a name has to be unique: in a flat form, up to the nearest repeat or the form. */
function nameSpace(parent: FormNode, settings: Settings): FormNode {
  let space = parent;
  while (settings.flat && space.kind === 'group' && space.parent) space = space.parent;
  return space;
}

function openContainer(row: TableRow, kind: 'group' | 'repeat', parent: FormNode, context: Context) {
  const { settings, report, names } = context;
  if (!fitsBelow(parent, row, context)) return { node: parent, table: undefined };
  const name = acceptName(row, kind, parent, context);
  if (kind === 'repeat') {
    const count = plain(row, 'repeat_count');
    const reference = count === undefined ? undefined : onlyReference(count);
    let repeatCount = count;
    if (count !== undefined && (reference === undefined || reference.lastSaved)) {
      const counter = `${name}_count`;
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
      repeatCount = `\${${counter}}`;
    }
    const node = makeNode({ kind, name, parent, row }, settings);
    node.repeatCount = repeatCount;
    if (!row.fields.has('label')) report.warn('REPEAT_LABEL_MISSING', at(row, 'label', 'label'), { value: name });
    return { node, table: undefined };
  }
  const words = (plain(row, 'control.appearance') ?? '').split(/\s+/);
  if (!words.includes('table-list')) return { node: makeNode({ kind, name, parent, row }, settings), table: undefined };
  const node = makeNode({ kind, name, parent, row: tableListRow(row, words) }, settings);
  if (row.fields.has('label') || row.fields.has('hint')) {
    makeNode(
      {
        kind: 'question',
        name: `generated_table_list_label_${row.row}`,
        parent: node,
        row: rowWith(row.row, [
          ['label', row.fields.get('label')],
          ['hint', row.fields.get('hint')],
        ]),
        type: simpleType('note'),
        generated: true,
      },
      settings,
    );
  }
  const table: TableList = { list: undefined };
  return { node, table };
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

function addLoop(
  row: TableRow,
  listName: string | undefined,
  inside: readonly TableRow[],
  parent: FormNode,
  context: Context,
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
    const value =
      typeof each.value === 'string'
        ? fill(each.value)
        : new Map([...each.value].map(([language, text]) => [language, fill(text, language)]));
    fields.set(key, { ...each, value });
  }
  return { row: row.row, fields };
}

function addQuestion(
  row: TableRow,
  typeText: string,
  parent: FormNode,
  tableList: TableList | undefined,
  context: Context,
): void {
  const { report, settings, lists } = context;
  const select = selectCell(typeText);
  const words = typeText.trim().split(/\s+/);
  const osmTags = words[0]?.toLowerCase() === 'osm' ? words[1] : undefined;
  const type = select?.type ?? simpleType(osmTags === undefined ? typeText : 'osm');
  if (!type) {
    report.error('TYPE_UNKNOWN', at(row, 'type', 'type'), { value: typeText, among: TYPE_WORDS });
    acceptName(row, 'question', parent, context);
    return;
  }
  if (osmTags !== undefined && !context.tags.has(osmTags)) {
    report.error('LIST_NOT_FOUND', at(row, 'type', 'type'), { value: osmTags, among: context.tags.keys() });
  }
  if (type.name === 'audit') {
    addAudit(row, type, context);
    return;
  }
  if (type.name === 'xml-external' || type.name === 'csv-external') {
    addExternal(row, type, context);
    return;
  }
  if (select) checkSelect(row, select, context);
  const place = at(row, 'parameters', 'parameters');
  const accepted = select?.fromFile ? [...(type.parameters ?? []), 'value', 'label'] : type.parameters;
  const parameters = readParameters(plain(row, 'parameters'), accepted, place, report);
  const added = applyParameters({ row, type, select, parameters, lists, place, report });
  const named = type.name === 'note' && !row.fields.has('name') ? withName(row, `generated_note_name_${row.row}`) : row;
  checkQuestion(row, type, context);
  let placed = named;
  if (select && tableList) placed = joinTableList(named, select, type, parent, tableList, context);
  const name = acceptName(placed, 'question', parent, context);
  makeNode({ kind: 'question', name, parent, row: placed, type, select, parameters, ...added }, settings);
  if (select?.orOther) addOther(row, name, select, parent, context);
}

const withName = (row: TableRow, name: string): TableRow => ({
  row: row.row,
  fields: new Map(row.fields).set('name', field('name', name)),
});

function addAudit(row: TableRow, type: QuestionType, context: Context): void {
  const { report, settings, survey } = context;
  const name = plain(row, 'name');
  if (name !== undefined && name !== 'audit') report.error('AUDIT_NAME', at(row, 'name', 'name'), { value: name });
  if (survey.audit) report.error('NAMES_001', at(row, 'type', 'type'), { value: 'audit' });
  const place = at(row, 'parameters', 'parameters');
  const parameters = readParameters(plain(row, 'parameters'), type.parameters, place, report);
  const { bind } = applyParameters({ row, type, select: undefined, parameters, lists: context.lists, place, report });
  survey.audit = makeNode({ kind: 'question', name: 'audit', parent: undefined, row, type, bind }, settings);
}

function addExternal(row: TableRow, type: QuestionType, context: Context): void {
  const name = plain(row, 'name');
  const { externals } = context.survey;
  if (name === undefined) {
    context.report.error('NAME_MISSING', at(row, 'name', 'name'), { value: type.name });
    return;
  }
  const twin = externals.find((each) => each.name === name);
  if (twin) {
    const params = { other: String(twin.row.row) };
    context.report.error('INSTANCE_DUPLICATE', at(row, 'name', 'name'), { value: name, params });
    return;
  }
  externals.push({ name, kind: type.name === 'xml-external' ? 'xml' : 'csv', row });
}

const FILE_ENDINGS = /\.(?:csv|xml|geojson)$/i;

function checkSelect(row: TableRow, select: SelectCell, context: Context): void {
  const { report, lists, externalLists } = context;
  const place = at(row, 'type', 'type');
  const { list } = select;
  if (list === '') {
    report.error('LIST_MISSING', place, { value: plain(row, 'type') });
    return;
  }
  if (select.orOther && row.fields.has('choice_filter')) {
    report.error('OR_OTHER_FILTER', at(row, 'choice_filter', 'choice_filter'), { value: plain(row, 'choice_filter') });
  }
  if (select.fromFile) {
    if (!FILE_ENDINGS.test(list)) report.error('FILE_ENDING', place, { value: list });
    if (select.orOther) report.error('OR_OTHER_FILE', place, { value: list });
    return;
  }
  if (onlyReference(list)) {
    if (select.orOther) report.error('OR_OTHER_FILE', place, { value: list });
    return;
  }
  if (select.type.name === 'select_one_external') {
    if (!externalLists) report.error('SHEET_EXTERNAL_MISSING', place, { value: list });
    else if (!externalLists.has(list)) report.error('LIST_NOT_FOUND', place, { value: list, among: externalLists });
    return;
  }
  if (context.choicesMissing !== undefined) {
    const found = context.choicesMissing;
    report.error('SHEET_CHOICES_MISSING', place, found === '' ? {} : { value: found, suggestion: 'choices' });
    return;
  }
  const known = lists.get(list);
  if (!known) {
    report.error('LIST_NOT_FOUND', place, { value: list, among: lists.keys() });
    return;
  }
  const spaced = select.type.name === 'select_one' ? undefined : known.choices.find(({ name }) => /\s/.test(name));
  if (spaced) {
    const extra = { value: spaced.name, params: { list } };
    report.error('CHOICE_NAME_SPACE', place, extra);
    report.error('CHOICE_NAME_SPACE', { sheet: 'choices', row: spaced.row, column: 'name' }, extra);
  }
}

function checkQuestion(row: TableRow, type: QuestionType, context: Context): void {
  const { report } = context;
  const calculation = plain(row, 'bind.calculate');
  const trigger = plain(row, 'trigger');
  if (type.name === 'calculate' && calculation === undefined && trigger === undefined && !row.fields.has('default')) {
    report.error('CALCULATION_MISSING', at(row, 'bind.calculate', 'calculation'), { value: plain(row, 'name') });
  }
  if (type.name === 'background-geopoint') {
    if (trigger === undefined)
      report.error('TRIGGER_MISSING', at(row, 'trigger', 'trigger'), { value: plain(row, 'name') });
    if (calculation !== undefined) {
      report.error('BACKGROUND_CALCULATION', at(row, 'bind.calculate', 'calculation'), { value: calculation });
    }
  }
}

/** The first select of a table-list brings a heading of its own; all selects there show their answers in its columns. */
function joinTableList(
  row: TableRow,
  select: SelectCell,
  type: QuestionType,
  parent: FormNode,
  tableList: TableList,
  context: Context,
): TableRow {
  if (tableList.list === undefined) {
    tableList.list = select.list;
    makeNode(
      {
        kind: 'question',
        name: `reserved_name_for_field_list_labels_${row.row}`,
        parent,
        row: rowWith(row.row, [
          ['label', ' '],
          ['control.appearance', 'label'],
        ]),
        type,
        select: { ...select, orOther: false },
        generated: true,
      },
      context.settings,
    );
  } else if (tableList.list !== select.list) {
    const params = { list: tableList.list };
    context.report.error('TABLE_LIST_MIXED', at(row, 'type', 'type'), { value: select.list, params });
  }
  return { row: row.row, fields: new Map(row.fields).set('control.appearance', field('appearance', 'list-nolabel')) };
}

function addOther(row: TableRow, name: string, select: SelectCell, parent: FormNode, context: Context): void {
  const list = context.lists.get(select.list);
  if (!list) return;
  if (!list.choices.some((choice) => choice.name === 'other')) list.choices.push(otherChoice(list));
  if (list.translated) context.report.warn('OR_OTHER_TRANSLATED', at(row, 'type', 'type'), { value: name });
  const other = `${name}_other`;
  context.names.accept(nameSpace(parent, context.settings), 'question', other, at(row, 'type', 'type'));
  makeNode(
    {
      kind: 'question',
      name: other,
      parent,
      row: rowWith(row.row, [
        ['label', 'Specify other.'],
        ['bind.relevant', `selected(../${name}, 'other')`],
      ]),
      type: simpleType('text'),
      generated: true,
    },
    context.settings,
  );
}
