import type { Report } from './diagnostics.ts';
import { hasBrokenReference, isName, referencesIn } from './references.ts';
import { type Field, type Localized, plain, type Table, type TableRow } from './table.ts';

/** One answer of a choice list. */
export interface Choice {
  readonly name: string;
  readonly label: Field | undefined;
  /** "image" → field, in the order of the columns. */
  readonly media: ReadonlyMap<string, Field>;
  /** Further columns for filters: header → text, in the order of the columns. */
  readonly extra: ReadonlyMap<string, string>;
  readonly row: number;
}

/** A choice list with all its answers, in the order of the sheet. */
export interface ChoiceList {
  readonly name: string;
  readonly choices: Choice[];
  /** Whether the labels stand in itext: by language, with media, or with a reference inside. */
  translated: boolean;
}

/** Reads the choices sheet into lists and reports what is wrong with them. */
export function readChoices(
  table: Table | undefined,
  allowDuplicates: boolean,
  report: Report,
  sheet = 'choices',
): Map<string, ChoiceList> {
  const lists = new Map<string, ChoiceList>();
  if (!table || table.columns.length === 0) return lists;
  if (!checkColumns(table, sheet, report)) return lists;
  const extras = extraColumns(table, sheet, report);
  const seen = new Map<string, number>();
  for (const row of table.rows) {
    const listName = plain(row, 'list_name');
    if (listName === undefined) continue;
    const name = plain(row, 'name');
    const place = (key: string) => ({ sheet, row: row.row, column: row.fields.get(key)?.header ?? key });
    for (const [key, field] of row.fields) checkReferences(key, field, row, sheet, report);
    if (name === undefined) {
      report.error('NAMES_006', place('name'), { params: { list: listName } });
      continue;
    }
    const twin = seen.get(`${listName}\n${name}`);
    if (twin !== undefined && !allowDuplicates) {
      report.error('NAMES_007', place('name'), { value: name, params: { list: listName, other: String(twin) } });
    }
    seen.set(`${listName}\n${name}`, row.row);
    const choice = toChoice(row, name, extras);
    if (!choice.label) report.warn('LABEL_001', place('label'), { value: name, params: { list: listName } });
    let list = lists.get(listName);
    if (!list) {
      list = { name: listName, choices: [], translated: false };
      lists.set(listName, list);
    }
    list.choices.push(choice);
    list.translated ||= needsItext(choice);
  }
  return lists;
}

function checkColumns(table: Table, sheet: string, report: Report): boolean {
  const missing = ['list_name', 'name'].filter((key) => !table.columns.some((column) => column.key === key));
  for (const key of missing) {
    report.error('HEADER_003', { sheet, row: 1, column: key }, { params: { missing: key } });
  }
  return missing.length === 0;
}

/** Columns that go along with each choice; one whose header cannot be an element's name is left out. */
function extraColumns(table: Table, sheet: string, report: Report): Set<string> {
  const extras = new Set<string>();
  for (const { key, header } of table.columns) {
    if (['list_name', 'name', 'label'].includes(key) || key.startsWith('media.')) continue;
    if (isName(header)) extras.add(key);
    else report.warn('CHOICES_COLUMN_NAME', { sheet, row: 1, column: header }, { value: header });
  }
  return extras;
}

function toChoice(row: TableRow, name: string, extras: ReadonlySet<string>): Choice {
  const media = new Map<string, Field>();
  const extra = new Map<string, string>();
  for (const [key, field] of row.fields) {
    if (key.startsWith('media.')) media.set(key.slice('media.'.length), field);
    else if (extras.has(key)) extra.set(key, plain(row, key) ?? '');
  }
  return { name, label: row.fields.get('label'), media, extra, row: row.row };
}

function needsItext({ label, media }: Choice): boolean {
  if (media.size > 0) return true;
  if (label === undefined) return false;
  return typeof label.value !== 'string' || referencesIn(label.value).length > 0;
}

function checkReferences(key: string, field: Field, row: TableRow, sheet: string, report: Report): void {
  const check = (text: string, header: string) => {
    if (hasBrokenReference(text)) report.error('PYREF_001', { sheet, row: row.row, column: header }, { value: text });
  };
  if (typeof field.value === 'string') check(field.value, field.header);
  else for (const [language, text] of field.value) check(text, field.headers.get(language) ?? key);
}

/** The label of the answer that "or_other" adds: no translation exists for it, so all languages get the same. */
export function otherChoice(list: ChoiceList): Choice {
  const languages = new Set<string>();
  for (const { label } of list.choices) {
    if (label && typeof label.value !== 'string') for (const language of label.value.keys()) languages.add(language);
  }
  const value: string | Localized =
    languages.size > 0 ? new Map([...languages].map((language) => [language, 'Other'])) : 'Other';
  return {
    name: 'other',
    label: { header: 'label', value, headers: new Map() },
    media: new Map(),
    extra: new Map(),
    row: 0,
  };
}
