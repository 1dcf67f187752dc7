import type { Db } from '../../platform/db/index.ts';
import { folds, type Text3 } from '../../platform/i18n/index.ts';
import { type Subject, subjects } from '../subjects/index.ts';
import {
  type PartyRole,
  type ProjectRow,
  partiesOf,
  placesOf,
  projectRow,
  projectRows,
  type ResultRow,
  resultsOf,
  usedByProjects,
} from './queries.ts';

export type Party = { readonly organisationId: string; readonly role: PartyRole; readonly name: Text3 };
export type Project = ProjectRow & {
  readonly parties: readonly Party[];
  readonly places: readonly { readonly id: string; readonly name: Text3 }[];
};

export type ProjectFilter = {
  /** Only those that this organisation is a party of: what a partner sees. */
  readonly organisationId?: string;
  /** Only those shown on the public site. */
  readonly public?: boolean;
  /** Folded beginnings of words of the title, code or a party's name. */
  readonly text?: string;
};

/** The projects of the space in their order, with parties and places. */
export async function projects(db: Db, spaceId: string, filter: ProjectFilter = {}): Promise<readonly Project[]> {
  const rows = await withPeople(db, spaceId, await projectRows(db, spaceId));
  const asked = folds(filter.text ?? '');
  return rows.filter((project) => {
    if (filter.public && !project.public) return false;
    if (filter.organisationId && !isPartyOf(project, filter.organisationId)) return false;
    const names = [project.title, ...project.parties.map((party) => party.name)].flatMap((text) => Object.values(text));
    const words = folds([project.code, ...names].join(' '));
    return asked.every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
}

/** By id or slug; null for none. */
export async function project(db: Db, spaceId: string, idOrSlug: string): Promise<Project | null> {
  const row = await projectRow(db, spaceId, idOrSlug);
  return row ? ((await withPeople(db, spaceId, [row]))[0] ?? null) : null;
}

/** Whether the organisation has a part in the project. */
export function isPartyOf(project: Pick<Project, 'parties'>, organisationId: string): boolean {
  return project.parties.some((party) => party.organisationId === organisationId);
}

async function withPeople(db: Db, spaceId: string, rows: readonly ProjectRow[]): Promise<Project[]> {
  const ids = rows.map((row) => row.id);
  const [parties, places] = await Promise.all([partiesOf(db, spaceId, ids), placesOf(db, spaceId, ids)]);
  const named = await subjects(db, spaceId, [
    ...new Set([...parties.map((party) => party.organisationId), ...places.map((place) => place.placeId)]),
  ]);
  const nameOf = (id: string): Text3 => named.get(id)?.name ?? {};
  const byName = (a: { name: Text3 }, b: { name: Text3 }): number => (first(a.name) < first(b.name) ? -1 : 1);
  return rows.map((row) => ({
    ...row,
    parties: parties
      .filter((party) => party.projectId === row.id)
      .map(({ organisationId, role }) => ({ organisationId, role, name: nameOf(organisationId) }))
      .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || byName(a, b)),
    places: places
      .filter((place) => place.projectId === row.id)
      .map(({ placeId }) => ({ id: placeId, name: nameOf(placeId) }))
      .sort(byName),
  }));
}

const ORDER: readonly PartyRole[] = ['funder', 'implementer', 'partner', 'host'];
const first = (name: Subject['name']): string => name.ky ?? name.ru ?? name.en ?? '';

export type ResultNode = ResultRow & { readonly children: readonly ResultNode[] };

/** The results chain as a tree: impacts with their outcomes with their outputs; what has no parent stands at the top. */
export async function logframe(db: Db, spaceId: string, projectId: string): Promise<readonly ResultNode[]> {
  const rows = await resultsOf(db, spaceId, projectId);
  const under = (parentId: string | null): ResultNode[] =>
    rows.filter((row) => row.parentId === parentId).map((row) => ({ ...row, children: under(row.id) }));
  return under(null);
}

/** Which of these subjects a project names, with why they must stay. */
export async function projectUse(
  db: Db,
  spaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  return new Map((await usedByProjects(db, spaceId, ids)).map((id) => [id, 'projects.usesIt']));
}
