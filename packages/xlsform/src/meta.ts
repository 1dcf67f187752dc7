import type { Place } from './diagnostics.ts';
import type { EntityDeclaration } from './entities.ts';
import type { Form } from './form.ts';
import { makeNode } from './nodes.ts';
import { asExpression } from './places.ts';
import type { Standpoint } from './resolve.ts';
import type { Settings } from './settings.ts';
import { headerOf, type TableRow } from './table.ts';
import type { FormNode } from './tree.ts';
import { element, type XmlElement } from './xmlout.ts';

/** The meta node of the form, or of a repeat or group that has an entity of its own; undefined when it would be empty. */
export function metaNode(container: FormNode, form: Form): XmlElement | undefined {
  const { settings, survey } = form;
  const atTop = container === survey.root;
  const children = [
    atTop && survey.audit ? element('audit') : undefined,
    ...entitiesIn(container, form).map(entityNode),
    atTop && !settings.omitInstanceId ? element('instanceID') : undefined,
    atTop && settings.instanceName !== undefined ? element('instanceName') : undefined,
  ].filter((child) => child !== undefined);
  return children.length > 0 ? element('meta', {}, children) : undefined;
}

/** The entities that a container's meta node holds. */
export function entitiesIn(container: FormNode, form: Form): EntityDeclaration[] {
  return [...form.allocation.containers].filter(([, at]) => at === container).map(([declaration]) => declaration);
}

function entityNode({ list, creates, updates, label }: EntityDeclaration): XmlElement {
  return element(
    'entity',
    {
      dataset: list,
      create: creates ? '1' : undefined,
      ...(updates ? { update: '1', baseVersion: '', trunkVersion: '', branchId: '' } : {}),
      id: '',
    },
    [label === undefined ? undefined : element('label')],
  );
}

/** What a reference can name in the form's own meta node, as nodes beside the tree. */
export function metaFields(root: FormNode, settings: Settings): FormNode[] {
  const names: string[] = [];
  if (!settings.omitInstanceId) names.push('instanceID');
  if (settings.instanceName !== undefined) names.push('instanceName');
  const row: TableRow = { row: 0, fields: new Map() };
  return names.map((name) => ({
    ...makeNode({ kind: 'question', name, parent: undefined, row, generated: true }, settings),
    parent: root,
    path: `${root.path}/meta/${name}`,
  }));
}

/** The binds of a meta node, each entity's id followed by how it begins. */
export function metaBinds(container: FormNode, form: Form): XmlElement[] {
  const { settings, survey } = form;
  const elements: XmlElement[] = [];
  const meta = `${container.path}/meta`;
  const atTop = container === survey.root;
  if (atTop && survey.audit) {
    elements.push(element('bind', { nodeset: `${meta}/audit`, type: 'binary', ...survey.audit.bind }));
  }
  for (const declaration of entitiesIn(container, form)) elements.push(...entityBinds(declaration, container, form));
  if (atTop && !settings.omitInstanceId) {
    const uid = { type: 'string', readonly: 'true()', 'jr:preload': settings.instanceId };
    elements.push(element('bind', { nodeset: `${meta}/instanceID`, ...uid }));
  }
  if (atTop && settings.instanceName !== undefined) {
    const place: Place = {
      sheet: 'settings',
      row: settings.row?.row ?? 2,
      column: settings.row ? headerOf(settings.row, 'instance_name', 'instance_name') : 'instance_name',
    };
    const calculate = form.resolver.substitute(settings.instanceName, { node: survey.root }, place);
    elements.push(element('bind', { nodeset: `${meta}/instanceName`, type: 'string', calculate }));
  }
  return elements;
}

function entityBinds(declaration: EntityDeclaration, container: FormNode, form: Form): XmlElement[] {
  const path = `${container.path}/meta/entity`;
  const from: Standpoint = { node: container, below: 3 };
  const say = (text: string, key: string) =>
    form.resolver.substitute(text, from, {
      sheet: 'entities',
      row: declaration.row.row,
      column: headerOf(declaration.row, key, key),
    });
  const fixed = { readonly: 'true()', type: 'string' };
  const bind = (at: string, calculate?: string) => element('bind', { nodeset: `${path}/${at}`, calculate, ...fixed });
  const { createIf, updateIf, entityId, label, list, updates } = declaration;
  const elements: XmlElement[] = [];
  if (createIf !== undefined) elements.push(bind('@create', say(asExpression(createIf), 'create_if')));
  if (updateIf !== undefined) elements.push(bind('@update', say(asExpression(updateIf), 'update_if')));
  if (updates && entityId !== undefined) {
    const versions = { '@baseVersion': '__version', '@trunkVersion': '__trunkVersion', '@branchId': '__branchId' };
    for (const [at, column] of Object.entries(versions)) {
      elements.push(bind(at, say(`instance('${list}')/root/item[name=${entityId}]/${column}`, 'entity_id')));
    }
    elements.push(bind('@id', say(entityId, 'entity_id')));
  } else {
    elements.push(bind('@id'));
    const event = 'odk-instance-first-load';
    elements.push(element('setvalue', { ref: `${path}/@id`, event, value: 'uuid()' }));
  }
  if (label !== undefined) elements.push(bind('label', say(label, 'label')));
  return elements;
}
