import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../src/kernel/access/index.ts';
import { REPORTED_FORM } from '../src/kernel/evidence/index.ts';
import { publishVersion, uploadWorkbook } from '../src/kernel/forms/index.ts';
import type { Kind } from '../src/kernel/kinds/index.ts';
import { createSpace, type Space } from '../src/kernel/spaces/index.ts';
import { today } from '../src/kernel/subjects/index.ts';
import type { Db, Sql, Tx } from '../src/platform/db/index.ts';
import { transaction } from '../src/platform/db/index.ts';
import type { FileStore } from '../src/platform/files/index.ts';
import { ROOT } from '../src/platform/root.ts';
import { loadAccounts, type StoryActors } from './load-accounts.ts';
import { loadHistory } from './load-history.ts';
import { loadProjects } from './load-projects.ts';
import { loadRegister } from './load-register.ts';
import { ASSOCIATION, DEMO_ACCOUNTS } from './story/index.ts';

/** The password of every demo account; it is printed at the first start. */
export const DEMO_PASSWORD = 'ала-кийиз 2010';
export const DEMO_LOGINS = DEMO_ACCOUNTS.map(({ login, role, language }) => ({ login, role, language }));

export type LoadContext = {
  readonly sql: Sql;
  readonly files: FileStore;
  readonly kinds: readonly Kind[];
  /** Gets a line for each chapter. */
  readonly log: (line: string) => void;
  /** The moment of the first start: the round under way is told around it. */
  readonly now?: Date;
};

/** What a chapter of the loader works with. */
export type Chapter = {
  readonly tx: Tx;
  readonly files: FileStore;
  readonly kinds: readonly Kind[];
  readonly space: Space;
  readonly log: (line: string) => void;
  /** 'YYYY-MM-DD' */
  readonly today: string;
};

/** Tells the association's whole story to an empty server, through the same verbs that people use; all of it is kept, or nothing. */
export async function loadStory(context: LoadContext): Promise<Space> {
  const { files, kinds, log } = context;
  return await transaction(context.sql, async (tx) => {
    const space = await createSpace(tx, { name: ASSOCIATION.name, profile: profile() });
    const chapter: Chapter = { tx, files, kinds, space, log, today: today(context.now) };
    log('The story: places, organisations, people, facilities');
    const register = await loadRegister(chapter);
    const actors: StoryActors = await loadAccounts(chapter, register, DEMO_PASSWORD);
    log('The story: forms and projects');
    await loadForms(chapter, actors.coordinator);
    const projects = await loadProjects(chapter, register, actors);
    log('The story: three rounds of visits, with their photos');
    await loadHistory(chapter, register, actors, projects);
    return space;
  });
}

function profile(): Space['profile'] {
  const { founded, registered, mission, history, experience, aims, directions, tagline } = ASSOCIATION;
  const joined = { ky: '', ru: '', en: '' };
  for (const language of ['ky', 'ru', 'en'] as const)
    joined[language] = experience.map((text) => text[language]).join(' ');
  return {
    foundedOn: founded.date,
    registeredOn: registered.date,
    mission,
    history,
    about: tagline,
    experience: joined,
    aims,
    directions,
    headline: [
      'primary-care-oversight/facilities-visited',
      'peaceful-school/schools',
      'peaceful-school/completers',
      'peaceful-future/mediators',
    ],
  };
}

/** Takes the kinds' workbooks into the space and offers them to phones. */
export async function loadForms(
  { tx, files, kinds, space }: Pick<LoadContext, 'files' | 'kinds'> & { readonly tx: Db; readonly space: Space },
  coordinator: Actor,
): Promise<void> {
  const wanted = [
    { ...REPORTED_FORM, kind: 'general' },
    ...kinds.flatMap((kind) => kind.forms.map((form) => ({ ...form, kind: kind.name }))),
  ];
  for (const { file, kind } of wanted) {
    const bytes = await readFile(join(ROOT, file));
    const { version } = await uploadWorkbook(tx, files, coordinator, {
      spaceId: space.id,
      kind,
      fileName: file.split('/').at(-1) ?? file,
      bytes,
    });
    await publishVersion(tx, coordinator, { spaceId: space.id, versionId: version.id });
  }
}
