export { fileOf, heldFiles, holdFile, holdFrom, type StoredFile } from './held.ts';
export { type FileStore, openDiskStore, type Stored } from './store.ts';
