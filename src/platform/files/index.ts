export { fileOf, heldFiles, holdFile, holdFrom, type StoredFile } from './held.ts';
export { openFiles } from './open.ts';
export type { Upload } from './parts.ts';
export { type FileStore, openDiskStore, type Stored } from './store.ts';
export { startSweeping } from './sweep.ts';
