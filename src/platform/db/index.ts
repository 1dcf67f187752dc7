export { connect, type Db, isContentError, isUniqueViolation, type Sql, type Tx, transaction } from './connect.ts';
export { loadMigrations, type Migration, migrate } from './migrate.ts';
export { uuidFromName, uuidv7 } from './uuid.ts';
