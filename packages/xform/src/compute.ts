/** Keeps an instance true to its form: what depends on a change is computed anew, once, in the right order. */
import { XFormError } from './error.ts';
import { buildNode, climb, eachNode, type LiveNode, placeFor } from './live.ts';
import type { Action, Edge, Model, NodeDef, Vertex } from './model.ts';
import type { TreeNode } from './tree.ts';
import { castTo } from './types-of-values.ts';
import { toBoolean, toNumber, type Value } from './values.ts';
import { type Allowance, type Environment, evaluateCode } from './xpath-run.ts';

const MAX_INSTANCES = 5_000;
/** Nodes that repeats may add to an instance in all: lists inside lists multiply. */
const MAX_ADDED = 200_000;
/** How often one thing may be computed within one change before its circle is called endless. */
const MAX_ROUNDS = 10_000;
const MAX_EVENTS = 1_000;
/** Nodes that all that follows from one change may visit: about a second's work on a desktop. */
const MAX_VISITS = 4_000_000;

export interface Machine {
  readonly model: Model;
  readonly env: Environment;
  readonly document: TreeNode;
  readonly root: LiveNode;
  /** False while only relevance is wanted (checking what was sent): values stay as they are. */
  readonly calculates: boolean;
  /** Nodes that may show something else since the last look. */
  readonly changed: Set<LiveNode>;
  /** Counts lists that were asked for and are not there. */
  misses(): number;
  /** True while a saved instance is opened: what was random or of that moment stays. */
  restoring: boolean;
  /** False until the form is open: opening is no event. */
  ready: boolean;
  readonly dirty: (Set<LiveNode> | undefined)[];
  readonly queue: number[];
  readonly events: LiveNode[];
  /** What was asked for as a whole under a node, until it is computed. */
  readonly marked: Map<object, Set<TreeNode>>;
  /** The same of what is shown, until all is computed. */
  readonly touched: Map<object, Set<TreeNode>>;
  /** Work that may still be done for the change at hand. */
  readonly allowance: Allowance;
  /** Nodes that repeats have added. */
  added: number;
  /** Values of a select that are no longer offered. */
  dropUnoffered(node: LiveNode): string;
  device(action: Action, node: LiveNode): void;
  /** Fills the metadata of a new node. */
  preload(node: LiveNode): void;
}

function push(machine: Machine, order: number): void {
  const { queue } = machine;
  let i = queue.length;
  queue.push(order);
  while (i > 0) {
    const up = (i - 1) >> 1;
    if (queue[up]! <= order) break;
    queue[i] = queue[up]!;
    i = up;
  }
  queue[i] = order;
}

function pop(machine: Machine): number | undefined {
  const { queue } = machine;
  const first = queue[0];
  const last = queue.pop();
  if (first === undefined || last === undefined || queue.length === 0) return first;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= queue.length) break;
    if (child + 1 < queue.length && queue[child + 1]! < queue[child]!) child++;
    if (queue[child]! >= last) break;
    queue[i] = queue[child]!;
    i = child;
  }
  queue[i] = last;
  return first;
}

/** Asks for a vertex to be computed for one node. */
export function mark(machine: Machine, vertex: Vertex, node: LiveNode): void {
  const waiting = machine.dirty[vertex.order];
  if (waiting) waiting.add(node);
  else {
    machine.dirty[vertex.order] = new Set([node]);
    push(machine, vertex.order);
  }
}

/** True the first time that an edge is followed from under a node: a thousand rows that change ask for their sum once. */
function isFirst(done: Map<object, Set<TreeNode>>, key: object, under: TreeNode): boolean {
  const seen = done.get(key);
  if (!seen) done.set(key, new Set([under]));
  else if (seen.has(under)) return false;
  else seen.add(under);
  return true;
}

function follow(machine: Machine, edges: readonly Edge<Vertex>[], node: LiveNode): void {
  for (const { to, pin } of edges) {
    const under = climb(node, pin);
    if (under && isFirst(machine.marked, to, under))
      eachNode(to.def, pin, under, (target) => mark(machine, to, target));
  }
}

function followViews(machine: Machine, edges: readonly Edge<NodeDef>[], node: LiveNode): void {
  for (const edge of edges) {
    const under = climb(node, edge.pin);
    if (under && isFirst(machine.touched, edge, under))
      eachNode(edge.to, edge.pin, under, (target) => touch(machine, target));
  }
}

/** Something shown at this node may differ. */
export function touch(machine: Machine, node: LiveNode): void {
  node.epoch++;
  machine.changed.add(node);
}

/** The value of a node has become another. */
function valueChanged(machine: Machine, node: LiveNode): void {
  touch(machine, node);
  follow(machine, node.def.edges, node);
  followViews(machine, node.def.viewEdges, node);
  if (machine.ready && node.def.valueChanged.length > 0) machine.events.push(node);
}

/** Stores a value and asks for what depends on it; true when it differs from before. */
export function store(machine: Machine, node: LiveNode, value: string): boolean {
  if (node.text === value) return false;
  node.text = value;
  valueChanged(machine, node);
  return true;
}

function structureChanged(machine: Machine, repeat: NodeDef, parent: LiveNode): void {
  touch(machine, parent);
  for (const child of parent.named(repeat.name)) touch(machine, child as LiveNode);
  follow(machine, repeat.structure, parent);
  followViews(machine, repeat.viewStructure, parent);
}

/** Brings effective relevance in line below a node, and asks for what that changes. */
function refreshRelevance(machine: Machine, node: LiveNode): void {
  const relevant = node.own && (node.up?.relevant ?? true);
  if (relevant === node.relevant) return;
  node.relevant = relevant;
  touch(machine, node);
  const { def } = node;
  follow(machine, def.edges, node);
  followViews(machine, def.viewEdges, node);
  if (def.isRepeat && node.up) {
    follow(machine, def.structure, node.up);
    followViews(machine, def.viewStructure, node.up);
  }
  if (relevant && def.calculate) mark(machine, def.calculate, node);
  for (const child of node.live) refreshRelevance(machine, child);
  for (const own of node.liveAttributes) refreshRelevance(machine, own);
}

function evaluate(machine: Machine, vertex: Vertex, node: LiveNode): Value {
  return evaluateCode(vertex.expression.code, machine.env, node, machine.allowance);
}

function calculate(machine: Machine, vertex: Vertex, node: LiveNode): void {
  if (!machine.calculates || !node.relevant) return;
  const kept = machine.restoring && node.text !== '';
  if (kept && vertex.volatile) return;
  const before = machine.misses();
  const value = castTo(node.def.bind.type, evaluate(machine, vertex, node), machine.env.zone);
  // A saved answer is not wiped because the file that it was computed from is not on this device.
  if (kept && machine.misses() > before) return;
  store(machine, node, value);
}

function compute(machine: Machine, vertex: Vertex, node: LiveNode): void {
  switch (vertex.kind) {
    case 'relevant': {
      const before = machine.misses();
      const own = toBoolean(evaluate(machine, vertex, node));
      if (!machine.calculates && machine.misses() > before) return;
      if (own !== node.own) {
        node.own = own;
        refreshRelevance(machine, node);
      }
      return;
    }
    case 'calculate':
      calculate(machine, vertex, node);
      return;
    case 'count':
      if (machine.calculates) {
        const wanted = toNumber(evaluate(machine, vertex, node), machine.env.zone);
        // An emptied count is no reason to throw away what was entered.
        if (!Number.isNaN(wanted)) resize(machine, vertex.repeat!, node, Math.trunc(wanted));
        else if (!machine.ready && !machine.restoring) resize(machine, vertex.repeat!, node, 0);
      }
      return;
    case 'filter':
      touch(machine, node);
      if (machine.ready && node.text !== '') store(machine, node, machine.dropUnoffered(node));
  }
}

/** Computes all that waits. Throws XFormError `cycle` when it does not come to rest. */
export function settle(machine: Machine): void {
  let rounds = 0;
  let events = 0;
  machine.allowance.fuel = MAX_VISITS;
  for (;;) {
    let computed = 0;
    for (let order = pop(machine); order !== undefined; order = pop(machine)) {
      const nodes = machine.dirty[order]!;
      machine.dirty[order] = undefined;
      const vertex = machine.model.vertices[order]!;
      machine.marked.delete(vertex);
      computed++;
      if (++rounds > MAX_ROUNDS + 20 * machine.model.vertices.length) {
        throw new XFormError('cycle', 'the calculations of the form do not come to rest', { path: vertex.def.path });
      }
      for (const node of nodes) if (node.parent) compute(machine, vertex, node);
    }
    const node = machine.events.shift();
    if (!node) {
      if (computed > 0) continue;
      machine.touched.clear();
      return;
    }
    if (++events > MAX_EVENTS)
      throw new XFormError('cycle', 'the actions of the form do not come to rest', { path: node.def.path });
    for (const action of node.def.valueChanged) runAction(machine, action, node);
  }
}

/** Forgets what waits, after an error. */
export function abandon(machine: Machine): void {
  machine.queue.length = 0;
  machine.dirty.length = 0;
  machine.events.length = 0;
  machine.marked.clear();
  machine.touched.clear();
}

/** Does an action for all of its targets that share the repeat instances of `near`. */
export function runAction(machine: Machine, action: Action, near: LiveNode): void {
  let shared: LiveNode | undefined = near;
  while (shared && !(shared.def.isRepeat && `${action.target.path}/`.startsWith(`${shared.def.path}/`)))
    shared = shared.up;
  eachNode(action.target, shared?.def, shared ?? machine.document, (node) => {
    if (action.kind !== 'setvalue') {
      machine.device(action, node);
      return;
    }
    const { value } = action;
    const result = typeof value === 'string' ? value : evaluateCode(value.code, machine.env, node);
    store(machine, node, castTo(node.def.bind.type, result, machine.env.zone));
  });
}

/** Runs the actions of a moment in the life of the form, each with all that follows from it. */
export function dispatch(machine: Machine, event: string): void {
  for (const action of machine.model.actions) {
    if (!action.events.includes(event)) continue;
    runAction(machine, action, machine.root);
    settle(machine);
  }
}

/** Visits a node, its attributes and all below it. */
export function eachBelow(node: LiveNode, visit: (node: LiveNode) => void): void {
  visit(node);
  for (const own of node.liveAttributes) visit(own);
  for (const child of node.live) eachBelow(child, visit);
}

/** Asks for everything to be computed in a part of the instance. */
export function markAll(machine: Machine, node: LiveNode): void {
  eachBelow(node, (at) => {
    const { relevant, calculate, children } = at.def;
    if (relevant) mark(machine, relevant, at);
    if (calculate) mark(machine, calculate, at);
    for (const child of children) if (child.count) mark(machine, child.count, at);
  });
}

/** Adds instances of a repeat from a 1-based position on. Their actions run before anything is computed. */
export function addInstances(
  machine: Machine,
  repeat: NodeDef,
  parent: LiveNode,
  position: number,
  count: number,
): LiveNode[] {
  const { length } = parent.named(repeat.name);
  if (length + count > MAX_INSTANCES) {
    throw new XFormError('repeat', `more than ${MAX_INSTANCES} instances of ${repeat.path}`, { path: repeat.path });
  }
  const added: LiveNode[] = [];
  for (let i = 0; i < count; i++) {
    const node = buildNode(repeat, repeat.template, parent, 'form');
    eachBelow(node, (at) => {
      if (++machine.added > MAX_ADDED)
        throw new XFormError('repeat', `the repeats of the form make more than ${MAX_ADDED} nodes`);
      at.relevant = parent.relevant;
    });
    added.push(node);
  }
  parent.children.splice(placeFor(parent, repeat, position), 0, ...added);
  parent.childrenChanged();
  // Defaults of a new row are no event, as those of a new record are none.
  const { ready } = machine;
  machine.ready = false;
  for (const node of added) {
    eachBelow(node, (at) => machine.preload(at));
    eachBelow(node, (at) => {
      for (const action of at.def.newRepeat) runAction(machine, action, at);
    });
    markAll(machine, node);
  }
  machine.ready = ready;
  structureChanged(machine, repeat, parent);
  return added;
}

/** Takes instances out, from a 1-based position on. */
export function removeInstances(
  machine: Machine,
  repeat: NodeDef,
  parent: LiveNode,
  position: number,
  count: number,
): void {
  const gone = parent.named(repeat.name).slice(position - 1, position - 1 + count);
  if (gone.length === 0) return;
  parent.children.splice(parent.children.indexOf(gone[0]!), gone.length);
  parent.childrenChanged();
  for (const node of gone) {
    node.parent = undefined;
    eachBelow(node as LiveNode, () => {
      machine.added--;
    });
  }
  structureChanged(machine, repeat, parent);
}

function resize(machine: Machine, repeat: NodeDef, parent: LiveNode, wanted: number): void {
  const target = Math.max(0, Math.min(MAX_INSTANCES, wanted));
  const { length } = parent.named(repeat.name);
  if (length < target) addInstances(machine, repeat, parent, length + 1, target - length);
  else if (length > target) removeInstances(machine, repeat, parent, target + 1, length - target);
}
