import type { FacilityType, Text3 } from '../checklist.ts';

/** One line of a survey sheet. Absent cells stay empty in the workbook. */
export interface FormRow {
  readonly type: string;
  readonly name?: string;
  readonly label?: Text3;
  readonly hint?: Text3;
  readonly required?: boolean;
  readonly requiredMessage?: Text3;
  readonly relevant?: string;
  readonly constraint?: string;
  readonly constraintMessage?: Text3;
  readonly calculation?: string;
  readonly appearance?: string;
  readonly parameters?: string;
  readonly repeatCount?: string;
  /** Not a column: the types for which `relevant` was written. */
  readonly facilityTypes?: readonly FacilityType[];
}

export interface ChoiceRow {
  readonly list: string;
  readonly name: string;
  readonly label: Text3;
}

/** One of the kind's forms, as a workbook holds it. */
export interface FormSheets {
  readonly file: string;
  readonly formId: string;
  readonly title: Text3;
  readonly version: string;
  readonly instanceName: string;
  readonly survey: readonly FormRow[];
  readonly choices: readonly ChoiceRow[];
}

export const LANGUAGES = [
  { key: 'ky', column: 'Кыргызча (ky)' },
  { key: 'ru', column: 'Русский (ru)' },
  { key: 'en', column: 'English (en)' },
] as const;

export const ANSWER_NEEDED: Text3 = {
  ky: 'Бул суроого жооп бериңиз.',
  ru: 'Ответьте на этот вопрос.',
  en: 'Please answer this question.',
};

export const NEVER_PHOTOGRAPH: Text3 = {
  ky: 'Бейтаптарды, журналдарды жана документтерди эч качан сүрөткө тартпаңыз.',
  ru: 'Никогда не снимайте пациентов, журналы и документы.',
  en: 'Never photograph patients or records.',
};

/** A reference to another question, as XLSForm writes it. */
export const ref = (name: string): string => `\${${name}}`;

/** A question that must be answered, with its message. */
export function required(row: FormRow): FormRow {
  return { ...row, required: true, requiredMessage: ANSWER_NEEDED };
}

/** Says which numbers an answer takes, without case endings that depend on the number. */
export function between(min: number, max: number): Pick<FormRow, 'constraint' | 'constraintMessage'> {
  return {
    constraint: `. >= ${min} and . <= ${max}`,
    constraintMessage: {
      ky: `Сан ${min} менен ${max} аралыгында болсун.`,
      ru: `Число должно быть от ${min} до ${max}.`,
      en: `The number must be between ${min} and ${max}.`,
    },
  };
}

/** A day that has already come. */
export const NOT_IN_FUTURE: Pick<FormRow, 'constraint' | 'constraintMessage'> = {
  constraint: '. <= today()',
  constraintMessage: {
    ky: 'Бул күн али келе элек.',
    ru: 'Этот день ещё не наступил.',
    en: 'This day has not come yet.',
  },
};

export const choicesOf = (
  list: string,
  rows: readonly { readonly key: string; readonly name: Text3 }[],
): readonly ChoiceRow[] => rows.map((row) => ({ list, name: row.key, label: row.name }));

export const YES_NO: readonly { readonly key: string; readonly name: Text3 }[] = [
  { key: 'yes', name: { ky: 'Ооба', ru: 'Да', en: 'Yes' } },
  { key: 'no', name: { ky: 'Жок', ru: 'Нет', en: 'No' } },
];
