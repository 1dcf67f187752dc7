import { isDynamic } from './defaults.ts';
import { acceptedName, acceptName, at, type Context, field, makeNode, type TableList } from './nodes.ts';
import { readParameters } from './parameters.ts';
import { applyParameters } from './questions.ts';
import { addOther, checkSelect, joinTableList } from './selects.ts';
import { plain, type TableRow } from './table.ts';
import type { FormNode } from './tree.ts';
import { type QuestionType, selectCell, simpleType, TYPE_WORDS } from './types.ts';

/** Adds the question of one row, with what its type brings along. */
export function addQuestion(
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
    addExternal(row, type, parent, context);
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

function addExternal(row: TableRow, type: QuestionType, parent: FormNode, context: Context): void {
  const name = acceptedName(row, 'question', parent, context);
  if (name === undefined) return;
  const { externals } = context.survey;
  const twin = externals.find((each) => each.name === name);
  if (twin) {
    const params = { other: String(twin.row.row) };
    context.report.error('INSTANCE_DUPLICATE', at(row, 'name', 'name'), { value: name, params });
    return;
  }
  externals.push({ name, kind: type.name === 'xml-external' ? 'xml' : 'csv', row });
}

function checkQuestion(row: TableRow, type: QuestionType, context: Context): void {
  const { report } = context;
  const calculation = plain(row, 'bind.calculate');
  const trigger = plain(row, 'trigger');
  const computed = isDynamic(plain(row, 'default') ?? '', type.name);
  if (type.name === 'calculate' && calculation === undefined && trigger === undefined && !computed) {
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
