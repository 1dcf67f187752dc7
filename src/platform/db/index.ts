export {
  connect,
  type Db,
  type Fragment,
  isConnectionLost,
  isContentError,
  isUniqueViolation,
  type Sql,
  type Tx,
  transaction,
} from './connect.ts';
export { appliedMigrations, loadMigrations, type Migration, migrate } from './migrate.ts';
export { uuidFromName, uuidv7 } from './uuid.ts';
