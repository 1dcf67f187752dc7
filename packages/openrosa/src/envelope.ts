/** What the outermost element of a submission says: which form it answers. */
export interface Envelope {
  /** The form's id: the attribute `id`, or the namespace where there is none (as OpenRosa has it). */
  readonly formId: string;
  /** '' when the document names none. */
  readonly version: string;
}

const PROLOG = /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;
const START_TAG = /^<[^\s<>/=!?&"']+((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/;
const ATTRIBUTE = /\s([^\s<>/="']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Looks at the first element only, so that a receiver can find the form before it reads the document with it.
 * Undefined when the text does not begin as XML does; a document type is not accepted.
 */
export function readEnvelope(xml: string): Envelope | undefined {
  const begin = PROLOG.exec(xml)?.[0].length ?? 0;
  const tag = START_TAG.exec(xml.slice(begin, begin + 20_000));
  if (!tag) return undefined;
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of (tag[1] ?? '').matchAll(ATTRIBUTE))
    attributes.set(name, unescapeXml(double ?? single ?? ''));
  return {
    formId: attributes.get('id') ?? attributes.get('xmlns') ?? '',
    version: attributes.get('version') ?? '',
  };
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
