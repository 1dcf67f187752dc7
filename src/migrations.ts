import { loadMigrations, type Migration } from './platform/db/index.ts';

/** Every room's numbered SQL, in order. */
export const allMigrations: readonly Migration[] = loadMigrations();
