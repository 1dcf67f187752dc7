import { readAttributes } from './xml.ts';

/** What the outermost element of a submission says: which form it answers. */
export interface Envelope {
  /** The form's id: the attribute `id`, or the namespace where there is none (as OpenRosa has it). */
  readonly formId: string;
  /** '' when the document names none. */
  readonly version: string;
}

const PROLOG = /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;
const START_TAG = /^<[^\s<>/=!?&"']+((?:\s+[^\s<>/="']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/;

/**
 * Looks at the first element only, so that a receiver can find the form before it reads the document with it.
 * Undefined when the text does not begin as XML does; a document type is not accepted.
 */
export function readEnvelope(xml: string): Envelope | undefined {
  const begin = PROLOG.exec(xml)?.[0].length ?? 0;
  const tag = START_TAG.exec(xml.slice(begin, begin + 20_000));
  if (!tag) return undefined;
  const attributes = readAttributes(tag[1] ?? '');
  return { formId: attributes.id ?? attributes.xmlns ?? '', version: attributes.version ?? '' };
}
