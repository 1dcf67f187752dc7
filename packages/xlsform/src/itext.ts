import type { ChoiceList } from './choices.ts';
import type { Place, Report } from './diagnostics.ts';
import type { Resolver, Standpoint } from './resolve.ts';
import type { Field, TableRow } from './table.ts';
import { hasOutputs, textWithOutputs } from './texts.ts';
import type { FormNode } from './tree.ts';
import { element, type XmlChild, type XmlElement } from './xmlout.ts';

/** Forms of a text that every language has to have; pictures and sounds may be missing in one. */
const NEEDED_FORMS = new Set(['long', 'guidance']);
const MEDIA_FOLDERS: Readonly<Record<string, string>> = {
  image: 'images',
  'big-image': 'images',
  audio: 'audio',
  video: 'video',
};

/** The translations of a form, as they are met. */
export interface Itext {
  /** Adds one form ("long", "guidance", "image" …) of a text, in the languages that the field has. */
  add(id: string, form: string, field: Field, from: Standpoint, row: number, sheet: string): void;
  /** Languages in the order in which they were met. */
  languages(): string[];
  render(): XmlElement | undefined;
}

/** Most texts in one form, each language's counted: ten thousand questions in five languages with three each. */
const MOST_TEXTS = 150_000;

export function createItext(defaultLanguage: string, resolver: Resolver, report: Report): Itext {
  const translations = new Map<string, Map<string, Map<string, XmlChild[]>>>();
  const forms = new Map<string, Set<string>>();
  let full = false;

  const valuesOf = (language: string, id: string) => {
    let texts = translations.get(language);
    if (!texts) {
      texts = new Map();
      translations.set(language, texts);
    }
    let values = texts.get(id);
    if (!values) {
      values = new Map();
      texts.set(id, values);
    }
    return values;
  };
  const put = (language: string, id: string, form: string, content: XmlChild[]) => {
    valuesOf(language, id).set(form, content);
    let known = forms.get(id);
    if (!known) {
      known = new Set();
      forms.set(id, known);
    }
    known.add(form);
  };

  /** Whether one more text is one too many; a text is written in every language of the form. */
  const isFull = (place: Place) => {
    if (!full && forms.size * translations.size >= MOST_TEXTS) {
      full = true;
      report.error('FORM_TOO_MANY_TEXTS', place, { params: { texts: String(MOST_TEXTS) } });
    }
    return full;
  };

  return {
    add(id, form, field, from, row, sheet) {
      const folder = MEDIA_FOLDERS[form];
      const entries: [string, string, string][] =
        typeof field.value === 'string'
          ? [[defaultLanguage, field.value, field.header]]
          : [...field.value].map(([language, text]) => [language, text, field.headers.get(language) ?? field.header]);
      for (const [language, text, header] of entries) {
        const place: Place = { sheet, row, column: header };
        if (isFull(place)) return;
        const content = folder ? [mediaUri(folder, text)] : textWithOutputs(text, from, place, resolver);
        put(language, id, form, content);
      }
    },
    languages: () => [...translations.keys()],
    render() {
      if (translations.size === 0) return undefined;
      for (const [id, known] of forms) {
        for (const language of translations.keys()) {
          // A text that is a picture only, in one language, is an empty text in the others.
          const values = valuesOf(language, id);
          for (const form of known) if (NEEDED_FORMS.has(form) && !values.has(form)) values.set(form, ['-']);
        }
      }
      return element(
        'itext',
        {},
        [...translations].map(([language, texts]) =>
          element(
            'translation',
            { lang: language, default: language === defaultLanguage ? 'true()' : undefined },
            [...texts].map(([id, values]) =>
              element(
                'text',
                { id },
                [...values].map(([form, content]) =>
                  element('value', { form: form === 'long' ? undefined : form }, content),
                ),
              ),
            ),
          ),
        ),
      );
    },
  };
}

function mediaUri(folder: string, file: string): string {
  return file.startsWith('jr://') ? file : `jr://${folder}/${file}`;
}

/** Media columns of a row: "image" → field, in the order of the columns; reports what cannot be shown. */
export function mediaOf(row: TableRow, sheet: string, report: Report): Map<string, Field> {
  const media = new Map<string, Field>();
  for (const [key, field] of row.fields) {
    if (!key.startsWith('media.')) continue;
    const kind = key.slice('media.'.length);
    media.set(kind, field);
  }
  checkMedia(media, sheet, row.row, report);
  return media;
}

/** Reports kinds of media that do not exist, and a large picture without the small one that it opens from. */
function checkMedia(media: ReadonlyMap<string, Field>, sheet: string, row: number, report: Report): void {
  for (const [kind, { header }] of media) {
    const place = { sheet, row, column: header };
    if (!(kind in MEDIA_FOLDERS))
      report.error('MEDIA_UNKNOWN', place, { value: kind, among: Object.keys(MEDIA_FOLDERS) });
    else if (kind === 'big-image' && !media.has('image')) report.error('MEDIA_BIG_IMAGE', place);
  }
}

/** Puts the labels of all lists that need it into itext, as "list-0", "list-1" … */
export function addChoiceTexts(lists: Iterable<ChoiceList>, root: FormNode, itext: Itext, report: Report): void {
  for (const list of lists) {
    list.choices.forEach((choice, index) => {
      checkMedia(choice.media, 'choices', choice.row, report);
      if (!list.translated) return;
      const id = `${list.name}-${index}`;
      const from = { node: root };
      if (choice.label) itext.add(id, 'long', choice.label, from, choice.row, 'choices');
      for (const [kind, field] of choice.media) itext.add(id, kind, field, from, choice.row, 'choices');
    });
  }
}

/** How one node's texts are shown: as plain content, or by an itext id. */
export interface NodeTexts {
  readonly label: XmlElement | undefined;
  readonly hint: XmlElement | undefined;
}

const MESSAGES = ['jr:constraintMsg', 'jr:requiredMsg', 'jr:noAppErrorString'] as const;

/**
 * Puts a node's messages, label, hint and media into itext where they need it, and gives the elements that show
 * them. Messages come back as the value of their bind attribute.
 */
export function nodeTexts(
  node: FormNode,
  itext: Itext,
  resolver: Resolver,
  report: Report,
): NodeTexts & { messages: Record<string, string> } {
  const { row, path } = node;
  const from: Standpoint = { node };
  const messages: Record<string, string> = {};
  for (const name of MESSAGES) {
    const field = row.fields.get(`bind.${name}`);
    if (!field) continue;
    if (typeof field.value === 'string' && !hasOutputs(field.value)) messages[name] = field.value;
    else {
      const id = `${path}:${name}`;
      itext.add(id, 'long', field, from, row.row, 'survey');
      messages[name] = `jr:itext('${id}')`;
    }
  }
  return { messages, label: labelOf(node, from, itext, resolver, report), hint: hintOf(node, from, itext, resolver) };
}

function labelOf(
  node: FormNode,
  from: Standpoint,
  itext: Itext,
  resolver: Resolver,
  report: Report,
): XmlElement | undefined {
  const { row, path } = node;
  const label = row.fields.get('label');
  const media = mediaOf(row, 'survey', report);
  if (media.size > 0 || (label && typeof label.value !== 'string')) {
    const id = `${path}:label`;
    if (label) itext.add(id, 'long', label, from, row.row, 'survey');
    for (const [kind, field] of media) itext.add(id, kind, field, from, row.row, 'survey');
    return element('label', { ref: `jr:itext('${id}')` });
  }
  if (!label || typeof label.value !== 'string') return undefined;
  const place = { sheet: 'survey', row: row.row, column: label.header };
  return element('label', {}, textWithOutputs(label.value, from, place, resolver));
}

function hintOf(node: FormNode, from: Standpoint, itext: Itext, resolver: Resolver): XmlElement | undefined {
  const { row, path, type } = node;
  const hint = row.fields.get('hint');
  const guidance = row.fields.get('guidance_hint');
  if (guidance || (hint && typeof hint.value !== 'string')) {
    const id = `${path}:hint`;
    if (hint) itext.add(id, 'long', hint, from, row.row, 'survey');
    if (guidance) itext.add(id, 'guidance', guidance, from, row.row, 'survey');
    return element('hint', { ref: `jr:itext('${id}')` });
  }
  if (hint && typeof hint.value === 'string') {
    const place = { sheet: 'survey', row: row.row, column: hint.header };
    return element('hint', {}, textWithOutputs(hint.value, from, place, resolver));
  }
  return type?.hint === undefined ? undefined : element('hint', {}, [type.hint]);
}
