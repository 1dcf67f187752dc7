import { otherChoice } from './choices.ts';
import type { Extra } from './diagnostics.ts';
import { at, type Context, field, makeNode, nameSpace, rowWith, type TableList } from './nodes.ts';
import { onlyReference } from './references.ts';
import { plain, type TableRow } from './table.ts';
import type { FormNode } from './tree.ts';
import { type QuestionType, type SelectCell, simpleType } from './types.ts';

const FILE_ENDINGS = /\.(?:csv|xml|geojson)$/i;

/** Reports a select whose list is missing, unknown, or cannot be used that way. */
export function checkSelect(row: TableRow, select: SelectCell, context: Context): void {
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
    if (!externalLists) report.error('SHEET_EXTERNAL_MISSING', place, sheetMeant('external_choices', context));
    else if (!externalLists.has(list)) report.error('LIST_NOT_FOUND', place, { value: list, among: externalLists });
    return;
  }
  if (!context.hasChoices) {
    report.error('SHEET_CHOICES_MISSING', place, sheetMeant('choices', context));
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

/** The sheet that was probably meant, for saying so where it is missing. */
function sheetMeant(name: string, { misspelt }: Context): Extra {
  const found = misspelt.get(name);
  return found === undefined ? {} : { value: found, suggestion: name };
}

/** The first select of a table-list brings a heading of its own; all selects there show their answers in its columns. */
export function joinTableList(
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

/** Adds the question that asks what "other" means, and the answer itself to the list. */
export function addOther(row: TableRow, name: string, select: SelectCell, parent: FormNode, context: Context): void {
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
