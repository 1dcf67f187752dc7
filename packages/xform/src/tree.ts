/**
 * The tree that XPath walks: of the instance being filled and of secondary instances alike.
 * Names are local names; a form's expressions never need to tell two namespaces apart.
 */
import { attribute, type XmlElement } from './xml.ts';

/** Kinds of tree nodes. */
export const DOCUMENT = 9;
export const ELEMENT = 1;
export const ATTRIBUTE = 2;
export const TEXT = 3;

const NONE: TreeNode[] = [];
/** From this many children on, a lookup by name goes through a table. */
const INDEX_FROM = 8;

export class TreeNode {
  readonly kind: number;
  readonly name: string;
  parent: TreeNode | undefined;
  readonly children: TreeNode[] = [];
  attributes: TreeNode[] = NONE;
  /** Own text: of a leaf or attribute its value. */
  text: string;
  /** Effective relevance. Secondary instances are always relevant. */
  relevant = true;
  private table: Map<string, TreeNode[]> | undefined;
  /** Tables value → items, by the name of the items and of their child; null for trees that change. */
  lookups: Map<string, Map<string, TreeNode[]>> | undefined | null;

  constructor(kind: number, name: string, parent: TreeNode | undefined, text = '') {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.text = text;
  }

  /** Children of one name, in order. The array belongs to the node: do not change it. */
  named(name: string): readonly TreeNode[] {
    const { children } = this;
    if (children.length < INDEX_FROM) {
      const only = children.length === 1 ? children[0]! : undefined;
      if (only) return only.name === name ? children : NONE;
      return children.filter((child) => child.name === name);
    }
    if (!this.table) {
      this.table = new Map();
      for (const child of children) {
        const same = this.table.get(child.name);
        if (same) same.push(child);
        else this.table.set(child.name, [child]);
      }
    }
    return this.table.get(name) ?? NONE;
  }

  /** To be called when children come, go or move. */
  childrenChanged(): void {
    this.table = undefined;
  }

  /** XPath's string-value; '' for what is not relevant. */
  get string(): string {
    if (!this.relevant) return '';
    if (this.children.length === 0) return this.text;
    let out = this.text;
    for (const child of this.children) out += child.string;
    return out;
  }

  get document(): TreeNode {
    let node: TreeNode = this;
    while (node.parent) node = node.parent;
    return node;
  }
}

/** A read-only tree of an XML element under a document node. Text beside elements is joined; blank text there is dropped. */
export function treeOf(root: XmlElement): TreeNode {
  const document = new TreeNode(DOCUMENT, '', undefined);
  const add = (element: XmlElement, parent: TreeNode) => {
    const node = new TreeNode(ELEMENT, element.local, parent);
    parent.children.push(node);
    if (element.attributes.length) {
      node.attributes = element.attributes.map((item) => new TreeNode(ATTRIBUTE, item.local, node, item.value));
    }
    let text = '';
    let nested = false;
    for (const child of element.children) {
      if (typeof child === 'string') text += child;
      else {
        nested = true;
        add(child, node);
      }
    }
    node.text = nested && text.trim() === '' ? '' : text;
  };
  add(root, document);
  return document;
}

/** True for the template of a repeat, which is no part of the answers. */
export function isTemplate(element: XmlElement): boolean {
  return attribute(element, 'template', 'http://openrosa.org/javarosa') !== undefined;
}

/** Negative when `a` stands before `b` in the document. */
export function compareOrder(a: TreeNode, b: TreeNode): number {
  if (a === b) return 0;
  const pathA = lineage(a);
  const pathB = lineage(b);
  let i = 0;
  while (i < pathA.length && i < pathB.length && pathA[i] === pathB[i]) i++;
  const nextA = pathA[i];
  const nextB = pathB[i];
  if (!nextA) return -1;
  if (!nextB) return 1;
  const parent = nextA.parent;
  if (!parent || parent !== nextB.parent) return 0;
  return rank(parent, nextA) - rank(parent, nextB);
}

function rank(parent: TreeNode, child: TreeNode): number {
  return child.kind === ATTRIBUTE ? parent.attributes.indexOf(child) - 1e9 : parent.children.indexOf(child);
}

function lineage(node: TreeNode): TreeNode[] {
  const out: TreeNode[] = [];
  for (let at: TreeNode | undefined = node; at; at = at.parent) out.push(at);
  return out.reverse();
}
