/** The answers of a visit record as the checklist reads them. All values come as text from the form. */
export type Tree = Readonly<Record<string, unknown>>;

/** A child of the tree that is a group. */
export function group(answers: Tree, name: string): Tree {
  const found = answers[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Tree) : {};
}

/** A repeat is always an array of trees. */
export function repeat(answers: Tree, name: string): readonly Tree[] {
  const found = answers[name];
  return Array.isArray(found) ? found.filter((one): one is Tree => typeof one === 'object' && one !== null) : [];
}

export function text(answers: Tree, name: string): string | null {
  const found = answers[name];
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

export function number(answers: Tree, name: string): number | null {
  const found = text(answers, name);
  if (found === null) return null;
  const value = Number(found);
  return Number.isFinite(value) ? value : null;
}

export type FoundProblem = {
  readonly number: number;
  readonly description: string;
  readonly row: string;
  readonly severity: string;
  readonly photo: string | null;
};

/** The problems that the monitor wrote down, numbered as they stand in the form. */
export function problemsOf(answers: Tree): readonly FoundProblem[] {
  return repeat(group(answers, 'problems'), 'problem').flatMap((one, index) => {
    const description = text(one, 'description');
    if (description === null) return [];
    return [
      {
        number: number(one, 'problem_no') ?? index + 1,
        description,
        row: text(one, 'row') ?? 'quality',
        severity: text(one, 'severity') ?? 'minor',
        photo: text(one, 'photo_before'),
      },
    ];
  });
}

export type Interview = {
  readonly groups: readonly string[];
  readonly sex: string | null;
  readonly ageBand: string | null;
  readonly waiting_minutes: number | null;
  readonly consultation_minutes: number | null;
  readonly politeness: number | null;
  readonly asked_payment: 'yes' | 'no' | null;
};

/** Talks with patients who agreed. Nobody's name or illness is in them. */
export function interviewsOf(answers: Tree): readonly Interview[] {
  return repeat(group(answers, 'interviews'), 'interview')
    .filter((one) => text(one, 'consent') === 'OK')
    .map((one) => {
      const payment = text(one, 'asked_payment');
      return {
        groups: (text(one, 'groups') ?? '').split(/\s+/).filter(Boolean),
        sex: text(one, 'sex'),
        ageBand: text(one, 'age_band'),
        waiting_minutes: number(one, 'waiting_minutes'),
        consultation_minutes: number(one, 'consultation_minutes'),
        politeness: number(one, 'politeness'),
        asked_payment: payment === 'yes' || payment === 'no' ? payment : null,
      };
    });
}

/** The answer to one item, from the group of its domain. */
export function itemAnswer(answers: Tree, domain: string, itemId: string): string | null {
  return text(group(answers, domain), itemId);
}
