import { LANGUAGES, type Locale, type Text3 } from '../../platform/i18n/index.ts';
import type { ProblemPart } from '../../platform/problem.ts';
import type { Question } from '../forms/index.ts';

/** What is wrong with one answer, in the reader's language: the form's own sentence where it has one, else ours. */
export function partText(l: Locale, part: ProblemPart): string {
  const own: Text3 = {};
  for (const language of LANGUAGES) {
    const text = part.details?.[`message_${language}`];
    if (text) own[language] = String(text);
  }
  return l.pick(own) || l.t(part.key, part.details);
}

/** The question that a part is about ('/data/problem[2]/what' → '/data/problem/what'), to show its label beside it. */
export function questionAt(questions: readonly Question[], at: string): Question | null {
  const path = at.replace(/\[\d+\]/g, '');
  return questions.find((question) => question.path === path) ?? null;
}
