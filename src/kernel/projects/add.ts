import { audit } from '../../platform/audit/index.ts';
import { type Db, isUniqueViolation, transaction, uuidv7 } from '../../platform/db/index.ts';
import { slug, type Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { type By, subjects } from '../subjects/index.ts';
import {
  insertProject,
  insertResult,
  type PartyRole,
  type ProjectRow,
  projectRow,
  type ResultLevel,
  type ResultRow,
  replaceParties,
  replacePlaces,
  resultRow,
  resultsOf,
  slugsLike,
  updateProject,
  updateResult,
} from './queries.ts';

export type ProjectGiven = Partial<Omit<ProjectRow, 'id' | 'code' | 'slug' | 'title'>> & {
  readonly code: string;
  readonly title: Text3;
  /** Made from the title unless given. */
  readonly slug?: string;
  readonly parties?: readonly { readonly organisationId: string; readonly role: PartyRole }[];
  readonly placeIds?: readonly string[];
};

/**
 * Enters a project with its parties and places.
 * @returns its id
 * @throws Problem 422 projects.noTitle, projects.noCode, projects.datesTurned, projects.wrongParty, projects.wrongPlace; 409 projects.codeTaken
 */
export async function addProject(db: Db, by: By, given: ProjectGiven): Promise<string> {
  const row: ProjectRow = { ...EMPTY, ...defined(given), id: uuidv7(), slug: '' };
  check(row);
  return await keepingCode(row.code, () =>
    transaction(db, async (tx) => {
      const base = given.slug ?? slug(row.title.en ?? row.title.ru ?? row.title.ky ?? row.code);
      const named = { ...row, slug: free(base, await slugsLike(tx, by.spaceId, base)) };
      await insertProject(tx, by.spaceId, named, by.accountId);
      await putParties(tx, by, row.id, given);
      await line(tx, by, 'project.add', row.id, { code: row.code });
      return row.id;
    }),
  );
}

/** Changes what is given of a project; parties and places are replaced as a whole. The address stays. @throws as addProject; Problem 404 */
export async function editProject(
  db: Db,
  by: By,
  id: string,
  given: Partial<Omit<ProjectGiven, 'slug'>>,
): Promise<void> {
  await keepingCode(given.code ?? '', () =>
    transaction(db, async (tx) => {
      const before = await projectRow(tx, by.spaceId, id);
      if (!before) throw notFound(id);
      const { parties, placeIds, ...changed } = given;
      const row: ProjectRow = { ...before, ...defined(changed) };
      check(row);
      await updateProject(tx, by.spaceId, row);
      await putParties(tx, by, row.id, { ...(parties && { parties }), ...(placeIds && { placeIds }) });
      await line(tx, by, 'project.edit', row.id, { changed: Object.keys(defined(given)) });
    }),
  );
}

const EMPTY = {
  goal: {},
  summary: {},
  startsOn: null,
  endsOn: null,
  precision: 'month',
  note: {},
  public: true,
  ordinal: 0,
} satisfies Partial<ProjectRow>;

/** Without the keys whose value is absent, so that spreading does not blot out what stands. */
function defined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

function check(row: ProjectRow): void {
  const refuse = (at: string, key: string): never => {
    throw new Problem(422, key, {}, [{ at, key }]);
  };
  if (!Object.values(row.title).some(Boolean)) refuse('title', 'projects.noTitle');
  if (!row.code.trim()) refuse('code', 'projects.noCode');
  if (row.startsOn && row.endsOn && row.endsOn < row.startsOn) refuse('endsOn', 'projects.datesTurned');
}

async function keepingCode<T>(code: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Problem(409, 'projects.codeTaken', { code }, [
      { at: 'code', key: 'projects.codeTaken', details: { code } },
    ]);
  }
}

function free(base: string, taken: readonly string[]): string {
  if (!taken.includes(base)) return base;
  let n = 2;
  while (taken.includes(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}

async function putParties(
  tx: Db,
  by: By,
  projectId: string,
  given: Pick<ProjectGiven, 'parties' | 'placeIds'>,
): Promise<void> {
  const ids = [...(given.parties ?? []).map((party) => party.organisationId), ...(given.placeIds ?? [])];
  const known = await subjects(tx, by.spaceId, ids);
  if (given.parties) {
    if (given.parties.some((party) => known.get(party.organisationId)?.kind !== 'organisation'))
      throw new Problem(422, 'projects.wrongParty', {}, [{ at: 'parties', key: 'projects.wrongParty' }]);
    await replaceParties(tx, by.spaceId, projectId, given.parties);
  }
  if (given.placeIds) {
    if (given.placeIds.some((id) => known.get(id)?.kind !== 'place'))
      throw new Problem(422, 'projects.wrongPlace', {}, [{ at: 'placeIds', key: 'projects.wrongPlace' }]);
    await replacePlaces(tx, by.spaceId, projectId, given.placeIds);
  }
}

export type ResultGiven = {
  readonly projectId: string;
  /** An outcome may stand under an impact, an output under an outcome; either may stand alone. */
  readonly parentId?: string | null;
  readonly level: ResultLevel;
  readonly title: Text3;
  readonly assumption?: Text3;
  /** The last unless given. */
  readonly ordinal?: number;
};

const ABOVE: Readonly<Record<ResultLevel, ResultLevel | null>> = { impact: null, outcome: 'impact', output: 'outcome' };

/** Adds a row to the results chain. @returns its id @throws Problem 404; 422 projects.noTitle, projects.wrongParent */
export async function addResult(db: Db, by: By, given: ResultGiven): Promise<string> {
  if (!Object.values(given.title).some(Boolean))
    throw new Problem(422, 'projects.noTitle', {}, [{ at: 'title', key: 'projects.noTitle' }]);
  return await transaction(db, async (tx) => {
    if (!(await projectRow(tx, by.spaceId, given.projectId))) throw notFound(given.projectId);
    const all = await resultsOf(tx, by.spaceId, given.projectId);
    const parent = given.parentId ? all.find((result) => result.id === given.parentId) : null;
    if (given.parentId && parent?.level !== ABOVE[given.level])
      throw new Problem(422, 'projects.wrongParent', {}, [{ at: 'parentId', key: 'projects.wrongParent' }]);
    const row: ResultRow = {
      id: uuidv7(),
      projectId: given.projectId,
      parentId: given.parentId ?? null,
      level: given.level,
      ordinal: given.ordinal ?? Math.max(0, ...all.map((result) => result.ordinal + 1)),
      title: given.title,
      assumption: given.assumption ?? {},
    };
    await insertResult(tx, by.spaceId, row);
    await line(tx, by, 'project.addResult', given.projectId, { resultId: row.id, level: row.level });
    return row.id;
  });
}

/** Changes the words or the place of a result. @throws Problem 404; 422 projects.noTitle */
export async function editResult(
  db: Db,
  by: By,
  given: { id: string; title?: Text3; assumption?: Text3; ordinal?: number },
): Promise<void> {
  await transaction(db, async (tx) => {
    const before = await resultRow(tx, by.spaceId, given.id);
    if (!before) throw notFound(given.id);
    const row = { ...before, ...defined(given) };
    if (!Object.values(row.title).some(Boolean))
      throw new Problem(422, 'projects.noTitle', {}, [{ at: 'title', key: 'projects.noTitle' }]);
    await updateResult(tx, by.spaceId, row);
    await line(tx, by, 'project.editResult', before.projectId, { resultId: given.id });
  });
}

async function line(tx: Db, by: By, action: string, id: string, details: Record<string, unknown>): Promise<void> {
  await audit(tx, { spaceId: by.spaceId, actorId: by.accountId, action, thingKind: 'project', thingId: id, details });
}
