import type { Db } from '../../platform/db/index.ts';
import type { Space } from './create.ts';

const COLUMNS = 'id, slug, host, name, languages, profile';

/** The space that a host name belongs to; a server with one space answers on any name. Null on an empty server. */
export async function spaceForHost(db: Db, host: string): Promise<Space | null> {
  const [space] = await db<Space[]>`select ${db.unsafe(COLUMNS)} from space
    order by (host = ${host.toLowerCase()}) is true desc, host is null desc, created_at, id limit 1`;
  return space ?? null;
}

/** Whether any space stands here at all; without one the first person is led through setting up. */
export async function anySpace(db: Db): Promise<boolean> {
  const [row] = await db<{ some: boolean }[]>`select exists (select 1 from space) as some`;
  return row?.some ?? false;
}

export async function insertSpace(db: Db, space: Space): Promise<void> {
  await db`insert into space (id, slug, host, name, languages, profile) values (${space.id}, ${space.slug}, ${space.host},
    ${db.json(space.name)}, ${space.languages as string[]}, ${db.json(space.profile as never)})`;
}

export async function updateProfile(db: Db, spaceId: string, profile: Space['profile']): Promise<void> {
  await db`update space set profile = ${db.json(profile as never)} where id = ${spaceId}`;
}

/** Every space of the server, the oldest first. */
export async function allSpaces(db: Db): Promise<readonly Space[]> {
  return await db<Space[]>`select ${db.unsafe(COLUMNS)} from space order by created_at, id`;
}
