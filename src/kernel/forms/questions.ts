import { type Field, type FormDefinition, languageCode } from '@demilge/xform';
import { isLanguage, type Text3 } from '../../platform/i18n/index.ts';
import type { Question } from './form.ts';

/** The flat list of a form's questions, groups and repeats, without what the form keeps for itself (`meta`). */
export function questionList(definition: FormDefinition): Question[] {
  const meta = /^\/[^/]+\/meta(\/|$)/;
  return definition.fields
    .filter((field) => !meta.test(field.path))
    .map((field) => ({
      path: field.path,
      name: field.name,
      kind: field.kind === 'group' || field.kind === 'repeat' ? field.kind : 'question',
      type: typeOf(field),
      labels: textOf(field.labels),
      choices: field.choices.map(({ value, labels }) => ({ value, labels: textOf(labels) })),
      required: field.required,
    }));
}

/** Codes of the form's languages; an unnamed or unknown one is left out. */
export function languagesOf(definition: FormDefinition): string[] {
  return [...new Set(definition.languages.map(languageCode).filter(Boolean))];
}

/** The words in the product's languages. A form that is not translated is taken to speak the first of them. */
export function textOf(labels: Readonly<Record<string, string>>): Text3 {
  const text: Text3 = {};
  for (const [name, words] of Object.entries(labels)) {
    const code = name === '' ? 'ky' : languageCode(name);
    if (isLanguage(code) && words) text[code] = words;
  }
  return text;
}

/** The type as XLSForm names it. */
function typeOf(field: Field): string {
  if (field.kind === 'group' || field.kind === 'repeat') return field.kind;
  if (field.kind === 'model') return field.calculated ? 'calculate' : 'meta';
  switch (field.control) {
    case 'select1':
      return 'select_one';
    case 'select':
      return 'select_multiple';
    case 'trigger':
      return 'acknowledge';
    case 'upload':
      return /^(image|audio|video)\//.exec(field.parameters.mediatype ?? '')?.[1] ?? 'file';
    case 'note':
    case 'rank':
    case 'range':
      return field.control;
    default:
      return field.dataType === 'string' ? 'text' : field.dataType === 'int' ? 'integer' : field.dataType;
  }
}
