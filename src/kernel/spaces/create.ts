import { type Db, isUniqueViolation, uuidv7 } from '../../platform/db/index.ts';
import type { Language, Text3 } from '../../platform/i18n/index.ts';
import { slug } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { insertSpace, updateProfile } from './queries.ts';

/** What the association says of itself on its public page. */
export type Profile = {
  readonly foundedOn?: string;
  readonly registeredOn?: string;
  readonly mission?: Text3;
  readonly about?: Text3;
  readonly history?: Text3;
  readonly experience?: Text3;
  readonly aims?: readonly Text3[];
  readonly directions?: readonly Text3[];
  readonly contact?: Text3;
  /** Figures of public projects that stand on the home page: 'slug of the project/code of the indicator'. */
  readonly headline?: readonly string[];
};

export type Space = {
  readonly id: string;
  readonly slug: string;
  /** The host name that belongs to it, where a server carries several. */
  readonly host: string | null;
  readonly name: Text3;
  readonly languages: readonly Language[];
  readonly profile: Profile;
};

/** Founds a space. @throws Problem 409 spaces.taken when its slug or host belongs to another */
export async function createSpace(
  db: Db,
  given: { name: Text3; host?: string; languages?: readonly Language[]; profile?: Profile },
): Promise<Space> {
  const space: Space = {
    id: uuidv7(),
    slug: slug(given.name.en ?? given.name.ky ?? given.name.ru ?? ''),
    host: given.host?.toLowerCase() ?? null,
    name: given.name,
    languages: given.languages ?? ['ky', 'ru', 'en'],
    profile: given.profile ?? {},
  };
  try {
    await insertSpace(db, space);
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem(409, 'spaces.taken', { name: space.slug });
    throw error;
  }
  return space;
}

export async function setProfile(db: Db, spaceId: string, profile: Profile): Promise<void> {
  await updateProfile(db, spaceId, profile);
}
