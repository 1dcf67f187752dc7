import { join } from 'node:path';
import type { Sql } from '../db/index.ts';
import type { Settings } from '../settings.ts';
import { notedShelf } from './arrivals.ts';
import { diskShelf } from './disk.ts';
import { limitsFor } from './limits.ts';
import { type FileStore, openStore, type Shelf } from './store.ts';

/**
 * The store that the settings ask for: this machine's disk, or an object storage, with `<dataDir>/files` for what is on its way.
 * With `sql`, arrivals are noted, so that what nobody names can be removed; a restore into empty tables goes without.
 * @throws Error that names the setting, when the object storage refuses
 */
export async function openFiles(given: {
  readonly settings: Settings;
  readonly dataDir: string;
  readonly sql: Sql | null;
  readonly say: (line: string) => void;
}): Promise<FileStore> {
  const folder = join(given.dataDir, 'files');
  const shelf = await shelfOf(folder, given.settings, given.say);
  const limits = limitsFor(given.settings.MAX_UPLOAD_MB * 1_048_576);
  return openStore(folder, given.sql ? notedShelf(given.sql, shelf) : shelf, limits);
}

async function shelfOf(folder: string, settings: Settings, say: (line: string) => void): Promise<Shelf> {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return diskShelf(folder);
  const place = {
    ...{ endpoint: S3_ENDPOINT, bucket: S3_BUCKET, region: S3_REGION },
    ...{ accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  };
  const { checkS3, s3Shelf } = await import('./s3.ts');
  await checkS3(place, say);
  return s3Shelf(place, say);
}
