/** The body half of a form: groups, repeats and controls, with their texts. */
import { XFormError } from './error.ts';
import {
  type BodyDef,
  type ControlDef,
  expressionAt,
  type GroupDef,
  type ItemsetDef,
  type NodeDef,
  type RepeatDef,
  type TextPart,
  type TextSource,
} from './model.ts';
import { type Context, fixedTruth, isAction, located, messageSource, readAction, resolvePath } from './parse-model.ts';
import type { ControlType } from './types.ts';
import { attribute, elements, textOf, type XmlElement } from './xml.ts';

const CONTROLS: ReadonlySet<string> = new Set(['input', 'select', 'select1', 'rank', 'trigger', 'upload', 'range']);
const KNOWN_PARTS: ReadonlySet<string> = new Set(['label', 'hint', 'help', 'alert', 'item', 'itemset', 'tag', 'value']);
const NOT_PARAMETERS: ReadonlySet<string> = new Set(['ref', 'nodeset', 'appearance', 'class', 'count', 'noAddRemove']);

/** Text with its outputs, as written inside a label or an itext value. */
export function textParts(element: XmlElement): TextPart[] {
  const parts: TextPart[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') parts.push(child);
    else if (child.local === 'output')
      parts.push({ output: attribute(child, 'value') ?? attribute(child, 'ref') ?? "''" });
    else parts.push(textOf(child));
  }
  return parts;
}

function textSource(context: Context, element: XmlElement | undefined, def: NodeDef): TextSource | undefined {
  if (!element) return undefined;
  const ref = attribute(element, 'ref');
  if (ref === undefined) return { parts: textParts(element) };
  if (ref.includes('jr:itext')) return messageSource(context, ref, def);
  return { parts: [{ output: ref }] };
}

function itemset(context: Context, element: XmlElement, def: NodeDef): ItemsetDef {
  const value = elements(element, 'value')[0];
  const label = elements(element, 'label')[0];
  const labelRef = (label && attribute(label, 'ref')) ?? '';
  const translated = /^\s*jr:itext\(\s*([^)]*?)\s*\)\s*$/.exec(labelRef);
  return {
    nodeset: expressionAt(context.cache, attribute(element, 'nodeset') ?? "''", def.scope),
    value: ((value && attribute(value, 'ref')) ?? 'name').trim(),
    label: (translated ? translated[1]! : labelRef).trim(),
    translated: translated !== null,
  };
}

/** Reads the children of a body, group or repeat. `parent` is the node around them. */
export function readBody(
  context: Context,
  children: readonly XmlElement[],
  parent: NodeDef,
  counter: { next: number },
): BodyDef[] {
  const out: BodyDef[] = [];
  for (const element of children) {
    if (CONTROLS.has(element.local)) out.push(readControl(context, element, parent, counter));
    else if (element.local === 'group') out.push(readGroup(context, element, parent, counter));
    else if (element.local === 'repeat') out.push(readRepeat(context, element, parent, counter, undefined));
    else if (!isAction(element) && !KNOWN_PARTS.has(element.local)) {
      context.warnings.push({
        code: 'unknown-element',
        message: `the body has an unknown <${element.name}>`,
        path: parent.path,
      });
    }
  }
  return out;
}

function place(context: Context, element: XmlElement, parent: NodeDef): NodeDef {
  const ref = attribute(element, 'ref') ?? attribute(element, 'nodeset') ?? '';
  const def = resolvePath(context, ref, parent);
  if (def) return def;
  const line = context.lineOf(element);
  throw new XFormError('path', `<${element.name}> names ${ref}, which is not in the instance`, { path: ref, line });
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

function base(context: Context, element: XmlElement, def: NodeDef, counter: { next: number }) {
  return {
    index: counter.next++,
    context: def,
    label: textSource(context, elements(element, 'label')[0], def),
    hint: textSource(context, elements(element, 'hint')[0], def),
    appearance: words(attribute(element, 'appearance')),
    at: element.at,
  };
}

function readGroup(context: Context, element: XmlElement, parent: NodeDef, counter: { next: number }): BodyDef {
  const inside = elements(element);
  const repeats = inside.filter((child) => child.local === 'repeat');
  const hasRef = attribute(element, 'ref') !== undefined || attribute(element, 'nodeset') !== undefined;
  const def = hasRef ? place(context, element, parent) : parent;
  const first = repeats[0];
  // A group that wraps nothing but one repeat, as converters write it, is the repeat's label.
  if (
    first &&
    repeats.length === 1 &&
    place(context, first, parent) === def &&
    !inside.some((child) => CONTROLS.has(child.local) || child.local === 'group')
  ) {
    return readRepeat(context, first, parent, counter, element);
  }
  const bound = hasRef && !def.isRepeat;
  const around = bound ? def : parent;
  const group: GroupDef = {
    kind: 'group',
    ...base(context, element, around, counter),
    bound,
    children: readBody(context, inside, around, counter),
  };
  return group;
}

function readRepeat(
  context: Context,
  element: XmlElement,
  parent: NodeDef,
  counter: { next: number },
  wrapper: XmlElement | undefined,
): RepeatDef {
  const def = place(context, element, parent);
  const own = base(context, element, def, counter);
  const around = wrapper && base(context, wrapper, def, counter);
  const count = attribute(element, 'count');
  const fixed = attribute(element, 'noAddRemove');
  const outer = def.parent ?? def;
  try {
    const repeat: RepeatDef = {
      kind: 'repeat',
      ...own,
      label: own.label ?? around?.label,
      hint: own.hint ?? around?.hint,
      appearance: [...(around?.appearance ?? []), ...own.appearance],
      count: count === undefined ? undefined : expressionAt(context.cache, count, outer.scope),
      fixed: fixed !== undefined && fixedTruth(expressionAt(context.cache, fixed, outer.scope)) !== false,
      children: readBody(context, elements(element), def, counter),
    };
    def.repeatBody = repeat;
    return repeat;
  } catch (error) {
    throw located(error, def.path, context.lineOf(element));
  }
}

function readControl(context: Context, element: XmlElement, parent: NodeDef, counter: { next: number }): ControlDef {
  const def = place(context, element, parent);
  try {
    const parameters: Record<string, string> = { ...def.bind.parameters };
    for (const item of element.attributes) if (!NOT_PARAMETERS.has(item.local)) parameters[item.local] = item.value;
    const set = elements(element, 'itemset')[0];
    const isNote =
      element.local === 'input' &&
      !def.bind.calculate &&
      def.bind.type === 'string' &&
      fixedTruth(def.bind.readonly) === true;
    const control: ControlDef = {
      kind: 'control',
      ...base(context, element, def, counter),
      control: isNote ? 'note' : (element.local as ControlType),
      parameters,
      itemset: set && itemset(context, set, def),
      items: elements(element, 'item').map((item) => ({
        value: textOf(elements(item, 'value')[0] ?? item).trim(),
        label: textSource(context, elements(item, 'label')[0], def),
      })),
      tags: elements(element, 'tag').map((tag) => ({
        key: attribute(tag, 'key') ?? '',
        label: textSource(context, elements(tag, 'label')[0], def),
      })),
    };
    def.control ??= control;
    return control;
  } catch (error) {
    throw located(error, def.path, context.lineOf(element));
  }
}

/** Marks the nodes of repeats and gives every node the scope of its expressions. Runs before anything is compiled. */
export function markRepeats(context: Context, body: XmlElement): void {
  const visit = (element: XmlElement, parent: NodeDef | undefined) => {
    for (const child of elements(element)) {
      let inside = parent;
      if (child.local === 'repeat') {
        const def = resolvePath(context, attribute(child, 'nodeset') ?? attribute(child, 'ref') ?? '', parent);
        if (def) {
          def.isRepeat = true;
          inside = def;
        }
      } else if (child.local === 'group')
        inside = resolvePath(context, attribute(child, 'ref') ?? '.', parent) ?? parent;
      if (child.local === 'repeat' || child.local === 'group') visit(child, inside);
    }
  };
  visit(body, context.nodes[0]);
  for (const def of context.nodes) {
    const around = def.parent?.scope.repeats ?? [];
    def.scope = { path: def.names, repeats: def.isRepeat ? [...around, def.names.length] : around };
  }
}

/** Reads every action of the model and of the body. Those of a control or repeat are tied to its node. */
export function readActions(context: Context, model: XmlElement, body: XmlElement | undefined) {
  const actions = elements(model)
    .filter(isAction)
    .map((element) => readAction(context, element, undefined));
  const visit = (element: XmlElement, around: NodeDef | undefined) => {
    for (const child of elements(element)) {
      if (isAction(child)) actions.push(readAction(context, child, around));
      else if (CONTROLS.has(child.local) || child.local === 'group' || child.local === 'repeat') {
        const ref = attribute(child, 'ref') ?? attribute(child, 'nodeset');
        visit(child, ref === undefined ? around : (resolvePath(context, ref, around) ?? around));
      }
    }
  };
  if (body) visit(body, context.nodes[0]);
  return actions.filter((action) => action !== undefined);
}
