/** The instance that is being filled: nodes with a definition, made from the form's own instance or from a saved one. */

import type { NodeDef } from './model.ts';
import { hashOf } from './random.ts';
import { ATTRIBUTE, DOCUMENT, ELEMENT, isTemplate, TreeNode } from './tree.ts';
import { attribute, elements, textOf, type XmlElement } from './xml.ts';

export class LiveNode extends TreeNode {
  readonly def: NodeDef;
  /** Own relevance, without that of the nodes around it. */
  own = true;
  /** Counts up whenever something shown at this node may differ. */
  epoch = 0;
  /** Elements of a loaded instance that the form does not know: written back as they came. */
  extra: XmlElement[] | undefined;
  /** What is shown of this node, by the number of the body element. */
  views: Map<number, unknown> | undefined;

  constructor(def: NodeDef, parent: TreeNode | undefined, text: string) {
    super(def.kind, def.name, parent, text);
    this.def = def;
    this.lookups = null;
  }

  get live(): readonly LiveNode[] {
    return this.children as LiveNode[];
  }

  get liveAttributes(): readonly LiveNode[] {
    return this.attributes as LiveNode[];
  }

  get up(): LiveNode | undefined {
    return this.parent instanceof LiveNode ? this.parent : undefined;
  }

  /** True as long as the node is part of the instance. */
  get attached(): boolean {
    let at: TreeNode = this;
    while (at.parent) {
      if (at.kind !== ATTRIBUTE && !at.parent.children.includes(at)) return false;
      at = at.parent;
    }
    return at.kind === DOCUMENT;
  }
}

/** How the source of a node is read: as the form's own, as something saved, or as something sent (nothing is filled in). */
export type Origin = 'form' | 'saved' | 'sent';

function byName(element: XmlElement, origin: Origin): Map<string, XmlElement[]> {
  const out = new Map<string, XmlElement[]>();
  for (const child of elements(element)) {
    if (origin === 'form' && isTemplate(child)) continue;
    const same = out.get(child.local);
    if (same) same.push(child);
    else out.set(child.local, [child]);
  }
  return out;
}

/** Makes the node of a definition from an element, or empty of one that is not there. Does not attach it. */
export function buildNode(
  def: NodeDef,
  source: XmlElement | undefined,
  parent: TreeNode | undefined,
  origin: Origin,
): LiveNode {
  const isLeaf = def.children.length === 0;
  const fallback = origin === 'sent' ? '' : def.value;
  const node = new LiveNode(def, parent, isLeaf ? (source ? textOf(source) : fallback) : '');
  if (def.attributes.length) {
    node.attributes = def.attributes.map((own) => {
      const given = source && attribute(source, own.name);
      return new LiveNode(own, node, given ?? (origin === 'sent' ? '' : own.value));
    });
  }
  if (isLeaf && (origin === 'form' || !source)) return node;
  const parts: Map<string, XmlElement[]> = source ? byName(source, origin) : new Map();
  for (const child of def.children) {
    const given = parts.get(child.name);
    parts.delete(child.name);
    if (child.isRepeat) for (const item of given ?? []) node.children.push(buildNode(child, item, node, origin));
    else if (given || !child.optional) node.children.push(buildNode(child, given?.[0], node, origin));
  }
  if (origin !== 'form' && parts.size > 0) node.extra = [...parts.values()].flat();
  return node;
}

/** The whole instance under its document node. */
export function buildInstance(
  root: NodeDef,
  source: XmlElement,
  origin: Origin,
): { document: TreeNode; root: LiveNode } {
  const document = new TreeNode(DOCUMENT, '', undefined);
  document.lookups = null;
  const node = buildNode(root, source, document, origin);
  document.children.push(node);
  return { document, root: node };
}

/** Where an instance of a repeat goes among its parent's children. `position` counts from 1. */
export function placeFor(parent: LiveNode, def: NodeDef, position: number): number {
  const instances = parent.named(def.name);
  const before = instances[position - 2];
  if (before) return parent.children.indexOf(before) + 1;
  if (instances[0]) return parent.children.indexOf(instances[0]);
  const later = parent.live.findIndex((child) => child.def.index > def.index);
  return later < 0 ? parent.children.length : later;
}

/** The path of a node with the positions of its repeat instances. */
export function refOf(node: LiveNode): string {
  const up = node.up;
  const own = node.kind === ATTRIBUTE ? `@${node.name}` : node.name;
  const head = `${up ? refOf(up) : ''}/${own}`;
  return node.def.isRepeat && up ? `${head}[${up.named(node.name).indexOf(node) + 1}]` : head;
}

/** Visits the nodes of a definition under an ancestor (whose definition is `from`; undefined: the document). */
export function eachNode(
  def: NodeDef,
  from: NodeDef | undefined,
  under: TreeNode,
  visit: (node: LiveNode) => void,
): void {
  if (def === from) {
    visit(under as LiveNode);
    return;
  }
  const chain: NodeDef[] = [];
  for (let at: NodeDef | undefined = def; at && at !== from; at = at.parent) chain.push(at);
  const walk = (node: TreeNode, at: number) => {
    const next = chain[at];
    if (!next) visit(node as LiveNode);
    else if (next.kind === ELEMENT) for (const child of node.named(next.name)) walk(child, at - 1);
    else for (const own of node.attributes) if (own.name === next.name) walk(own, at - 1);
  };
  walk(under, chain.length - 1);
}

/** The ancestor-or-self with this definition; the document when it is undefined. */
export function climb(node: LiveNode, to: NodeDef | undefined): TreeNode | undefined {
  let at: TreeNode | undefined = node;
  while (at && (to ? (at as LiveNode).def !== to : at.parent !== undefined)) at = at.parent;
  return at;
}

/** A seed that belongs to a node of one instance, for shuffles that nobody gave one. */
export function seedFor(instanceId: string, node: TreeNode): number {
  return hashOf(`${instanceId}${node instanceof LiveNode ? refOf(node) : ''}`);
}
