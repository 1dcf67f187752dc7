import { allocateEntities } from './allocate.ts';
import { body, isVisible } from './body.ts';
import { buildSurvey } from './build.ts';
import { checkForm } from './check.ts';
import { readChoices } from './choices.ts';
import {
  CHOICES_COLUMNS,
  ENTITIES_COLUMNS,
  EXTERNAL_COLUMNS,
  OSM_COLUMNS,
  SETTINGS_COLUMNS,
  type SheetColumns,
  SURVEY_COLUMNS,
} from './columns.ts';
import { createReport, type Diagnostic, type Report } from './diagnostics.ts';
import { readEntities } from './entities.ts';
import type { Form } from './form.ts';
import { secondaryInstances } from './instances.ts';
import { itemsetsCsv } from './itemsets.ts';
import { addChoiceTexts, createItext, type NodeTexts, nodeTexts } from './itext.ts';
import type { Limits } from './limits.ts';
import { metaFields } from './meta.ts';
import { binds, primaryInstance } from './model.ts';
import { readTags } from './osm.ts';
import { attributePrefix } from './references.ts';
import { createResolver } from './resolve.ts';
import { readSettings, type Settings, saysNo } from './settings.ts';
import { findSheets } from './sheets.ts';
import { plain, readTable, type Table, type TableOptions } from './table.ts';
import { descendants, type FormNode } from './tree.ts';
import { WorkbookRefused } from './xlsx/refusal.ts';
import { readWorkbook, type Sheet, type Workbook } from './xlsx/workbook.ts';
import { element, writeXml, type XmlElement } from './xmlout.ts';

export interface CompileOptions {
  /** Name of the file without its ending; stands in for a missing form_id and title. */
  readonly fileStem?: string;
  /** Names of the media and data files that go along with the form. Without it, missing files are not looked for. */
  readonly files?: Iterable<string>;
  readonly limits?: Partial<Limits>;
}

export interface CompileResult {
  /** Whether the form may be published: no diagnostic is an error. */
  readonly ok: boolean;
  /** The XForm; only when ok. */
  readonly xform?: string;
  /** Choices of select_one_external questions; only when ok and there are any. */
  readonly itemsetsCsv?: string;
  readonly formId: string;
  readonly version: string;
  readonly title: string;
  /** The title in other languages, by code: 'ru'. From form_title_xx columns of the settings sheet. */
  readonly titles: Readonly<Record<string, string>>;
  /** Languages in the order of the form, as the author named them. */
  readonly languages: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the files that the form asks for: pictures, sounds, tables. */
  readonly files: readonly string[];
  /** The form as read, for describeForm; undefined when not even a survey was found. */
  readonly form?: Form;
}

/** Compiles the bytes of an .xlsx workbook. Never throws for what the workbook holds. */
export async function compileWorkbook(bytes: Uint8Array, options: CompileOptions = {}): Promise<CompileResult> {
  try {
    return compileSheets(await readWorkbook(bytes, options.limits), options);
  } catch (error) {
    if (!(error instanceof WorkbookRefused)) throw error;
    const report = createReport();
    const place = { sheet: error.sheet, row: error.row };
    report.error(error.code, place, { params: { ...error.params } });
    return failure(report, options);
  }
}

function failure(report: Report, options: CompileOptions): CompileResult {
  const formId = options.fileStem ?? '';
  return {
    ok: false,
    formId,
    version: '',
    title: formId,
    titles: {},
    languages: [],
    diagnostics: report.list(),
    files: [],
  };
}

/** Compiles a workbook that has been read already. */
export function compileSheets(workbook: Workbook, options: CompileOptions = {}): CompileResult {
  const report = createReport();
  const sheets = findSheets(workbook, report);
  if (!sheets.survey) return failure(report, options);
  const form = readForm(sheets, sheets.survey, options, report);
  if (!form) return failure(report, options);
  const { root, files } = writeForm(form);
  const check = checkForm(form, files, options.files, report);
  const ok = !report.failed();
  const external = sheets.external_choices && usesExternal(form) ? itemsetsCsv(sheets.external_choices) : undefined;
  return {
    ok,
    ...(ok ? { xform: writeXml(root) } : {}),
    ...(ok && external !== undefined ? { itemsetsCsv: external } : {}),
    formId: form.settings.formId,
    version: form.settings.version,
    title: form.settings.title,
    titles: form.settings.titles,
    languages: form.itext.languages(),
    diagnostics: report.list(),
    files: [...new Set([...files, ...check.files])],
    form,
  };
}

function usesExternal(form: Form): boolean {
  for (const node of descendants(form.survey.root)) if (node.type?.name === 'select_one_external') return true;
  return false;
}

function readForm(
  sheets: ReturnType<typeof findSheets>,
  surveySheet: Sheet,
  options: CompileOptions,
  report: Report,
): Form | undefined {
  const table = (sheet: Sheet | undefined, name: string, columns: SheetColumns, more: Partial<TableOptions> = {}) =>
    sheet && readTable(sheet, name, { columns, defaultLanguage: 'default', collapseSpaces: false, ...more }, report);
  const settingsTable = table(sheets.settings, 'settings', SETTINGS_COLUMNS);
  const first = settingsTable?.rows[0];
  const defaultLanguage = plain(first, 'default_language') ?? 'default';
  const surveyTable = table(surveySheet, 'survey', SURVEY_COLUMNS, {
    defaultLanguage,
    collapseSpaces: !saysNo(plain(first, 'clean_text_values')),
  })!;
  if (!hasSurveyColumns(surveyTable, report)) return undefined;
  const settings = readSettings(settingsTable, formRows(surveyTable), options.fileStem ?? 'form', report);
  checkAttributes([surveyTable, settingsTable], settings, report);
  const choicesTable = table(sheets.choices, 'choices', CHOICES_COLUMNS, { defaultLanguage });
  const lists = readChoices(choicesTable, settings.allowChoiceDuplicates, report);
  const tags = readTags(table(sheets.osm, 'osm', OSM_COLUMNS, { defaultLanguage }));
  const externalTable = table(sheets.external_choices, 'external_choices', EXTERNAL_COLUMNS);
  const externalLists =
    externalTable &&
    new Set(externalTable.rows.map((row) => plain(row, 'list_name')).filter((name) => name !== undefined));
  const declarations = readEntities(table(sheets.entities, 'entities', ENTITIES_COLUMNS), report);
  const survey = buildSurvey(
    surveyTable,
    settings,
    lists,
    { externalLists, tags, hasChoices: choicesTable !== undefined, misspelt: sheets.misspelt },
    report,
  );
  if (!survey) return undefined;
  const resolver = createResolver(survey.root, metaFields(survey.root, settings), report);
  const allocation = allocateEntities(declarations, survey.root, (name) => resolver.peek(name), report);
  const itext = createItext(settings.defaultLanguage, resolver, report);
  addChoiceTexts(lists.values(), survey.root, itext, report);
  const texts = new Map<FormNode, NodeTexts>();
  const messages = new Map<FormNode, Record<string, string>>();
  for (const node of descendants(survey.root)) {
    const { messages: own, ...shown } = nodeTexts(node, itext, resolver, report);
    texts.set(node, shown);
    if (Object.keys(own).length > 0) messages.set(node, own);
    requireWords(node, shown, report);
  }
  return { settings, survey, lists, tags, resolver, itext, texts, messages, allocation, report };
}

function hasSurveyColumns(table: Table, report: Report): boolean {
  if (table.columns.some((column) => column.key === 'type')) return true;
  report.error('HEADER_003', { sheet: 'survey', row: 1, column: 'type' }, { params: { missing: 'type' } });
  return false;
}

const OWN_PREFIXES = ['', 'h', 'ev', 'xsd', 'jr', 'orx', 'odk', 'entities', 'xml'];
const ATTRIBUTE_KEY = /^(?:bind|control|instance|attribute)\.(.*)$/;

/** Columns like bind::foo:bar become attributes: their names have to be names, and their prefixes known. */
function checkAttributes(tables: readonly (Table | undefined)[], settings: Settings, report: Report): void {
  const prefixes = new Set([...OWN_PREFIXES, ...settings.namespaces.keys()]);
  for (const table of tables) {
    for (const { key, header } of table?.columns ?? []) {
      const name = ATTRIBUTE_KEY.exec(key)?.[1];
      if (name === undefined || prefixes.has(attributePrefix(name) ?? '\0')) continue;
      report.error('HEADER_ATTRIBUTE', { sheet: table!.sheet, row: 1, column: header }, { value: name });
    }
  }
}

/** The form's title and id from an old survey sheet's set_form_title and set_form_id rows. */
function formRows(table: Table): Map<string, string> {
  const overrides = new Map<string, string>();
  for (const row of table.rows) {
    const type = plain(row, 'type')?.toLowerCase().replace(/\s+/g, '_');
    const value = plain(row, 'name');
    if (value === undefined) continue;
    if (type === 'set_form_title') overrides.set('title', value);
    if (type === 'set_form_id') overrides.set('form_id', value);
  }
  return overrides;
}

/** A question that is asked has to say something: a label, a hint, a picture or a sound. */
function requireWords(node: FormNode, texts: NodeTexts, report: Report): void {
  if (node.kind !== 'question' || !isVisible(node, { texts: new Map([[node, texts]]) })) return;
  const { fields, row } = node.row;
  if (texts.label || fields.has('hint') || node.type?.hint !== undefined) return;
  report.error('LABEL_MISSING', { sheet: 'survey', row, column: 'label' }, { value: node.name });
}

function writeForm(form: Form): { root: XmlElement; files: string[] } {
  const { settings, survey, lists, resolver, report } = form;
  const primary = primaryInstance(form);
  const bindElements = binds(form);
  const bodyElement = body(form);
  const itext = form.itext.render();
  const secondary = secondaryInstances(survey, lists, resolver.usesLastSaved, report);
  const usesEntities = form.allocation.containers.size > 0;
  const namespaces: Record<string, string> = {};
  for (const [prefix, address] of settings.namespaces) namespaces[`xmlns:${prefix}`] = address;
  const root = element(
    'h:html',
    {
      xmlns: 'http://www.w3.org/2002/xforms',
      'xmlns:h': 'http://www.w3.org/1999/xhtml',
      'xmlns:ev': 'http://www.w3.org/2001/xml-events',
      'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
      'xmlns:jr': 'http://openrosa.org/javarosa',
      'xmlns:orx': 'http://openrosa.org/xforms',
      'xmlns:odk': 'http://www.opendatakit.org/xforms',
      'xmlns:entities': usesEntities ? 'http://www.opendatakit.org/xforms/entities' : undefined,
      ...namespaces,
    },
    [
      element('h:head', {}, [
        element('h:title', {}, [settings.title]),
        element(
          'model',
          {
            'odk:xforms-version': '1.0.0',
            'entities:entities-version': usesEntities ? form.allocation.version : undefined,
          },
          [
            settings.submission ? element('submission', settings.submission) : undefined,
            itext,
            primary,
            ...secondary.elements,
            ...bindElements,
          ],
        ),
      ]),
      bodyElement,
    ],
  );
  return { root, files: secondary.files.map(({ src }) => src.slice(src.lastIndexOf('/') + 1)) };
}
