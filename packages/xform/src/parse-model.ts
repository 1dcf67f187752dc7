/** The model half of a form: instance schema, binds, translations, secondary instances, actions. */
import { isDateTime } from './dates.ts';
import { XFormError } from './error.ts';
import {
  type Action,
  type Bind,
  type Edge,
  type Expression,
  expressionAt,
  type NodeDef,
  type TextSource,
  type Vertex,
} from './model.ts';
import { ATTRIBUTE, ELEMENT, isTemplate } from './tree.ts';
import type { DataType, Warning } from './types.ts';
import { attribute, elements, textOf, type XmlElement } from './xml.ts';

const JAVAROSA = 'http://openrosa.org/javarosa';
const TYPES: ReadonlySet<string> = new Set<DataType>([
  'string',
  'int',
  'decimal',
  'boolean',
  'date',
  'time',
  'dateTime',
  'geopoint',
  'geotrace',
  'geoshape',
  'binary',
  'barcode',
  'intent',
]);
const TYPE_ALIASES: Readonly<Record<string, DataType>> = {
  integer: 'int',
  select: 'string',
  select1: 'string',
  datetime: 'dateTime',
};
const BIND_WORDS: ReadonlySet<string> = new Set([
  'nodeset',
  'ref',
  'type',
  'relevant',
  'calculate',
  'required',
  'readonly',
  'constraint',
  'constraintMsg',
  'requiredMsg',
  'preload',
  'preloadParams',
  'saveto',
  'id',
]);

export interface Context {
  readonly nodes: NodeDef[];
  readonly byPath: Map<string, NodeDef>;
  readonly cache: Map<string, Expression>;
  readonly warnings: Warning[];
  lineOf(element: XmlElement): number;
}

export const NO_BIND: Bind = { type: 'string', preloadParams: '', parameters: {} };

export function makeDef(
  context: Context,
  kind: number,
  name: string,
  source: { qname: string; ns: string },
  parent: NodeDef | undefined,
): NodeDef {
  const own = kind === ATTRIBUTE ? `@${name}` : name;
  const names = parent ? [...parent.names, own] : [own];
  const def: NodeDef = {
    index: context.nodes.length,
    kind,
    name,
    qname: source.qname,
    ns: source.ns,
    path: `${parent?.path ?? ''}/${own}`,
    names,
    parent,
    children: [],
    byName: new Map(),
    attributes: [],
    value: '',
    isRepeat: false,
    template: undefined,
    optional: false,
    scope: { path: names, repeats: [] },
    bind: NO_BIND,
    control: undefined,
    repeatBody: undefined,
    relevant: undefined,
    calculate: undefined,
    filter: undefined,
    count: undefined,
    edges: [],
    structure: [],
    viewEdges: [],
    viewStructure: [],
    valueChanged: [],
    newRepeat: [],
  };
  context.nodes.push(def);
  context.byPath.set(def.path, def);
  if (kind === ATTRIBUTE) parent!.attributes.push(def);
  else if (parent) {
    parent.children.push(def);
    parent.byName.set(name, def);
  }
  return def;
}

/** The schema of an element of the primary instance; like-named siblings share one definition. */
export function addSchema(context: Context, element: XmlElement, parent: NodeDef | undefined): NodeDef {
  let def = parent?.byName.get(element.local);
  const template = isTemplate(element);
  if (!def) {
    def = makeDef(context, ELEMENT, element.local, { qname: element.name, ns: element.ns }, parent);
    def.template = element;
  } else if (template) def.template = element;
  for (const item of element.attributes) {
    if (item.ns === JAVAROSA && item.local === 'template') continue;
    if (def.attributes.some((known) => known.name === item.local)) continue;
    const own = makeDef(context, ATTRIBUTE, item.local, { qname: item.name, ns: item.ns }, def);
    own.value = item.value;
  }
  let nested = false;
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    nested = true;
    addSchema(context, child, def);
  }
  if (!nested && !template && def.value === '') def.value = textOf(element);
  return def;
}

/** The definition that a nodeset or ref names; namespace prefixes and spaces do not matter. */
export function resolvePath(context: Context, path: string, from?: NodeDef): NodeDef | undefined {
  const text = path.trim();
  const exact = context.byPath.get(text);
  if (exact) return exact;
  let at: NodeDef | undefined = text.startsWith('/') ? undefined : from;
  let joined = '';
  for (const raw of text.split('/')) {
    const part = raw.trim().replace(/\[[^\]]*\]$/, '');
    if (part === '' || part === '.') continue;
    if (part === '..') {
      at = at?.parent;
      continue;
    }
    const local = part.startsWith('@')
      ? `@${part.slice(part.indexOf(':') + 1).replace('@', '')}`
      : part.slice(part.indexOf(':') + 1);
    joined = `${at?.path ?? ''}/${local}`;
    at = context.byPath.get(joined);
    if (!at) return undefined;
  }
  return at;
}

/** Where a label, hint or message takes its text: `jr:itext('id')`, `jr:itext(expression)`, or the text written there. */
export function messageSource(context: Context, text: string, def: NodeDef): TextSource {
  const found = /^\s*jr:itext\(\s*(?:'([^']*)'|"([^"]*)"|(.+))\s*\)\s*$/s.exec(text);
  if (!found) return { parts: [text] };
  const id = found[1] ?? found[2];
  return id !== undefined ? { id } : { idFrom: expressionAt(context.cache, found[3]!, def.scope) };
}

function parse(
  context: Context,
  source: string | undefined,
  def: NodeDef,
  element: XmlElement,
): Expression | undefined {
  if (source === undefined || source.trim() === '') return undefined;
  try {
    return expressionAt(context.cache, source, def.scope);
  } catch (error) {
    throw located(error, def.path, context.lineOf(element));
  }
}

/** The same error with the place in the form. */
export function located(error: unknown, path: string, line: number): unknown {
  if (!(error instanceof XFormError)) return error;
  return new XFormError(error.code, `${path}: ${error.message}`, { path, line });
}

/** Says true for certain, false for certain, or undefined. */
export function fixedTruth(expression: Expression | undefined): boolean | undefined {
  if (!expression) return undefined;
  const { ast } = expression;
  if (ast.kind !== 'call' || ast.args.length > 0) return undefined;
  return ast.name === 'true' ? true : ast.name === 'false' ? false : undefined;
}

export function readBind(context: Context, element: XmlElement): void {
  const nodeset = attribute(element, 'nodeset') ?? attribute(element, 'ref') ?? '';
  const def = resolvePath(context, nodeset);
  if (!def) {
    const message = `the bind of ${nodeset} has no node in the instance`;
    context.warnings.push({ code: 'unbound', message, path: nodeset });
    return;
  }
  const rawType = (attribute(element, 'type') ?? 'string').replace(/^[^:]*:/, '');
  const type = TYPES.has(rawType) ? (rawType as DataType) : (TYPE_ALIASES[rawType] ?? 'string');
  const parameters: Record<string, string> = {};
  for (const item of element.attributes) if (!BIND_WORDS.has(item.local)) parameters[item.local] = item.value;
  const truth = (name: string) => parse(context, attribute(element, name, ''), def, element);
  const bind: Bind = { type, preloadParams: attribute(element, 'preloadParams') ?? '', parameters };
  const relevant = truth('relevant');
  const calculate = truth('calculate');
  const required = truth('required');
  const readonly = truth('readonly');
  const constraint = truth('constraint');
  if (relevant && fixedTruth(relevant) !== true) bind.relevant = relevant;
  if (calculate) bind.calculate = calculate;
  if (required && fixedTruth(required) !== false) bind.required = required;
  if (readonly && fixedTruth(readonly) !== false) bind.readonly = readonly;
  if (constraint && fixedTruth(constraint) !== true) bind.constraint = constraint;
  const requiredMessage = attribute(element, 'requiredMsg');
  const constraintMessage = attribute(element, 'constraintMsg');
  if (requiredMessage) bind.requiredMessage = messageSource(context, requiredMessage, def);
  if (constraintMessage) bind.constraintMessage = messageSource(context, constraintMessage, def);
  const preload = attribute(element, 'preload');
  if (preload) bind.preload = preload;
  const saveto = attribute(element, 'saveto');
  if (saveto) bind.saveto = saveto;
  def.bind = bind;
}

const ACTIONS: ReadonlySet<string> = new Set(['setvalue', 'setgeopoint', 'recordaudio']);

export function isAction(element: XmlElement): boolean {
  return ACTIONS.has(element.local);
}

/** Reads a setvalue, setgeopoint or recordaudio; `trigger` is the node of the control that it stands in. */
export function readAction(context: Context, element: XmlElement, trigger: NodeDef | undefined): Action | undefined {
  const ref = attribute(element, 'ref') ?? attribute(element, 'bind') ?? '';
  const target = resolvePath(context, ref, trigger?.parent);
  if (!target) {
    context.warnings.push({ code: 'unbound', message: `the action on ${ref} has no node in the instance`, path: ref });
    return undefined;
  }
  const source = attribute(element, 'value', '');
  const parameters: Record<string, string> = {};
  for (const item of element.attributes) {
    if (!['ref', 'bind', 'event', 'value'].includes(item.local)) parameters[item.local] = item.value;
  }
  const action: Action = {
    kind: element.local as Action['kind'],
    events: (attribute(element, 'event') ?? '').split(/\s+/),
    target,
    // Converters write a fixed date here without quotes.
    value: isDateTime(source ?? '') ? source! : (parse(context, source, target, element) ?? textOf(element)),
    parameters,
  };
  if (trigger && action.events.includes('xforms-value-changed')) trigger.valueChanged.push(action);
  if (action.events.includes('odk-new-repeat')) {
    let repeat: NodeDef | undefined = target;
    while (repeat && !repeat.isRepeat) repeat = repeat.parent;
    repeat?.newRepeat.push(action);
  }
  return action;
}

/** Gives an edge to every vertex, and orders them so that each comes after what it looks at. Throws XFormError `cycle`. */
export function orderVertices(
  vertices: Vertex[],
  before: ReadonlyMap<Vertex, Set<Vertex>>,
  loose: ReadonlyMap<Vertex, Set<Vertex>>,
): Vertex[] {
  const order: Vertex[] = [];
  const waits = new Map<Vertex, number>();
  const after = new Map<Vertex, Vertex[]>();
  for (const vertex of vertices) {
    const causes = before.get(vertex) ?? new Set<Vertex>();
    waits.set(vertex, causes.size);
    for (const cause of causes) {
      const list = after.get(cause);
      if (list) list.push(vertex);
      else after.set(cause, [vertex]);
    }
  }
  const drain = (ready: Vertex[]) => {
    for (let i = 0; i < ready.length; i++) {
      const vertex = ready[i]!;
      waits.delete(vertex);
      order.push(vertex);
      for (const next of after.get(vertex) ?? []) {
        const left = waits.get(next);
        if (left === undefined) continue;
        waits.set(next, left - 1);
        if (left === 1) ready.push(next);
      }
    }
  };
  drain(vertices.filter((vertex) => waits.get(vertex) === 0));
  if (waits.size > 0) {
    // What looks at the other instances of its own repeat (a running total) is no true circle: it settles in a few rounds.
    const released: Vertex[] = [];
    for (const vertex of [...waits.keys()]) {
      for (const cause of loose.get(vertex) ?? []) {
        if (!waits.has(cause)) continue;
        waits.set(vertex, waits.get(vertex)! - 1);
        after.set(
          cause,
          after.get(cause)!.filter((next) => next !== vertex),
        );
      }
      if (waits.get(vertex) === 0) released.push(vertex);
    }
    drain(released);
  }
  if (waits.size > 0) {
    const paths = [...waits.keys()].slice(0, 5).map((vertex) => vertex.def.path);
    throw new XFormError('cycle', `these depend on each other: ${paths.join(', ')}`, { path: paths[0]! });
  }
  return order;
}

export function addEdge<To>(edges: Edge<To>[], to: To, pin: NodeDef | undefined): void {
  if (!edges.some((edge) => edge.to === to && edge.pin === pin)) edges.push({ to, pin });
}

/** The translations of a model: language, and its texts by id. */
export function readTranslations(model: XmlElement) {
  const itext = elements(model, 'itext')[0];
  const all = itext ? elements(itext, 'translation') : [];
  const translations = all.map((translation) => {
    const texts = new Map<string, XmlElement>();
    for (const text of elements(translation, 'text')) {
      const id = attribute(text, 'id');
      if (id !== undefined) texts.set(id, text);
    }
    return { language: attribute(translation, 'lang') ?? '', texts };
  });
  const marked = all.findIndex((translation) => attribute(translation, 'default') !== undefined);
  return { translations, defaultLanguage: translations[Math.max(0, marked)]?.language ?? '' };
}
