/** An open form. */
import { choiceValues } from './choices.ts';
import {
  abandon,
  addInstances,
  dispatch,
  eachBelow,
  type Machine,
  mark,
  markAll,
  removeInstances,
  settle,
  store,
} from './compute.ts';
import { dateText, dateTimeText, deviceZone } from './dates.ts';
import { XFormError } from './error.ts';
import { buildInstance, buildNode, eachNode, type LiveNode, refOf, seedFor } from './live.ts';
import { expressionAt, type Model, type NodeDef } from './model.ts';
import { cryptoRandom, cryptoUuid } from './random.ts';
import { secondaryInstances } from './secondary.ts';
import { attachmentNames, writeInstance } from './serialize.ts';
import { findLanguage, itextReader, showText } from './texts.ts';
import type { TreeNode } from './tree.ts';
import type { Form, FormDefinition, FormNode, GroupNode, Issue, OpenOptions } from './types.ts';
import { toText } from './values.ts';
import { ControlView, eachView, GroupView, RepeatView, type Stage, type View } from './views.ts';
import { INSTANCE_LIMITS, readXml, type XmlElement } from './xml.ts';
import { type Environment, evaluateCode } from './xpath-run.ts';

/** The engine's own side of a definition. */
export function modelOf(definition: FormDefinition): Model {
  return definition.model as Model;
}

const PROPERTIES: Readonly<Record<string, keyof NonNullable<OpenOptions['context']>>> = {
  deviceid: 'deviceID',
  username: 'username',
  email: 'email',
  phonenumber: 'phoneNumber',
  simserial: 'simSerial',
  subscriberid: 'subscriberID',
};

/** A property of the device by any of the spellings that forms use (`phone number`, `phonenumber`, `deviceID`, …). */
function property(options: OpenOptions, name: string): string {
  const key = PROPERTIES[name.toLowerCase().replace(/[ _-]/g, '')];
  return (key && options.context?.[key]) ?? '';
}

/** The live node of a ref, and how the ref ended: at a node, at the list of a repeat, or at an unbound group. */
function locate(root: LiveNode, ref: string): { node: LiveNode; repeat?: NodeDef; group?: number } | undefined {
  const parts = ref.split('/').slice(1);
  if (!ref.startsWith('/') || parts.shift() !== root.name) return undefined;
  let node = root;
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part.startsWith('#')) return last ? { node, group: Number(part.slice(1)) } : undefined;
    if (part.startsWith('@')) {
      const own = node.liveAttributes.find((item) => item.name === part.slice(1));
      return last && own ? { node: own } : undefined;
    }
    const bracket = part.indexOf('[');
    const name = bracket < 0 ? part : part.slice(0, bracket);
    const def = node.def.byName.get(name);
    if (!def) return undefined;
    if (def.isRepeat && bracket < 0 && last) return { node, repeat: def };
    const position = bracket < 0 ? 1 : Number(part.slice(bracket + 1, -1));
    const next = node.named(name)[position - 1] as LiveNode | undefined;
    if (!next) return undefined;
    node = next;
  }
  return { node };
}

interface Opened {
  readonly machine: Machine;
  readonly environment: { language: string };
  readonly missing: readonly string[];
  readonly itext: ReturnType<typeof itextReader>;
}

/** Sets up an instance and all that its expressions need. Nothing is computed yet. */
export function setUp(
  definition: FormDefinition,
  source: XmlElement,
  options: OpenOptions,
  origin: 'form' | 'saved' | 'sent',
): Opened {
  const model = modelOf(definition);
  const { document, root } = buildInstance(model.root, source, origin);
  const secondary = secondaryInstances(model, options.resources);
  const itext = itextReader(model, definition.defaultLanguage);
  const wanted = options.language === undefined ? undefined : findLanguage(definition.languages, options.language);
  const now = options.now ?? (() => new Date());
  const environment: Environment & { language: string } = {
    zone: options.utcOffset ?? deviceZone,
    language: wanted ?? definition.defaultLanguage,
    version: definition.version,
    now: () => now().getTime(),
    uuid: options.uuid ?? cryptoUuid,
    random: options.random ?? cryptoRandom,
    instance: (id: string) => (id === '' || id === definition.formId ? document : secondary.get(id)),
    property: (name: string) => property(options, name),
    seed: (node: TreeNode) => seedFor(instanceIdOf(), node),
    itext: (id: string, node: TreeNode) => showText({ id }, model, itext, environment, node, model.root.scope).text,
    choiceName: (value: string, path: string, node: TreeNode) => choiceName(value, path, node),
  };

  const instanceIdOf = () => findText(root, model.instanceId);
  const choiceName = (value: string, path: string, from: TreeNode): string => {
    const live = from as LiveNode;
    const scope = live.def ? live.def.scope : model.root.scope;
    // The path may come from an answer: kept nowhere, or answers would fill the definition.
    const found = evaluateCode(expressionAt(new Map(), path, scope).code, environment, from);
    const target = typeof found === 'object' ? (found[0] as LiveNode | undefined) : undefined;
    const control = target?.def?.control;
    if (!target || !control) return '';
    const view = new ControlView(stage, 'control', target, control, undefined);
    return view.choices.find((choice) => choice.value === value)?.label ?? '';
  };

  const machine: Machine = {
    model,
    env: environment,
    document,
    root,
    calculates: origin !== 'sent',
    changed: new Set(),
    misses: () => secondary.misses,
    restoring: origin === 'saved',
    ready: false,
    dirty: [],
    queue: [],
    events: [],
    marked: new Map(),
    touched: new Map(),
    allowance: { fuel: 0 },
    added: 0,
    dropUnoffered(node) {
      const { control } = node.def;
      if (!control) return node.text;
      const before = secondary.misses;
      const offered = choiceValues(control, model, environment, node);
      if (secondary.misses > before) return node.text;
      const given = control.control === 'select1' ? [node.text] : node.text.split(/\s+/);
      return given.filter((value) => offered.has(value)).join(' ');
    },
    device(action, node) {
      if (action.kind !== 'setvalue')
        options.onAction?.({ kind: action.kind, ref: refOf(node), parameters: action.parameters });
    },
    preload(node) {
      const value = preloaded(node, environment, options);
      if (value !== undefined) node.text = value;
    },
  };
  const stage: Stage = { machine, itext, epoch: 0, nextId: () => 0 };
  return { machine, environment, missing: secondary.missing, itext };
}

/** What the metadata of a new record is; undefined for a node without. */
function preloaded(node: LiveNode, env: Environment, options: OpenOptions): string | undefined {
  const { preload, preloadParams } = node.def.bind;
  switch (preload) {
    case 'uid':
      return `uuid:${env.uuid()}`;
    case 'timestamp':
      return preloadParams === 'start' ? dateTimeText(env.now(), env.zone) : undefined;
    case 'date':
      return preloadParams === 'today' ? dateText(env.now(), env.zone) : undefined;
    case 'property':
      return property(options, preloadParams);
    default:
      return undefined;
  }
}

/** Text of the first node of a definition; '' when there is none. */
export function findText(root: LiveNode, def: NodeDef | undefined): string {
  let text = '';
  if (def) {
    eachNode(def, root.def, root, (node) => {
      text ||= node.text;
    });
  }
  return text;
}

function setText(machine: Machine, def: NodeDef, text: string): void {
  eachNode(def, undefined, machine.document, (node) => {
    node.text = text;
  });
}

/** Makes a record new: gives it its metadata and identity. */
function begin(machine: Machine): void {
  eachBelow(machine.root, (node) => machine.preload(node));
  if (findText(machine.root, machine.model.instanceId) === '') {
    setText(machine, machine.model.instanceId, `uuid:${machine.env.uuid()}`);
  }
}

/** Turns a sent record into its next version. */
function revise(machine: Machine): void {
  const { instanceId, deprecatedId } = machine.model;
  const before = findText(machine.root, instanceId);
  if (before !== '') {
    eachNode(deprecatedId.parent!, undefined, machine.document, (meta) => {
      if (meta.named(deprecatedId.name).length === 0) {
        meta.children.push(buildNode(deprecatedId, undefined, meta, 'form'));
        meta.childrenChanged();
      }
    });
    setText(machine, deprecatedId, before);
  }
  setText(machine, instanceId, `uuid:${machine.env.uuid()}`);
}

/**
 * Opens a form: a new record, a draft, or a sent record for editing.
 * Throws XFormError: the reader's codes and `not-an-instance` for `instanceXml`, `evaluation`, `too-much-work`, `cycle`.
 */
export function openForm(definition: FormDefinition, options: OpenOptions = {}): Form {
  const model = modelOf(definition);
  const given =
    options.instanceXml === undefined
      ? undefined
      : readXml(options.instanceXml, { ...INSTANCE_LIMITS, ...options.limits });
  if (given && given.local !== model.root.name) {
    throw new XFormError('not-an-instance', `the instance is a <${given.name}>, the form's is a <${model.root.qname}>`);
  }
  const { machine, environment, missing, itext } = setUp(
    definition,
    given ?? model.rootElement,
    options,
    given ? 'saved' : 'form',
  );
  if (!given) begin(machine);
  else if (options.edit) revise(machine);
  markAll(machine, machine.root);
  settle(machine);
  machine.restoring = false;
  if (!given) dispatch(machine, 'odk-instance-first-load');
  if (!given) dispatch(machine, 'xforms-ready');
  dispatch(machine, 'odk-instance-load');
  machine.changed.clear();
  machine.ready = true;

  let ids = 0;
  let epoch = 0;
  const stage: Stage = {
    machine,
    itext,
    get epoch() {
      return epoch;
    },
    nextId: () => ++ids,
  };
  const root = new GroupView(stage, 'group', machine.root, undefined, undefined);
  const listeners = new Set<(changed: readonly string[]) => void>();

  const tell = (refs?: string[]) => {
    const changed = refs ?? [...machine.changed].filter((node) => node.attached).map(refOf);
    machine.changed.clear();
    if (changed.length > 0) for (const listener of [...listeners]) listener(changed);
  };
  /** Computes what follows from a change and tells of it. */
  const change = (make: () => void) => {
    try {
      make();
      settle(machine);
    } catch (error) {
      abandon(machine);
      throw error;
    } finally {
      if (listeners.size > 0) tell();
      else machine.changed.clear();
    }
  };
  const find = (ref: string) => {
    const found = locate(machine.root, ref);
    if (!found) throw new XFormError('ref', `there is no ${ref}`, { path: ref });
    return found;
  };
  const viewAt = (ref: string): View | undefined => {
    const found = locate(machine.root, ref);
    if (!found) return undefined;
    if (found.node === machine.root && found.repeat === undefined && found.group === undefined) return root;
    const around = new Set<TreeNode>();
    for (let at: LiveNode | undefined = found.node; at; at = at.up) around.add(at);
    let hit: View | undefined;
    eachView(root, (view) => {
      if (hit) return false;
      const isRepeat = view instanceof RepeatView;
      if (found.repeat) {
        if (isRepeat && view.node === found.node && view.def === found.repeat) hit = view;
      } else if (found.group !== undefined) {
        if (view.node === found.node && view.body?.index === found.group) hit = view;
      } else if (!isRepeat && view.node === found.node && view.name !== '') hit = view;
      return !hit && around.has(view.node);
    });
    return hit;
  };

  return {
    definition,
    root: root as unknown as GroupNode,
    get language() {
      return environment.language;
    },
    languages: definition.languages,
    get instanceId() {
      return findText(machine.root, model.instanceId);
    },
    get instanceName() {
      return findText(machine.root, model.instanceName);
    },
    missingResources: missing,
    get: (ref) => viewAt(ref) as unknown as FormNode | undefined,
    setValue(ref, value) {
      const { node, repeat, group } = find(ref);
      if (repeat || group !== undefined || node.def.children.length > 0)
        throw new XFormError('ref', `${ref} is not a question`, { path: ref });
      const { def } = node;
      const locked = def.control
        ? new ControlView(stage, 'control', node, def.control, undefined).readonly
        : def.calculate !== undefined;
      if (locked) throw new XFormError('readonly', `${ref} may not be changed`, { path: ref });
      change(() => store(machine, node, value));
    },
    addRepeat(ref, position) {
      const found = find(ref);
      const def = found.repeat ?? (found.node.def.isRepeat ? found.node.def : undefined);
      const parent = found.repeat ? found.node : found.node.up;
      const body = def?.repeatBody;
      if (!def || !parent || !body || body.count || body.fixed) {
        throw new XFormError('repeat', `nothing can be added at ${ref}`, { path: ref });
      }
      const { length } = parent.named(def.name);
      const at = Math.min(Math.max(1, position ?? length + 1), length + 1);
      let added: LiveNode | undefined;
      change(() => {
        [added] = addInstances(machine, def, parent, at, 1);
      });
      return refOf(added!);
    },
    removeRepeat(ref) {
      const { node, repeat } = find(ref);
      const body = node.def.repeatBody;
      if (repeat || !node.def.isRepeat || !body || body.count || body.fixed) {
        throw new XFormError('repeat', `nothing can be removed at ${ref}`, { path: ref });
      }
      const parent = node.up!;
      const position = parent.named(node.name).indexOf(node) + 1;
      change(() => removeInstances(machine, node.def, parent, position, 1));
    },
    setLanguage(language) {
      const wanted = findLanguage(definition.languages, language);
      if (wanted === undefined) throw new XFormError('language', `the form does not speak ${language}`);
      if (wanted === environment.language) return;
      environment.language = wanted;
      epoch++;
      for (const vertex of model.vertices) {
        if (vertex.usesLanguage)
          eachNode(vertex.def, undefined, machine.document, (node) => mark(machine, vertex, node));
      }
      settle(machine);
      tell(['*']);
    },
    validate() {
      const issues: Issue[] = [];
      eachView(root, (view) => {
        if (!view.relevant) return false;
        const issue = view instanceof ControlView ? view.issue : undefined;
        if (issue) issues.push(issue);
        return true;
      });
      return issues;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    finish() {
      change(() =>
        eachBelow(machine.root, (node) => {
          const { preload, preloadParams } = node.def.bind;
          if (preload === 'timestamp' && preloadParams === 'end') {
            store(machine, node, dateTimeText(machine.env.now(), machine.env.zone));
          }
        }),
      );
    },
    serialize: () => writeInstance(model, machine.root, false),
    attachments: () => attachmentNames(machine.root),
    draft: () => writeInstance(model, machine.root, true),
    evaluate(expression, ref) {
      const node = ref === undefined ? machine.root : find(ref).node;
      return toText(evaluateCode(expressionAt(new Map(), expression, node.def.scope).code, machine.env, node));
    },
  };
}
