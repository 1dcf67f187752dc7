import type { NavEntry, Page, Rules } from '../../kernel/access/index.ts';
import type { Kind } from '../../kernel/kinds/index.ts';
import { accessNav, accessPages, accessRules } from './access.tsx';
import { accountNav, accountPages, accountRules } from './account.tsx';
import { homeNav, homePages, homeRules, type SearchSource, type TodoSource } from './home.tsx';
import { profileNav, profilePages, profileRules } from './profile.tsx';
import { setUpPages, setUpRules } from './set-up.tsx';
import { signInPages, signInRules } from './sign-in.tsx';

export { figureMessages, figureNav, figurePages, figureRules } from './figures/index.ts';
export { formNav, formPageMessages, formPages, formRules } from './forms/index.ts';
export type { SearchSource, TodoSource } from './home.tsx';
export { messages as officeMessages } from './messages/index.ts';
export { recordNav, recordPageMessages, recordPages, recordRules, recordTodos } from './records/index.ts';
export { registerMessages, registerNav, registerPages, registerRules, registerSearches } from './registers.ts';

export const officeRules: Rules = {
  ...signInRules,
  ...setUpRules,
  ...homeRules,
  ...accessRules,
  ...accountRules,
  ...profileRules,
};
export const officeNav: readonly NavEntry[] = [...homeNav, ...accessNav, ...accountNav, ...profileNav];

/** The office's own pages; the nouns' pages join them in app.ts. */
export function officePages(
  kinds: readonly Kind[],
  todos: readonly TodoSource[],
  searches: readonly SearchSource[],
): readonly Page[] {
  return [
    ...signInPages,
    ...setUpPages,
    ...homePages(kinds, todos, searches),
    ...accessPages,
    ...accountPages,
    ...profilePages,
  ];
}
