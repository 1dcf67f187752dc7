import type { Kind } from '../../kernel/kinds/index.ts';
import { problemFlow, visitFlow } from './flows.ts';
import { recordHandlers } from './handlers.ts';
import { ANSWER_FORM, FIX_FORM, VISIT_FORM } from './keys.ts';
import { facilitiesList } from './lists.ts';
import { measures } from './measures.ts';
import { messages } from './messages/index.ts';
import { nav, pages } from './pages/routes.ts';
import { rebuildProblems } from './projection.ts';
import { cardAddress, SCORE_CARD } from './publish.ts';
import { rules } from './rules.ts';
import { todos } from './todos.ts';

const workbook = (name: string): string => `src/programmes/oversight/forms/${name}.xlsx`;

/** Watching health facilities against the state's service standard: rounds of visits, answers, fixes, score cards. */
export const oversight: Kind = {
  name: 'oversight',
  forms: [
    { key: VISIT_FORM, file: workbook('visit') },
    { key: ANSWER_FORM, file: workbook('answer') },
    { key: FIX_FORM, file: workbook('fix') },
  ],
  flows: [visitFlow, problemFlow],
  measures,
  rules,
  pages,
  nav,
  messages,
  records: recordHandlers,
  media: { 'facilities.csv': facilitiesList },
  rebuild: rebuildProblems,
  publications: { [SCORE_CARD]: cardAddress },
  todos,
};
