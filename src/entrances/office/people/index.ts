import type { NavEntry, Page, Rules } from '../../../kernel/access/index.ts';
import type { Follows } from '../../../kernel/subjects/index.ts';
import { importPages } from '../registers/import-pages.tsx';
import { subjectRoutes } from '../registers/subject-routes.ts';

/** People are seen by those who plan and check; an import may bring people. */
export const peopleRules: Rules = {
  'people.view': ['coordinator', 'reviewer'],
  'people.edit': ['coordinator'],
  'imports.use': ['coordinator'],
};
export const peopleNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'registers',
    href: '/office/people',
    label: 'registers.person.title',
    icon: 'people',
    action: 'people.view',
    order: 200,
  },
];
export const peopleRoutes = (follows: Follows): readonly Page[] => [
  ...subjectRoutes('person', follows),
  ...importPages,
];
