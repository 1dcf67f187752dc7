import type { DescribedForm, DescribedQuestion, TextByLanguage } from '@demilge/xlsform';

/** What of a question may differ. */
export const ASPECTS = [
  ...(['type', 'label', 'hint', 'guidance', 'choices', 'required', 'relevant', 'constraint'] as const),
  ...(['constraintMessage', 'requiredMessage', 'calculation', 'choiceFilter', 'repeatCount', 'default'] as const),
  ...(['readonly', 'trigger', 'appearance', 'parameters', 'place'] as const),
];
export type Aspect = (typeof ASPECTS)[number];

/** One thing that is other than before. `language` is the author's name of it; '' for what has no language. */
export type AspectChange = {
  readonly aspect: Aspect;
  readonly language: string;
  readonly before: string;
  readonly after: string;
};
export type Difference = {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly question: DescribedQuestion;
  readonly changes: readonly AspectChange[];
};

const LOGIC = [
  ...(['required', 'relevant', 'constraint', 'calculation', 'choiceFilter', 'repeatCount'] as const),
  ...(['default', 'readonly', 'trigger', 'appearance', 'parameters'] as const),
];

/**
 * What changed between two versions, in the order of the later one with what was removed at its end. A question is the same
 * question while its path is; one that went into another group under its own name has moved.
 */
export function differences(before: DescribedForm, after: DescribedForm): readonly Difference[] {
  const was = new Map(before.questions.map((question) => [question.path, question]));
  const is = new Map(after.questions.map((question) => [question.path, question]));
  const leftByName = namesOnce(before.questions.filter((question) => !is.has(question.path)));
  const moved = new Set<string>();
  const out: Difference[] = [];
  for (const question of after.questions) {
    const old = was.get(question.path) ?? leftByName.get(question.name);
    if (!old || old.kind !== question.kind) {
      out.push({ kind: 'added', question, changes: [] });
      continue;
    }
    if (old.path !== question.path) moved.add(old.path);
    const changes = changesOf(old, question);
    if (changes.length > 0) out.push({ kind: 'changed', question, changes });
  }
  for (const question of before.questions)
    if (!moved.has(question.path) && is.get(question.path)?.kind !== question.kind)
      out.push({ kind: 'removed', question, changes: [] });
  return out;
}

/** Questions by name, where the name stands once: only then it says which question moved. */
function namesOnce(questions: readonly DescribedQuestion[]): ReadonlyMap<string, DescribedQuestion> {
  const found = new Map<string, DescribedQuestion | null>();
  for (const question of questions) found.set(question.name, found.has(question.name) ? null : question);
  return new Map([...found].filter((entry): entry is [string, DescribedQuestion] => entry[1] !== null));
}

function changesOf(before: DescribedQuestion, after: DescribedQuestion): AspectChange[] {
  const one = (aspect: Aspect, a = '', b = ''): AspectChange[] =>
    a === b ? [] : [{ aspect, language: '', before: a, after: b }];
  return [
    ...one('place', before.path, after.path),
    ...one('type', before.type, after.type),
    ...texts('label', before.labels, after.labels),
    ...texts('hint', before.hints, after.hints),
    ...texts('guidance', before.guidance, after.guidance),
    ...choices(before, after),
    ...texts('constraintMessage', before.constraintMessages, after.constraintMessages),
    ...texts('requiredMessage', before.requiredMessages, after.requiredMessages),
    ...LOGIC.flatMap((aspect) => one(aspect, before[aspect], after[aspect])),
  ];
}

function texts(aspect: Aspect, before: TextByLanguage, after: TextByLanguage): AspectChange[] {
  const languages = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return languages.flatMap((language) => {
    const change = { before: before[language] ?? '', after: after[language] ?? '' };
    return change.before === change.after ? [] : [{ aspect, language, ...change }];
  });
}

/** Choices that came, went, or are worded otherwise. */
function choices(before: DescribedQuestion, after: DescribedQuestion): AspectChange[] {
  const a = new Map((before.choices ?? []).map((choice) => [choice.name, choice.labels]));
  const b = new Map((after.choices ?? []).map((choice) => [choice.name, choice.labels]));
  const first = (labels: TextByLanguage | undefined): string => Object.values(labels ?? {})[0] ?? '';
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((name) => {
    const was = a.get(name);
    const is = b.get(name);
    if (was && is) return texts('choices', was, is);
    const change = { before: was ? first(was) || name : '', after: is ? first(is) || name : '' };
    return [{ aspect: 'choices' as const, language: '', ...change }];
  });
}
