import { savedProperty } from './allocate.ts';
import { isDynamic } from './defaults.ts';
import type { Form } from './form.ts';
import { entitiesIn, metaBinds, metaNode } from './meta.ts';
import { asExpression, placeOf } from './places.ts';
import { onlyReference } from './references.ts';
import type { Standpoint } from './resolve.ts';
import { plain } from './table.ts';
import { type FormNode, repeatsAround } from './tree.ts';
import { element, type XmlElement } from './xmlout.ts';

const CONVERTED = new Set(['readonly', 'required', 'relevant', 'constraint', 'calculate']);

/** The <bind> elements of the form, each followed by what happens to its node when the form opens. */
export function binds(form: Form): XmlElement[] {
  const elements: XmlElement[] = [];
  const visit = (node: FormNode) => {
    for (const child of node.children) {
      elements.push(...bindOf(child, form));
      visit(child);
      elements.push(...metaBinds(child, form));
    }
  };
  visit(form.survey.root);
  elements.push(...metaBinds(form.survey.root, form));
  return elements;
}

function bindOf(node: FormNode, form: Form): XmlElement[] {
  const attributes = bindAttributes(node, form);
  const elements: XmlElement[] = [];
  const transparent = node.kind === 'group' && node.path === node.parent?.path;
  if (Object.keys(attributes).length > 0 && !transparent) {
    elements.push(element('bind', { nodeset: node.path, ...attributes }));
  }
  return [...elements, ...firstLoad(node, form)];
}

function bindAttributes(node: FormNode, form: Form): Record<string, string> {
  const attributes: Record<string, string> = { ...node.type?.bind, ...node.bind };
  const from: Standpoint = { node };
  for (const [key, field] of node.row.fields) {
    if (!key.startsWith('bind.')) continue;
    const name = key.slice('bind.'.length);
    const text = typeof field.value === 'string' ? field.value : [...field.value.values()][0]!;
    if (name === 'calculate' && node.row.fields.has('trigger')) continue;
    if (name === 'entities:saveto') attributes[name] = savedProperty(text);
    else if (!name.startsWith('jr:') || !(name in (form.messages.get(node) ?? {}))) {
      const written = CONVERTED.has(name) ? asExpression(text) : text;
      attributes[name] = form.resolver.substitute(written, from, placeOf(node, key, name));
    }
  }
  Object.assign(attributes, form.messages.get(node));
  if (form.settings.flat) addFlatRelevance(node, attributes, form);
  return attributes;
}

/** In a flat form the conditions of the groups around a question become its own. */
function addFlatRelevance(node: FormNode, attributes: Record<string, string>, form: Form): void {
  const conditions: string[] = [];
  for (let at = node.parent; at && at.kind === 'group'; at = at.parent) {
    const condition = plain(at.row, 'bind.relevant');
    if (condition === undefined) continue;
    conditions.unshift(
      form.resolver.substitute(asExpression(condition), { node }, placeOf(at, 'bind.relevant', 'relevant')),
    );
  }
  if (attributes.relevant !== undefined) conditions.push(attributes.relevant);
  if (conditions.length === 0) return;
  const [first, ...rest] = conditions;
  attributes.relevant = [first, ...rest.map((condition) => `(${condition})`)].join(' and ');
}

/** The value that a default or a trigger sets, with references resolved from its own node. */
export function valueExpression(node: FormNode, key: string, form: Form): string | undefined {
  const text = plain(node.row, key);
  if (text === undefined) return undefined;
  return form.resolver.substitute(text, { node }, placeOf(node, key, key));
}

/** Whether a node's default has to be computed. */
export function hasDynamicDefault(node: FormNode): boolean {
  const text = plain(node.row, 'default');
  return text !== undefined && isDynamic(text, node.type?.name ?? '');
}

function firstLoad(node: FormNode, { resolver }: Form): XmlElement[] {
  const event = 'odk-instance-first-load';
  switch (node.type?.name) {
    case 'start-geopoint':
      return [element('odk:setgeopoint', { ref: node.path, event })];
    case 'background-audio':
      return [element('odk:recordaudio', { ref: node.path, event: 'odk-instance-load', ...node.control })];
  }
  if (!hasDynamicDefault(node)) return [];
  const value = resolver.substitute(plain(node.row, 'default')!, { node }, placeOf(node, 'default', 'default'));
  return [element('setvalue', { ref: node.path, event, value })];
}

/** What a repeat sets in each new turn, for the end of its <repeat> in the body. */
export function newRepeatActions(repeat: FormNode, form: Form): XmlElement[] {
  const event = 'odk-new-repeat';
  const actions: XmlElement[] = [];
  const visit = (container: FormNode) => {
    for (const node of container.children) {
      if (hasDynamicDefault(node)) {
        actions.push(element('setvalue', { ref: node.path, event, value: valueExpression(node, 'default', form) }));
      }
      if (node.kind === 'group') visit(node);
    }
    for (const { updates } of entitiesIn(container, form)) {
      if (updates) continue;
      actions.push(element('setvalue', { ref: `${container.path}/meta/entity/@id`, event, value: 'uuid()' }));
    }
  };
  visit(repeat);
  return actions;
}

/** The primary instance: the record as it begins. */
export function primaryInstance(form: Form): XmlElement {
  const { settings, survey } = form;
  return element('instance', {}, [
    element(
      settings.rootName,
      {
        xmlns: settings.instanceXmlns,
        id: settings.formId,
        version: settings.version === '' ? undefined : settings.version,
        ...settings.rootAttributes,
      },
      [...instanceChildren(survey.root, false, form), metaNode(survey.root, form)],
    ),
  ]);
}

function instanceChildren(parent: FormNode, template: boolean, form: Form): XmlElement[] {
  return parent.children.flatMap((node) => {
    const own = ownAttributes(node);
    if (node.kind === 'question') return [element(node.name, own, startingText(node))];
    if (node.kind === 'group') {
      const inside = instanceChildren(node, template, form);
      if (node.path === parent.path) return inside;
      return [element(node.name, own, [...inside, metaNode(node, form)])];
    }
    const turn = (asTemplate: boolean, mark: Record<string, string>) =>
      element(node.name, { ...own, ...mark }, [...instanceChildren(node, asTemplate, form), metaNode(node, form)]);
    const pattern = turn(true, { 'jr:template': '' });
    // Inside a pattern only patterns stand; inside a turn only turns; at the top both.
    if (template) return [pattern];
    return repeatsAround(node).length > 0 ? [turn(false, {})] : [pattern, turn(false, {})];
  });
}

function ownAttributes(node: FormNode): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [key, field] of node.row.fields) {
    if (key.startsWith('instance.') && typeof field.value === 'string') {
      attributes[key.slice('instance.'.length)] = field.value;
    }
  }
  return attributes;
}

function startingText(node: FormNode): string[] {
  const text = plain(node.row, 'default');
  if (text === undefined || hasDynamicDefault(node)) return [];
  const picture = node.type?.name === 'image' && !text.startsWith('jr://');
  return [picture ? `jr://images/${text}` : text];
}

/** The reference that a repeat counts by, resolved from the repeat. */
export function repeatCount(node: FormNode, form: Form): string | undefined {
  if (node.repeatCount === undefined || !onlyReference(node.repeatCount)) return undefined;
  return form.resolver.substitute(node.repeatCount, { node }, placeOf(node, 'repeat_count', 'repeat_count'));
}
