/** A small XML tree and its writer: deterministic, and nothing but elements, attributes and text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: (XmlElement | string)[];
}

export type XmlChild = XmlElement | string | undefined;

/** Makes an element; attributes that are undefined are left out, and so are undefined children. */
export function element(
  name: string,
  attributes: Record<string, string | undefined> = {},
  children: readonly XmlChild[] = [],
): XmlElement {
  const given: Record<string, string> = {};
  for (const key in attributes) {
    const value = attributes[key];
    if (value !== undefined) given[key] = value;
  }
  return { name, attributes: given, children: children.filter((child) => child !== undefined) };
}

const TEXT_ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const ATTRIBUTE_ESCAPES: Record<string, string> = {
  ...TEXT_ESCAPES,
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const escapeText = (text: string) => (/[&<>]/.test(text) ? text.replace(/[&<>]/g, (c) => TEXT_ESCAPES[c]!) : text);
const escapeAttribute = (text: string) =>
  /[&<>"\n\r\t]/.test(text) ? text.replace(/[&<>"\n\r\t]/g, (c) => ATTRIBUTE_ESCAPES[c]!) : text;

/** Writes a document with its declaration. */
export function writeXml(root: XmlElement): string {
  const pieces: string[] = ['<?xml version="1.0"?>'];
  write(root, pieces);
  return pieces.join('');
}

function write(node: XmlElement, pieces: string[]): void {
  pieces.push('<', node.name);
  for (const key in node.attributes) pieces.push(' ', key, '="', escapeAttribute(node.attributes[key]!), '"');
  if (node.children.length === 0) {
    pieces.push('/>');
    return;
  }
  pieces.push('>');
  for (const child of node.children) {
    if (typeof child === 'string') pieces.push(escapeText(child));
    else write(child, pieces);
  }
  pieces.push('</', node.name, '>');
}
