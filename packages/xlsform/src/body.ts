import type { Form } from './form.ts';
import { fileInstance, isSearch } from './instances.ts';
import { newRepeatActions, repeatCount } from './model.ts';
import { placeOf } from './places.ts';
import { onlyReference } from './references.ts';
import type { Standpoint } from './resolve.ts';
import { saysYes } from './settings.ts';
import { plain } from './table.ts';
import { textWithOutputs } from './texts.ts';
import { descendants, type FormNode, repeatsAround } from './tree.ts';
import { element, type XmlChild, type XmlElement } from './xmlout.ts';

/** The body: what the person who fills the form sees, in order. */
export function body(form: Form): XmlElement {
  const triggered = triggeredActions(form);
  return element('h:body', { class: form.settings.style }, controls(form.survey.root, form, triggered));
}

type Triggered = ReadonlyMap<FormNode, XmlElement[]>;

function controls(parent: FormNode, form: Form, triggered: Triggered): XmlElement[] {
  return parent.children.flatMap((node) => {
    if (node.kind === 'group') return [group(node, form, triggered)];
    if (node.kind === 'repeat') return [repeat(node, form, triggered)];
    const control = question(node, form, triggered);
    return control ? [control] : [];
  });
}

/** Attributes of a control from the row's own columns and the type's parameters. */
function controlAttributes(node: FormNode, form: Form): Record<string, string> {
  const attributes: Record<string, string> = { ...node.type?.attributes, ...node.control };
  for (const [key, field] of node.row.fields) {
    if (!key.startsWith('control.')) continue;
    const text = typeof field.value === 'string' ? field.value : [...field.value.values()][0]!;
    attributes[key.slice('control.'.length)] = form.resolver.substitute(text, { node }, placeOf(node, key, key));
  }
  return attributes;
}

function group(node: FormNode, form: Form, triggered: Triggered): XmlElement {
  const transparent = node.path === node.parent?.path;
  return element('group', { ...controlAttributes(node, form), ref: transparent ? undefined : node.path }, [
    form.texts.get(node)?.label,
    ...controls(node, form, triggered),
  ]);
}

function repeat(node: FormNode, form: Form, triggered: Triggered): XmlElement {
  const count = repeatCount(node, form);
  return element('group', { ref: node.path }, [
    form.texts.get(node)?.label ?? element('label'),
    element('repeat', { nodeset: node.path, 'jr:count': count, ...controlAttributes(node, form) }, [
      ...controls(node, form, triggered),
      ...newRepeatActions(node, form),
    ]),
  ]);
}

/** Whether a question stands in the body: not when it is only computed and has nothing to read. */
export function isVisible(node: FormNode, form: Pick<Form, 'texts'>): boolean {
  if (node.kind !== 'question' || !node.type?.control) return false;
  const { label, hint } = form.texts.get(node) ?? {};
  const computed = node.row.fields.has('bind.calculate') || node.row.fields.has('trigger');
  return !computed || label !== undefined || hint !== undefined;
}

function question(node: FormNode, form: Form, triggered: Triggered): XmlElement | undefined {
  if (!isVisible(node, form)) return undefined;
  const type = node.type!;
  const { label, hint } = form.texts.get(node) ?? {};
  const attributes: Record<string, string | undefined> = { ref: node.path, ...controlAttributes(node, form) };
  if (type.name === 'select_one_external') attributes.query = listNodes(node.select!.list, node, form);
  return element(type.control!, attributes, [
    label ?? element('label'),
    hint,
    ...choices(node, form),
    ...(triggered.get(node) ?? []),
  ]);
}

function choices(node: FormNode, form: Form): XmlChild[] {
  if (node.type?.name === 'select_one_external') return [];
  if (node.select && isSearch(node)) return inlineItems(node, form);
  if (node.select) return [itemset(node, form)];
  if (node.type?.name === 'osm') return osmTags(node, form);
  const labels = node.parameters.get('tick_labelset');
  if (labels !== undefined && node.type?.name === 'range') {
    return [listItemset(`instance('${labels}')/root/item`, form.lists.get(labels)?.translated ?? false)];
  }
  const geometry = node.parameters.get('reference-geometry');
  return geometry === undefined ? [] : [referenceGeometry(node, geometry, form)];
}

function listItemset(nodeset: string, translated: boolean): XmlElement {
  return plainItemset(nodeset, 'name', translated ? 'jr:itext(itextId)' : 'label');
}

function plainItemset(nodeset: string, value: string, label: string): XmlElement {
  return element('itemset', { nodeset }, [element('value', { ref: value }), element('label', { ref: label })]);
}

function choiceFilter(node: FormNode, form: Form, from: Standpoint): string | undefined {
  const filter = plain(node.row, 'choice_filter');
  if (filter === undefined) return undefined;
  return form.resolver.substitute(filter, from, placeOf(node, 'choice_filter', 'choice_filter'));
}

function itemset(node: FormNode, form: Form): XmlElement {
  const { list, fromFile } = node.select!;
  const reference = onlyReference(list);
  if (reference) return repeatItemset(node, reference.name, form);
  const nodeset = shuffled(listNodes(fromFile ? fileInstance(list).id : list, node, form), node, form);
  if (!fromFile) return listItemset(nodeset, form.lists.get(list)?.translated ?? false);
  const isGeo = /\.geojson$/i.test(list);
  const value = node.parameters.get('value') ?? (isGeo ? 'id' : 'name');
  return plainItemset(nodeset, value, node.parameters.get('label') ?? (isGeo ? 'title' : 'label'));
}

/** The items of a list or file by its instance's id, those that the question's filter lets through. */
function listNodes(id: string, node: FormNode, form: Form): string {
  const filter = choiceFilter(node, form, { node, choiceFilter: true });
  return `instance('${id}')/root/item${filter === undefined ? '' : `[${filter}]`}`;
}

function shuffled(nodeset: string, node: FormNode, form: Form): string {
  if (!saysYes(node.parameters.get('randomize'))) return nodeset;
  const seed = node.parameters.get('seed');
  if (seed === undefined) return `randomize(${nodeset})`;
  const place = placeOf(node, 'parameters', 'parameters');
  return `randomize(${nodeset}, ${form.resolver.substitute(seed, { node }, place).trim()})`;
}

/** Choices from the answers of a repeat: one for each turn whose answer is not empty. */
function repeatItemset(node: FormNode, name: string, form: Form): XmlElement {
  const place = placeOf(node, 'type', 'type');
  const target = form.resolver.find(name, place);
  if (!target) return element('itemset');
  const rows = repeatsAround(target).at(-1);
  if (!rows) {
    form.report.error('SELECT_NOT_REPEAT', place, { value: name });
    return element('itemset');
  }
  // The choices are the nodes that hold the question: the turns of the repeat, or a group in each of them.
  const holder = target.parent!;
  const filter = choiceFilter(node, form, { node, choiceFilter: true, rowsOf: holder }) ?? `./${target.name} != ''`;
  const turns = form.resolver.path(rows, { node, rowsOf: rows });
  const path = turns + holder.path.slice(rows.path.length);
  return plainItemset(shuffled(`${path}[${filter}]`, node, form), target.name, target.name);
}

function inlineItems(node: FormNode, form: Form): XmlElement[] {
  const list = form.lists.get(node.select!.list);
  return (list?.choices ?? []).map((choice, index) => {
    const label = choice.label?.value;
    const shown = list?.translated
      ? element('label', { ref: `jr:itext('${list.name}-${index}')` })
      : element('label', {}, typeof label === 'string' ? [label] : []);
    return element('item', {}, [shown, element('value', {}, [choice.name])]);
  });
}

function osmTags(node: FormNode, form: Form): XmlElement[] {
  const list = (plain(node.row, 'type') ?? '').trim().split(/\s+/)[1];
  const tags = list === undefined ? [] : (form.tags.get(list) ?? []);
  return tags.map(({ key, label, row }) => {
    const value = label?.value;
    const text = value === undefined || typeof value === 'string' ? value : [...value.values()][0];
    const place = { sheet: 'osm', row, column: label?.header ?? 'label' };
    const content = text === undefined ? [] : textWithOutputs(text, { node }, place, form.resolver);
    return element('tag', { key }, [element('label', {}, content)]);
  });
}

/** Shapes drawn for orientation: from a list or a file by name, or from the answers of a repeat. */
function referenceGeometry(node: FormNode, source: string, form: Form): XmlElement {
  const place = placeOf(node, 'parameters', 'parameters');
  const reference = onlyReference(source);
  if (reference) {
    const target = form.resolver.find(reference.name, place);
    if (target && target.kind !== 'repeat') form.report.error('SURVEY_006', place, { value: source });
    const filter = choiceFilter(node, form, { node, choiceFilter: true, rowsOf: target }) ?? "./geometry != ''";
    return plainItemset(`${target?.path ?? ''}[${filter}]`, 'geometry', 'geometry');
  }
  const files = [...descendants(form.survey.root)].filter((each) => each.select?.fromFile);
  const names = [
    ...form.lists.keys(),
    ...files.map((each) => fileInstance(each.select!.list).id),
    ...form.survey.externals.map((each) => each.name),
    ...[...form.allocation.containers.keys()].map((each) => each.list),
  ];
  if (!names.includes(source)) form.report.error('SURVEY_006', place, { value: source, among: names });
  return listItemset(listNodes(source, node, form), form.lists.get(source)?.translated ?? false);
}

/** What each question sets off when its answer changes. */
function triggeredActions(form: Form): Triggered {
  const actions = new Map<FormNode, XmlElement[]>();
  for (const node of descendants(form.survey.root)) {
    const trigger = node.kind === 'question' ? plain(node.row, 'trigger') : undefined;
    if (trigger === undefined) continue;
    const action = actionOf(node, form);
    for (const source of triggerSources(node, trigger, form)) {
      const others = actions.get(source);
      if (others) others.push(action);
      else actions.set(source, [action]);
    }
  }
  return actions;
}

function actionOf(node: FormNode, form: Form): XmlElement {
  const event = 'xforms-value-changed';
  if (node.type?.name === 'background-geopoint') return element('odk:setgeopoint', { ref: node.path, event });
  const calculation = plain(node.row, 'bind.calculate');
  const place = placeOf(node, 'bind.calculate', 'calculation');
  const value = calculation === undefined ? undefined : form.resolver.substitute(calculation, { node }, place);
  return element('setvalue', { ref: node.path, event, value });
}

function triggerSources(node: FormNode, trigger: string, form: Form): FormNode[] {
  const place = placeOf(node, 'trigger', 'trigger');
  const sources: FormNode[] = [];
  for (const part of trigger.split(',')) {
    const reference = onlyReference(part);
    if (!reference || reference.lastSaved) {
      form.report.error('PYREF_002', place, { value: trigger });
      return [];
    }
    const source = form.resolver.find(reference.name, place);
    if (!source) continue;
    if (isVisible(source, form)) sources.push(source);
    else form.report.error('TRIGGER_INVISIBLE', place, { value: reference.name, params: { name: node.name } });
  }
  return sources;
}
