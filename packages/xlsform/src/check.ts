import { type Edge, findCycles } from './cycles.ts';
import type { Place, Report } from './diagnostics.ts';
import type { Form } from './form.ts';
import { hasDynamicDefault } from './model.ts';
import { placeOf } from './places.ts';
import { referencesIn } from './references.ts';
import { headerOf, plain } from './table.ts';
import { instanceSpan } from './texts.ts';
import { descendants, type FormNode } from './tree.ts';
import { FUNCTION_NAMES } from './xpath/functions.ts';
import { parseXPath } from './xpath/parse.ts';

/** Columns that hold an expression, with the name to show where the row has no such cell. */
const EXPRESSIONS: readonly (readonly [string, string])[] = [
  ['bind.relevant', 'relevant'],
  ['bind.constraint', 'constraint'],
  ['bind.calculate', 'calculation'],
  ['bind.required', 'required'],
  ['bind.readonly', 'readonly'],
  ['choice_filter', 'choice_filter'],
  ['repeat_count', 'repeat_count'],
];

/** Words that stand for true() and false() in a bind. */
const WORD = /^(?:yes|no|true|false)$/i;

/**
 * What a workbook can be asked before anybody fills it: every expression is parsed, every file it names is looked
 * for, calculations do not wait for each other, languages have codes. Gives the media files that the form shows.
 */
export function checkForm(
  form: Form,
  dataFiles: readonly string[],
  given: Iterable<string> | undefined,
  report: Report,
): { files: string[] } {
  const known = instanceNames(form, dataFiles);
  for (const node of descendants(form.survey.root)) {
    if (!node.generated) checkExpressions(node, known, report);
    checkTexts(node, known, report);
  }
  checkSettings(form, known, report);
  checkEntities(form, known, report);
  checkCycles(form, report);
  checkLanguages(form, report);
  const media = mediaFiles(form);
  if (given) checkFiles([...media, ...tableFiles(form, dataFiles)], new Set(given), report);
  return { files: media.map(({ file }) => file) };
}

function instanceNames(form: Form, dataFiles: readonly string[]): Set<string> {
  const names = new Set<string>(['__last-saved', ...form.lists.keys()]);
  for (const file of dataFiles) names.add(file.slice(0, file.lastIndexOf('.')));
  for (const declaration of form.allocation.containers.keys()) names.add(declaration.list);
  return names;
}

/** Parses one expression and reports its faults; a severity of warning where the reference lets it pass. */
export function checkExpression(
  text: string,
  place: Place,
  known: ReadonlySet<string>,
  severity: 'error' | 'warning',
  report: Report,
): void {
  const { faults, instances } = parseXPath(text);
  for (const fault of faults) {
    const extra = {
      value: fault.value,
      params: fault.params,
      ...(fault.code === 'XPATH_FUNCTION' ? { among: FUNCTION_NAMES } : {}),
    };
    if (severity === 'error') report.error(fault.code, place, extra);
    else report.warn(fault.code, place, extra);
  }
  for (const name of instances) {
    if (!known.has(name)) report.warn('INSTANCE_UNKNOWN', place, { value: name, among: known });
  }
}

function checkExpressions(node: FormNode, known: ReadonlySet<string>, report: Report): void {
  for (const [key, usual] of EXPRESSIONS) {
    const text = plain(node.row, key);
    if (text === undefined || (key.startsWith('bind.') && WORD.test(text))) continue;
    checkExpression(text, placeOf(node, key, usual), known, 'error', report);
  }
  if (hasDynamicDefault(node)) {
    // Whether a default is a value or an expression is a guess, so a broken one is no more than doubtful.
    const place = placeOf(node, 'default', 'default');
    checkExpression(plain(node.row, 'default')!, place, known, 'warning', report);
  }
}

/** An instance(…) path inside a label is an expression too. */
function checkTexts(node: FormNode, known: ReadonlySet<string>, report: Report): void {
  for (const key of ['label', 'hint', 'guidance_hint']) {
    const field = node.row.fields.get(key);
    if (!field) continue;
    const entries: [string, string][] =
      typeof field.value === 'string'
        ? [[field.header, field.value]]
        : [...field.value].map(([language, text]) => [field.headers.get(language) ?? key, text]);
    for (const [header, text] of entries) {
      if (!text.includes('instance(')) continue;
      const span = instanceSpan(text);
      const place = { sheet: 'survey', row: node.row.row, column: header };
      if (span) checkExpression(text.slice(span.start, span.end), place, known, 'warning', report);
    }
  }
}

function checkSettings(form: Form, known: ReadonlySet<string>, report: Report): void {
  const { row, instanceName } = form.settings;
  if (!row || instanceName === undefined) return;
  const column = headerOf(row, 'instance_name', 'instance_name');
  checkExpression(instanceName, { sheet: 'settings', row: row.row, column }, known, 'error', report);
}

function checkEntities(form: Form, known: ReadonlySet<string>, report: Report): void {
  for (const { row } of form.allocation.containers.keys()) {
    for (const key of ['entity_id', 'create_if', 'update_if', 'label']) {
      const text = plain(row, key);
      if (text === undefined || WORD.test(text)) continue;
      const place = { sheet: 'entities', row: row.row, column: headerOf(row, key, key) };
      checkExpression(text, place, known, 'error', report);
    }
  }
}

/** Calculations that need each other can never be computed; conditions that do are at least doubtful. */
function checkCycles(form: Form, report: Report): void {
  const edges: Edge<FormNode>[] = [];
  const collect = (node: FormNode, key: string) => {
    const text = plain(node.row, key);
    // Reading another turn of a repeat is not a circle, and a value set by a trigger is set once.
    if (text === undefined || text.includes('indexed-repeat') || node.row.fields.has('trigger')) return;
    for (const { name, lastSaved } of referencesIn(text)) {
      const target = lastSaved ? undefined : form.resolver.peek(name);
      if (target) edges.push({ from: node, to: target });
    }
  };
  const nodes = [...descendants(form.survey.root)];
  for (const node of nodes) collect(node, 'bind.calculate');
  const calculated = findCycles(edges);
  for (const cycle of calculated)
    reportCycle(cycle, 'bind.calculate', 'calculation', (...args) => report.error(...args));
  if (calculated.length > 0) return;
  for (const node of nodes) collect(node, 'bind.relevant');
  for (const cycle of findCycles(edges))
    reportCycle(cycle, 'bind.relevant', 'relevant', (...args) => report.warn(...args));
}

/** Names of a circle that a message can hold. */
const MOST_NAMED = 20;

function reportCycle(cycle: readonly FormNode[], key: string, usual: string, tell: Report['error']): void {
  const first = cycle[0]!;
  const way = [...cycle, first].map(({ name }) => name);
  if (way.length > MOST_NAMED) way.splice(MOST_NAMED - 2, way.length - MOST_NAMED + 1, '…');
  const names = way.join(' → ');
  tell('CYCLE', placeOf(first, key, usual), { value: first.name, params: { names } });
}

const CODE = /\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*$/;

/** A language is found by its code; without one a phone cannot match it to the person's own. */
function checkLanguages(form: Form, report: Report): void {
  for (const language of form.itext.languages()) {
    if (language === 'default' || CODE.test(language)) continue;
    const { sheet, header } = columnOf(form, language);
    report.warn('LANGUAGE_CODE', { sheet, row: 1, column: header }, { value: language });
  }
  const { row, defaultLanguage } = form.settings;
  const languages = form.itext.languages();
  if (row && defaultLanguage !== 'default' && languages.length > 0 && !languages.includes(defaultLanguage)) {
    const place = { sheet: 'settings', row: row.row, column: headerOf(row, 'default_language', 'default_language') };
    report.warn('LANGUAGE_DEFAULT', place, { value: defaultLanguage, among: languages });
  }
}

function columnOf(form: Form, language: string): { sheet: string; header: string } {
  for (const node of descendants(form.survey.root)) {
    for (const field of node.row.fields.values()) {
      const header = field.headers.get(language);
      if (header !== undefined) return { sheet: 'survey', header };
    }
  }
  return { sheet: 'choices', header: `label::${language}` };
}

interface FileUse {
  readonly file: string;
  readonly place: Place;
}

/** Pictures and sounds that labels and answers show. */
function mediaFiles(form: Form): FileUse[] {
  const files: FileUse[] = [];
  const take = (value: string | ReadonlyMap<string, string>, place: Place) => {
    for (const text of typeof value === 'string' ? [value] : value.values()) {
      files.push({ file: text.slice(text.lastIndexOf('/') + 1), place });
    }
  };
  for (const node of descendants(form.survey.root)) {
    for (const [key, field] of node.row.fields) {
      if (key.startsWith('media.')) take(field.value, { sheet: 'survey', row: node.row.row, column: field.header });
    }
    const picture = node.type?.name === 'image' ? plain(node.row, 'default') : undefined;
    if (picture !== undefined && !hasDynamicDefault(node)) take(picture, placeOf(node, 'default', 'default'));
  }
  for (const list of form.lists.values()) {
    for (const choice of list.choices) {
      for (const field of choice.media.values()) {
        take(field.value, { sheet: 'choices', row: choice.row, column: field.header });
      }
    }
  }
  return files;
}

function tableFiles(form: Form, dataFiles: readonly string[]): FileUse[] {
  return dataFiles.map((file) => {
    const user = [...descendants(form.survey.root)].find((node) => node.select?.fromFile && node.select.list === file);
    const stem = file.slice(0, file.lastIndexOf('.'));
    const row = user?.row.row ?? form.survey.externals.find((each) => each.name === stem)?.row.row ?? 0;
    return { file, place: { sheet: 'survey', row, column: 'type' } };
  });
}

function checkFiles(uses: readonly FileUse[], given: ReadonlySet<string>, report: Report): void {
  for (const { file, place } of uses) {
    if (!given.has(file)) report.warn('FILE_MISSING', place, { value: file, among: given });
  }
}
