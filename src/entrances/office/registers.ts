import { type NavEntry, ownPart, type Page, type Rules } from '../../kernel/access/index.ts';
import { projects } from '../../kernel/projects/index.ts';
import { type Follows, findSubjects, type SubjectKind } from '../../kernel/subjects/index.ts';
import type { Catalogue } from '../../platform/i18n/index.ts';
import type { SearchSource } from './home.tsx';
import { newsNav, newsRoutes, newsRules } from './news/index.tsx';
import { peopleNav, peopleRoutes, peopleRules } from './people/index.ts';
import { placeNav, placeRoutes, placeRules } from './places/index.ts';
import { projectNav, projectRoutes, projectRules } from './projects/index.tsx';
import { SHELF, typeWords } from './registers/common.tsx';
import { messages } from './registers/messages/index.ts';
import { sourceNav, sourceRoutes, sourceRules } from './sources/index.ts';

/** The office's pages of people, places, projects, sources and news, for app.ts to join. */
export const registerPages = (follows: Follows): readonly Page[] => [
  ...peopleRoutes(follows),
  ...placeRoutes(follows),
  ...projectRoutes,
  ...sourceRoutes(follows),
  ...newsRoutes,
];
export const registerRules: Rules = { ...peopleRules, ...placeRules, ...projectRules, ...sourceRules, ...newsRules };
export const registerNav: readonly NavEntry[] = [...peopleNav, ...placeNav, ...projectNav, ...sourceNav, ...newsNav];
export const registerMessages: Catalogue = messages;

const HITS = 8;

function subjectSource(kind: SubjectKind): SearchSource {
  const { path, view } = SHELF[kind];
  return {
    label: `registers.${kind}.title`,
    action: view,
    find: async (call, text) => {
      const { l } = call;
      const { rows } = await findSubjects(call.sql, call.space.id, { kind, text, language: l.language, limit: HITS });
      return rows.map((row) => ({
        title: l.pick(row.name),
        note: [typeWords(l, row.type), row.placeName && l.pick(row.placeName)].filter(Boolean).join(', '),
        href: `${path}/${row.id}`,
      }));
    },
  };
}

/** What the office's search box finds in the registers. */
export const registerSearches: readonly SearchSource[] = [
  {
    label: 'registers.projects.title',
    action: 'projects.view',
    find: async (call, text) => {
      const found = await projects(call.sql, call.space.id, { ...ownPart(call.actor), text });
      return found
        .slice(0, HITS)
        .map((row) => ({ title: call.l.pick(row.title), note: row.code, href: `/office/projects/${row.id}` }));
    },
  },
  ...(['person', 'thing', 'organisation', 'place'] as const).map(subjectSource),
];
