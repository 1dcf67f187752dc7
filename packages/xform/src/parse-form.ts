/** Form XML → FormDefinition. */
import { type Analysis, analyse, crossed } from './dependencies.ts';
import { XFormError } from './error.ts';
import { fieldsOf } from './fields.ts';
import {
  type BodyDef,
  type Expression,
  expressionAt,
  type Model,
  type NodeDef,
  type TextSource,
  type Vertex,
} from './model.ts';
import { markRepeats, readActions, readBody, textParts } from './parse-body.ts';
import {
  addEdge,
  addSchema,
  type Context,
  located,
  makeDef,
  orderVertices,
  readBind,
  readTranslations,
  resolvePath,
} from './parse-model.ts';
import { ELEMENT } from './tree.ts';
import type { FormDefinition, ParseOptions, SubmissionInfo } from './types.ts';
import { attribute, elements, FORM_LIMITS, lineAt, readXml, textOf, type XmlElement } from './xml.ts';

const XFORMS = 'http://www.w3.org/2002/xforms';
const OPENROSA = 'http://openrosa.org/xforms';

/** Dependencies of all expressions together: some thousands in real forms, millions in hostile ones. */
const MAX_LINKS = 200_000;

function find(root: XmlElement, ...names: string[]): XmlElement | undefined {
  let at: XmlElement | undefined = root;
  for (const name of names) at = at && elements(at, name)[0];
  return at;
}

/** The child of `meta` with this name, made where the form has none. */
function metaNode(context: Context, root: NodeDef, name: string, optional: boolean): NodeDef {
  const meta = root.byName.get('meta') ?? makeDef(context, ELEMENT, 'meta', { qname: 'orx:meta', ns: OPENROSA }, root);
  const found = meta.byName.get(name);
  if (found) return found;
  const prefix = meta.qname.includes(':') ? meta.qname.slice(0, meta.qname.indexOf(':') + 1) : '';
  const def = makeDef(context, ELEMENT, name, { qname: prefix + name, ns: meta.ns }, meta);
  def.optional = optional;
  def.scope = { path: def.names, repeats: [] };
  return def;
}

/** Adds what a text looks at to the views of its node: its outputs, in all languages. */
function* textExpressions(source: TextSource | undefined, model: Model, context: NodeDef): Generator<Expression> {
  if (!source) return;
  if (source.idFrom) yield source.idFrom;
  const parts = source.parts ? [source.parts] : [];
  if (source.id !== undefined) {
    for (const { texts } of model.translations) {
      const text = texts.get(source.id);
      if (
        text?.children.some(
          (value) =>
            typeof value !== 'string' && value.children.length > (typeof value.children[0] === 'string' ? 1 : 0),
        )
      ) {
        for (const value of elements(text, 'value')) parts.push(textParts(value));
      }
    }
  }
  for (const part of parts.flat()) {
    if (typeof part !== 'string') yield expressionAt(model.expressions, part.output, context.scope);
  }
}

/** Builds the graph: what is computed, in which order, and what is looked at again when something changes. */
function connect(model: Model, context: Context, at: (def: NodeDef) => number): Vertex[] {
  const { nodes, byPath, root } = model;
  const schema = { root, byPath, cache: context.cache };
  const vertices: Vertex[] = [];
  const analyses = new Map<Vertex, Analysis>();

  let links = 0;
  const study = (expression: Expression, def: NodeDef): Analysis => {
    try {
      const analysis = analyse(expression, def, schema);
      links += analysis.dependencies.length;
      if (links > MAX_LINKS)
        throw new XFormError('too-much-work', `the expressions of the form look at more than ${MAX_LINKS} nodes`);
      return analysis;
    } catch (error) {
      throw located(error, def.path, at(def));
    }
  };
  const vertex = (kind: Vertex['kind'], def: NodeDef, expression: Expression, repeat?: NodeDef): Vertex => {
    const analysis = study(expression, def);
    const { volatile, usesLanguage } = analysis;
    const made: Vertex = { kind, def, expression, order: 0, volatile, usesLanguage, ...(repeat ? { repeat } : {}) };
    vertices.push(made);
    analyses.set(made, analysis);
    return made;
  };
  const view = (expression: Expression, def: NodeDef) => {
    for (const item of study(expression, def).dependencies) {
      if (!item.structural && item.def !== def) addEdge(item.def.viewEdges, def, item.pin);
      for (const repeat of item.structural ? [item.def] : crossed(item)) addEdge(repeat.viewStructure, def, item.pin);
    }
  };
  const softView = (expressions: Iterable<Expression> | (() => Iterable<Expression>), def: NodeDef) => {
    // A label that cannot be read does not stop the form: it is reported, and its output stays empty.
    try {
      for (const expression of typeof expressions === 'function' ? expressions() : expressions) view(expression, def);
    } catch (error) {
      if (!(error instanceof XFormError)) throw error;
      context.warnings.push({ code: 'expression', message: error.message, path: def.path });
    }
  };

  for (const def of nodes) {
    const { bind } = def;
    if (bind.relevant) def.relevant = vertex('relevant', def, bind.relevant);
    if (bind.calculate) def.calculate = vertex('calculate', def, bind.calculate);
    for (const expression of [bind.required, bind.readonly, bind.constraint]) if (expression) view(expression, def);
    if (bind.requiredMessage) softView(() => textExpressions(bind.requiredMessage, model, def), def);
    if (bind.constraintMessage) softView(() => textExpressions(bind.constraintMessage, model, def), def);
  }
  for (const action of model.actions) if (typeof action.value !== 'string') study(action.value, action.target);
  const visit = (body: BodyDef) => {
    const def = body.context;
    softView(() => textExpressions(body.label, model, def), def);
    softView(() => textExpressions(body.hint, model, def), def);
    if (body.kind === 'control') {
      if (body.itemset) {
        const { nodeset } = body.itemset;
        view(nodeset, def);
        if (body.control !== 'input' && study(nodeset, def).dependencies.some((item) => item.def !== def)) {
          def.filter ??= vertex('filter', def, nodeset);
        }
      }
      for (const item of body.items) softView(() => textExpressions(item.label, model, def), def);
    } else {
      if (body.kind === 'repeat' && body.count) {
        const outer = def.parent ?? def;
        def.count = vertex('count', outer, body.count, def);
      }
      body.children.forEach(visit);
    }
  };
  model.body.forEach(visit);
  return order(vertices, analyses);
}

function* lineage(def: NodeDef | undefined): Generator<NodeDef> {
  for (let at = def; at; at = at.parent) yield at;
}

function order(vertices: Vertex[], analyses: ReadonlyMap<Vertex, Analysis>): Vertex[] {
  const before = new Map<Vertex, Set<Vertex>>();
  const loose = new Map<Vertex, Set<Vertex>>();
  for (const vertex of vertices) {
    const causes = new Set<Vertex>();
    const light = new Set<Vertex>();
    for (const item of analyses.get(vertex)!.dependencies) {
      const { def, pin, structural } = item;
      const across = structural ? [def] : crossed(item);
      // A node may look at itself (`once(…)`), but it is computed anew only for its likes in other rows.
      const other = def !== vertex.def || vertex.kind === 'count' || across.length > 0;
      if (!structural && other) addEdge(def.edges, vertex, pin);
      for (const repeat of across) addEdge(repeat.structure, vertex, pin);
      const own = across.some(
        (repeat) => vertex.def.names.length > repeat.names.length && vertex.def.path.startsWith(`${repeat.path}/`),
      );
      for (const at of lineage(def)) {
        const producers = structural
          ? [at.count]
          : at === def
            ? [at.relevant, at.calculate, at.filter, at.count]
            : [at.relevant, at.count];
        for (const producer of producers) {
          if (!producer || producer === vertex) continue;
          causes.add(producer);
          if (own && (producer.kind === 'calculate' || producer.kind === 'filter' || producer.kind === 'relevant'))
            light.add(producer);
        }
      }
    }
    for (const at of lineage(vertex.def)) {
      if (vertex.kind !== 'relevant' && at.relevant) causes.add(at.relevant);
      if (at.count && at.count !== vertex) causes.add(at.count);
    }
    if (vertex.kind === 'calculate' && vertex.def.filter) causes.add(vertex.def.filter);
    before.set(vertex, causes);
    loose.set(vertex, light);
  }
  const sorted = orderVertices(vertices, before, loose);
  sorted.forEach((vertex, i) => {
    vertex.order = i;
  });
  return sorted;
}

function submissionInfo(element: XmlElement | undefined): SubmissionInfo {
  const out: Record<string, string> = {};
  const names = {
    action: 'action',
    method: 'method',
    publicKey: 'base64RsaPublicKey',
    autoSend: 'auto-send',
    autoDelete: 'auto-delete',
  };
  for (const [key, name] of Object.entries(names)) {
    const value = element && attribute(element, name);
    if (value !== undefined) out[key] = value;
  }
  return out;
}

/** Prefixes that the written instance needs. */
function namespacesOf(nodes: readonly NodeDef[]): Map<string, string> {
  const out = new Map<string, string>();
  for (const { qname, ns } of nodes) {
    const colon = qname.indexOf(':');
    if (colon > 0 && ns !== '' && !qname.startsWith('xml:')) out.set(qname.slice(0, colon), ns);
  }
  const root = nodes[0]!;
  if (root.ns !== XFORMS && root.ns !== '' && !root.qname.includes(':')) out.set('', root.ns);
  return out;
}

/**
 * Reads a form. Throws XFormError: unreadable, doctype, entity, too-large, too-deep (the XML), not-a-form,
 * path (a control without a node), expression, function, arity, cycle, each with path and line where there is one.
 */
export function parseForm(xml: string, options: ParseOptions = {}): FormDefinition {
  const html = readXml(xml, { ...FORM_LIMITS, ...options.limits });
  const head = find(html, 'head');
  const model = head && find(head, 'model');
  const bodyElement = find(html, 'body');
  const instances = model ? elements(model, 'instance') : [];
  const rootElement = instances[0] && elements(instances[0])[0];
  if (!model || !rootElement) throw new XFormError('not-a-form', 'the document has no model with a primary instance');

  const context: Context = {
    nodes: [],
    byPath: new Map(),
    cache: new Map(),
    warnings: [],
    lineOf: (element) => lineAt(xml, element.at),
  };
  const root = addSchema(context, rootElement, undefined);
  const instanceId = metaNode(context, root, 'instanceID', false);
  const deprecatedId = metaNode(context, root, 'deprecatedID', true);
  if (bodyElement) markRepeats(context, bodyElement);
  for (const element of elements(model, 'bind')) readBind(context, element);
  const body = bodyElement ? readBody(context, elements(bodyElement), root, { next: 1 }) : [];
  const actions = readActions(context, model, bodyElement);
  const { translations, defaultLanguage } = readTranslations(model);

  const internal = new Map<string, XmlElement>();
  const external = new Map<string, string>();
  for (const instance of instances.slice(1)) {
    const id = attribute(instance, 'id') ?? '';
    const src = attribute(instance, 'src');
    const content = elements(instance)[0];
    if (src !== undefined) external.set(id, src);
    else if (content) internal.set(id, content);
  }
  const built: Model = {
    root,
    rootElement,
    nodes: context.nodes,
    byPath: context.byPath,
    body,
    vertices: [],
    actions,
    translations,
    internal,
    external,
    namespaces: namespacesOf(context.nodes),
    instanceId,
    deprecatedId,
    instanceName: context.byPath.get(`${root.path}/meta/instanceName`),
    expressions: context.cache,
  };
  const lines = new Map<NodeDef, number>();
  for (const element of elements(model, 'bind')) {
    const def = resolvePath(context, attribute(element, 'nodeset') ?? '');
    if (def) lines.set(def, element.at);
  }
  const vertices = connect(built, context, (def) => lineAt(xml, lines.get(def) ?? def.control?.at ?? 0));
  const finished: Model = { ...built, vertices };

  const submission = submissionInfo(elements(model, 'submission')[0]);
  if (submission.publicKey !== undefined) {
    context.warnings.push({
      code: 'encryption',
      message: 'the form asks for encryption, which is not supported',
      path: root.path,
    });
  }
  let fields: ReturnType<typeof fieldsOf> | undefined;
  const title = find(html, 'head', 'title');
  return {
    formId: attribute(rootElement, 'id') ?? rootElement.ns,
    version: attribute(rootElement, 'version') ?? '',
    title: title ? textOf(title) : '',
    languages: translations.map((translation) => translation.language),
    defaultLanguage,
    style: (bodyElement ? (attribute(bodyElement, 'class') ?? '') : '').split(/\s+/).filter((word) => word !== ''),
    submission,
    externalInstances: [...external].map(([id, src]) => ({ id, src })),
    entities: context.nodes
      .filter((def) => def.name === 'entity' && def.parent?.name === 'meta')
      .map((def) => ({ dataset: def.attributes.find((item) => item.name === 'dataset')?.value ?? '', path: def.path })),
    warnings: context.warnings,
    model: finished,
    get fields() {
      fields ??= fieldsOf(finished);
      return fields;
    },
  };
}
