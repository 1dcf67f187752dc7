/** The instance as XML: what is sent, or all that was entered. */
import type { LiveNode } from './live.ts';
import type { Model } from './model.ts';
import { escapeAttribute, escapeText, writeXml } from './xml.ts';

function write(node: LiveNode, all: boolean, head: string): string {
  const { qname } = node.def;
  let out = `<${qname}${head}`;
  for (const own of node.liveAttributes) {
    if (all || own.relevant) out += ` ${own.def.qname}="${escapeAttribute(own.text)}"`;
  }
  let inside = node.def.children.length === 0 ? escapeText(node.text) : '';
  for (const child of node.live) if (all || child.relevant) inside += write(child, all, '');
  for (const extra of node.extra ?? []) inside += writeXml(extra);
  return inside === '' ? `${out}/>` : `${out}>${inside}</${qname}>`;
}

/** Writes an instance; `all` keeps what is not relevant. Namespaces stand on the root. */
export function writeInstance(model: Model, root: LiveNode, all: boolean): string {
  let head = '';
  const used = new Map(model.namespaces);
  collectExtra(root, used);
  for (const [prefix, ns] of used) head += ` xmlns${prefix ? `:${prefix}` : ''}="${escapeAttribute(ns)}"`;
  return write(root, all, head);
}

/** Prefixes of unknown elements, whose declarations stood further out in the document that they came from. */
function collectExtra(node: LiveNode, used: Map<string, string>): void {
  for (const extra of node.extra ?? []) {
    const colon = extra.name.indexOf(':');
    const prefix = extra.name.slice(0, Math.max(0, colon));
    if (colon > 0 && extra.ns !== '' && !used.has(prefix)) used.set(prefix, extra.ns);
  }
  for (const child of node.live) collectExtra(child, used);
}

/** File names that the relevant answers of type binary point to, each once. */
export function attachmentNames(root: LiveNode): string[] {
  const out = new Set<string>();
  const visit = (node: LiveNode) => {
    if (!node.relevant) return;
    if (node.def.bind.type === 'binary' && node.text !== '' && !node.text.startsWith('jr://')) out.add(node.text);
    for (const child of node.live) visit(child);
  };
  visit(root);
  return [...out];
}
