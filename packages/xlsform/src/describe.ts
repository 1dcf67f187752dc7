import { isVisible } from './body.ts';
import type { CompileResult } from './compile.ts';
import type { Form } from './form.ts';
import { onlyReference } from './references.ts';
import { type Field, plain } from './table.ts';
import type { FormNode } from './tree.ts';

/** Text by language as the author named it; "default" for a text that has no language. */
export type TextByLanguage = Readonly<Record<string, string>>;

export interface DescribedChoice {
  readonly name: string;
  readonly labels: TextByLanguage;
}

/** One question, group or repeat, in the words of the workbook and with the path of the record. */
export interface DescribedQuestion {
  readonly name: string;
  readonly path: string;
  readonly kind: 'question' | 'group' | 'repeat';
  /** Canonical type: "text", "select_one", "geopoint" …; '' for groups and repeats. */
  readonly type: string;
  /** Groups and repeats around it. */
  readonly depth: number;
  /** Row of the survey sheet. */
  readonly row: number;
  /** Whether a person sees it. */
  readonly visible: boolean;
  readonly labels: TextByLanguage;
  readonly hints: TextByLanguage;
  readonly guidance: TextByLanguage;
  readonly constraintMessages: TextByLanguage;
  readonly requiredMessages: TextByLanguage;
  /** Choice list, file or reference of a select. */
  readonly list?: string;
  /** Answers of a choice list that stands in the workbook. */
  readonly choices?: readonly DescribedChoice[];
  /** Expressions and values as the author wrote them; absent where the cell is empty. */
  readonly required?: string;
  readonly relevant?: string;
  readonly constraint?: string;
  readonly calculation?: string;
  readonly readonly?: string;
  readonly choiceFilter?: string;
  readonly repeatCount?: string;
  readonly trigger?: string;
  readonly default?: string;
  readonly appearance?: string;
  readonly parameters?: string;
  /** The other app that the question or group opens. */
  readonly intent?: string;
  readonly saveTo?: string;
}

/** The form's questions in order, for a preview or a comparison of two versions. */
export interface DescribedForm {
  readonly formId: string;
  readonly version: string;
  readonly title: string;
  readonly languages: readonly string[];
  readonly questions: readonly DescribedQuestion[];
}

const COLUMNS = {
  required: 'bind.required',
  relevant: 'bind.relevant',
  constraint: 'bind.constraint',
  calculation: 'bind.calculate',
  readonly: 'bind.readonly',
  choiceFilter: 'choice_filter',
  repeatCount: 'repeat_count',
  trigger: 'trigger',
  default: 'default',
  appearance: 'control.appearance',
  parameters: 'parameters',
  intent: 'control.intent',
  saveTo: 'bind.entities:saveto',
} as const;

/** Lists what the compiled form asks. Works for a refused form too, as far as it could be read. */
export function describeForm(result: CompileResult): DescribedForm {
  const { formId, version, title, languages, form } = result;
  const questions: DescribedQuestion[] = [];
  const visit = (parent: FormNode, depth: number, of: Form) => {
    for (const node of parent.children) {
      questions.push(describe(node, depth, of));
      visit(node, depth + 1, of);
    }
  };
  if (form) {
    const { audit, root } = form.survey;
    // The audit stands in the record's meta block, beside the tree of questions.
    if (audit) questions.push({ ...describe(audit, 0, form), path: `${root.path}/meta/audit` });
    visit(root, 0, form);
  }
  return { formId, version, title, languages, questions };
}

function describe(node: FormNode, depth: number, form: Form): DescribedQuestion {
  const { row } = node;
  const cells: Record<string, string> = {};
  for (const [name, key] of Object.entries(COLUMNS)) {
    const text = plain(row, key);
    if (text !== undefined) cells[name] = text;
  }
  const list = node.select?.list;
  const choices =
    list !== undefined && !node.select!.fromFile && !onlyReference(list) ? form.lists.get(list)?.choices : undefined;
  return {
    name: node.name,
    path: node.path,
    kind: node.kind === 'form' ? 'group' : node.kind,
    type: node.type?.name ?? '',
    depth,
    row: row.row,
    visible: node.kind !== 'question' || isVisible(node, form),
    labels: texts(row.fields.get('label')),
    hints: texts(row.fields.get('hint')),
    guidance: texts(row.fields.get('guidance_hint')),
    constraintMessages: texts(row.fields.get('bind.jr:constraintMsg')),
    requiredMessages: texts(row.fields.get('bind.jr:requiredMsg')),
    ...(list === undefined ? {} : { list }),
    ...(choices ? { choices: choices.map(({ name, label }) => ({ name, labels: texts(label) })) } : {}),
    ...cells,
  };
}

function texts(field: Field | undefined): TextByLanguage {
  if (!field) return {};
  return typeof field.value === 'string' ? { default: field.value } : Object.fromEntries(field.value);
}
