/** A small XML tree and its writer: deterministic, and nothing but elements, attributes and text. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

export type XmlChild = XmlElement | string | undefined;

const NOTHING: readonly XmlChild[] = [];

/** Makes an element; attributes that are undefined are left out, and so are undefined children. */
export function element(
  name: string,
  attributes: Record<string, string | undefined> = {},
  children: readonly XmlChild[] = NOTHING,
): XmlElement {
  // The tree of a large form has a hundred thousand elements, so nothing is copied that is whole already.
  let whole = true;
  for (const key in attributes) if (attributes[key] === undefined) whole = false;
  const given = whole
    ? (attributes as Record<string, string>)
    : Object.fromEntries(
        Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
  const present = children.includes(undefined) ? children.filter((child) => child !== undefined) : children;
  return { name, attributes: given, children: present as readonly (XmlElement | string)[] };
}

const TEXT_ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
// A line break in an attribute is read back as a space by every parser, so it is written as one.
const ATTRIBUTE_ESCAPES: Record<string, string> = { ...TEXT_ESCAPES, '"': '&quot;', '\n': ' ', '\r': ' ', '\t': ' ' };

const escapeText = (text: string) => (/[&<>]/.test(text) ? text.replace(/[&<>]/g, (c) => TEXT_ESCAPES[c]!) : text);
const escapeAttribute = (text: string) =>
  /[&<>"\n\r\t]/.test(text) ? text.replace(/[&<>"\n\r\t]/g, (c) => ATTRIBUTE_ESCAPES[c]!) : text;

/** Writes a document with its declaration. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0"?>${write(root)}`;
}

function write(node: XmlElement): string {
  let text = `<${node.name}`;
  for (const key in node.attributes) text += ` ${key}="${escapeAttribute(node.attributes[key]!)}"`;
  if (node.children.length === 0) return `${text}/>`;
  text += '>';
  for (const child of node.children) text += typeof child === 'string' ? escapeText(child) : write(child);
  return `${text}</${node.name}>`;
}
