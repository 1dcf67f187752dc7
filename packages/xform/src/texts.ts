/** Labels, hints and messages in the language of the moment. */
import { languageCode } from './dates.ts';
import { XFormError } from './error.ts';
import { expressionAt, type Model, type TextPart, type TextSource } from './model.ts';
import { textParts } from './parse-body.ts';
import type { TreeNode } from './tree.ts';
import type { Media } from './types.ts';
import { toText } from './values.ts';
import { attribute, elements, type XmlElement } from './xml.ts';
import { type Environment, evaluateCode, type Scope } from './xpath-run.ts';

export interface ShownText {
  readonly text: string;
  readonly guidance: string;
  readonly media: Media;
}

interface Forms {
  readonly text: readonly TextPart[] | undefined;
  readonly guidance: readonly TextPart[] | undefined;
  readonly media: Media;
}

export const NO_MEDIA: Media = {};
export const NO_TEXT: ShownText = { text: '', guidance: '', media: NO_MEDIA };
const MEDIA_FORMS: Readonly<Record<string, keyof Media>> = {
  image: 'image',
  'big-image': 'bigImage',
  audio: 'audio',
  video: 'video',
};

/** The form's name of a language, from that name or its code; undefined when the form does not speak it. */
export function findLanguage(languages: readonly string[], wanted: string): string | undefined {
  if (languages.includes(wanted)) return wanted;
  return languages.find((language) => languageCode(language) === wanted.toLowerCase());
}

/** What converters write where the author wrote nothing in a language. */
const NOTHING = '-';

const isSaid = (parts: readonly TextPart[]): boolean =>
  !(parts.length === 1 && typeof parts[0] === 'string' && parts[0].trim() === NOTHING);

/** The forms of one text in one language; what is not said there is undefined. */
function formsOf(element: XmlElement | undefined): Forms | undefined {
  if (!element) return undefined;
  let text: TextPart[] | undefined;
  let other: TextPart[] | undefined;
  let guidance: TextPart[] | undefined;
  let media: { -readonly [key in keyof Media]: Media[key] } | undefined;
  for (const value of elements(element, 'value')) {
    const form = attribute(value, 'form');
    const kind = form === undefined ? undefined : MEDIA_FORMS[form];
    const parts = textParts(value);
    if (!isSaid(parts)) continue;
    if (form === undefined) text ??= parts;
    else if (form === 'guidance') guidance ??= parts;
    else if (form === 'long' || form === 'short') other ??= parts;
    else if (kind) {
      media ??= {};
      media[kind] = parts
        .map((part) => (typeof part === 'string' ? part : ''))
        .join('')
        .trim();
    }
  }
  return { text: text ?? other, guidance, media: media ?? NO_MEDIA };
}

/** Reads the itext of a form; what was read once is kept per language. What a language does not say is said in the fallback. */
export function itextReader(model: Model, fallback: string) {
  const read = new Map<string, Map<string, Forms | undefined>>();
  const byLanguage = new Map(model.translations.map((translation) => [translation.language, translation.texts]));
  const load = (language: string, id: string): Forms | undefined => {
    const own = formsOf(byLanguage.get(language)?.get(id));
    const other = language === fallback ? undefined : formsOf(byLanguage.get(fallback)?.get(id));
    if (!own || !other) return own ?? other;
    return {
      text: own.text ?? other.text,
      guidance: own.guidance ?? other.guidance,
      media: { ...other.media, ...own.media },
    };
  };
  return (language: string, id: string): Forms | undefined => {
    let texts = read.get(language);
    if (!texts) {
      texts = new Map();
      read.set(language, texts);
    }
    if (!texts.has(id)) texts.set(id, load(language, id));
    return texts.get(id);
  };
}

export type ItextReader = ReturnType<typeof itextReader>;

function join(parts: readonly TextPart[], model: Model, env: Environment, node: TreeNode, scope: Scope): string {
  let out = '';
  for (const part of parts) {
    if (typeof part === 'string') out += part;
    else {
      try {
        out += toText(evaluateCode(expressionAt(model.expressions, part.output, scope).code, env, node));
      } catch (error) {
        // Reported when the form was read; a label is shown all the same.
        if (!(error instanceof XFormError)) throw error;
      }
    }
  }
  return out.trim();
}

/** The text of a source at a node, in the environment's language. */
export function showText(
  source: TextSource | undefined,
  model: Model,
  itext: ItextReader,
  env: Environment,
  node: TreeNode,
  scope: Scope,
): ShownText {
  if (!source) return NO_TEXT;
  if (source.parts) return { text: join(source.parts, model, env, node, scope), guidance: '', media: NO_MEDIA };
  const id = source.id ?? (source.idFrom ? toText(evaluateCode(source.idFrom.code, env, node)) : '');
  const forms = itext(env.language, id);
  if (!forms) return NO_TEXT;
  return {
    text: forms.text ? join(forms.text, model, env, node, scope) : '',
    guidance: forms.guidance ? join(forms.guidance, model, env, node, scope) : '',
    media: forms.media,
  };
}

/** A text as the form defines it, outputs shown as `{path}`: for lists of questions. */
export function plainText(source: TextSource | undefined, itext: ItextReader, language: string): string {
  const parts = source?.parts ?? (source?.id === undefined ? undefined : itext(language, source.id)?.text);
  return (parts ?? [])
    .map((part) => (typeof part === 'string' ? part : `{${part.output.trim()}}`))
    .join('')
    .trim();
}
