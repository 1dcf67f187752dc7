import type { ChoiceList } from './choices.ts';
import type { Report } from './diagnostics.ts';
import type { Survey } from './nodes.ts';
import { onlyReference } from './references.ts';
import { LAST_SAVED } from './resolve.ts';
import { plain, type TableRow } from './table.ts';
import { descendants, type FormNode } from './tree.ts';
import { element, type XmlElement } from './xmlout.ts';

/** A secondary instance: a file beside the form, or a list inside it. */
interface Source {
  readonly id: string;
  readonly src: string;
  readonly row: number;
}

/** A select's file as an instance: its id is the file's name without the ending. */
export function fileInstance(file: string): { id: string; src: string } {
  const dot = file.lastIndexOf('.');
  const isCsv = file.slice(dot + 1).toLowerCase() === 'csv';
  return { id: file.slice(0, dot), src: `jr://${isCsv ? 'file-csv' : 'file'}/${file}` };
}

const EXPRESSION_KEYS = [
  'bind.calculate',
  'bind.constraint',
  'bind.readonly',
  'bind.required',
  'bind.relevant',
  'choice_filter',
  'default',
];

/** Lists that are written into the selects themselves, because another app searches them; reports mixed use. */
export function searchedLists(survey: Survey, report: Report): Set<string> {
  const searched = new Map<string, boolean>();
  for (const node of descendants(survey.root)) {
    if (!node.select || node.select.fromFile) continue;
    const { list } = node.select;
    const search = isSearch(node);
    if ((searched.get(list) ?? search) !== search) {
      const column = node.row.fields.get('control.appearance')?.header ?? 'appearance';
      report.error('SEARCH_MIXED', { sheet: 'survey', row: node.row.row, column }, { value: list });
    }
    searched.set(list, search);
  }
  return new Set([...searched].filter(([, search]) => search).map(([list]) => list));
}

/** Whether a select takes its choices from an old search() in its appearance. */
export function isSearch(node: FormNode): boolean {
  return /(?:^|\s)search\s*\(/.test(plain(node.row, 'control.appearance') ?? '');
}

/** All secondary instances in the order of the form; a second use of one is one, two different ones clash. */
export function secondaryInstances(
  survey: Survey,
  lists: ReadonlyMap<string, ChoiceList>,
  usesLastSaved: boolean,
  report: Report,
): { elements: XmlElement[]; files: Source[] } {
  const files = new Map<string, Source>();
  const add = (source: Source, column: string) => {
    const known = files.get(source.id);
    if (!known) files.set(source.id, source);
    else if (known.src !== source.src) {
      const place = { sheet: 'survey', row: source.row, column };
      report.error('INSTANCE_CONFLICT', place, { value: source.id, params: { one: known.src, two: source.src } });
    }
  };
  const externals = [...survey.externals];
  const addExternalsBefore = (row: number) => {
    while (externals.length > 0 && externals[0]!.row.row < row) {
      const { name, kind, row: at } = externals.shift()!;
      const src = kind === 'csv' ? `jr://file-csv/${name}.csv` : `jr://file/${name}.xml`;
      add({ id: name, src, row: at.row }, 'name');
    }
  };
  for (const node of descendants(survey.root)) {
    addExternalsBefore(node.row.row);
    for (const source of pulledData(node.row)) add({ ...source, row: node.row.row }, 'calculation');
    if (node.select?.fromFile) add({ ...fileInstance(node.select.list), row: node.row.row }, 'type');
  }
  addExternalsBefore(Number.POSITIVE_INFINITY);
  const elements = [...files.values()].map(({ id, src }) => element('instance', { id, src }));
  if (usesLastSaved) elements.push(element('instance', { id: LAST_SAVED, src: 'jr://instance/last-saved' }));
  const searched = searchedLists(survey, report);
  for (const list of lists.values()) {
    if (searched.has(list.name)) continue;
    const file = files.get(list.name);
    if (!file) elements.push(listInstance(list));
    else {
      const place = { sheet: 'choices', row: list.choices[0]?.row ?? 0, column: 'list_name' };
      report.error('INSTANCE_CONFLICT', place, { value: list.name, params: { one: file.src, two: 'choices' } });
    }
  }
  return { elements, files: [...files.values()] };
}

function listInstance(list: ChoiceList): XmlElement {
  const items = list.choices.map((choice, index) => {
    const label = choice.label?.value;
    return element('item', {}, [
      list.translated ? element('itextId', {}, [`${list.name}-${index}`]) : undefined,
      element('name', {}, [choice.name]),
      !list.translated && typeof label === 'string' ? element('label', {}, [label]) : undefined,
      ...[...choice.extra].map(([name, text]) => element(name, {}, [text])),
    ]);
  });
  return element('instance', { id: list.name }, [element('root', {}, items)]);
}

function pulledData(row: TableRow): { id: string; src: string }[] {
  const found: { id: string; src: string }[] = [];
  for (const key of EXPRESSION_KEYS) {
    const text = plain(row, key);
    if (text === undefined || !text.includes('pulldata')) continue;
    for (const match of text.matchAll(/pulldata\s*\(\s*(?:'([^']*)'|"([^"]*)")/g)) {
      const id = (match[1] ?? match[2] ?? '').trim();
      if (id !== '' && !onlyReference(id)) found.push({ id, src: `jr://file-csv/${id}.csv` });
    }
  }
  return found;
}
