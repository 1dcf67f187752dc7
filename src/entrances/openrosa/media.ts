import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Actor } from '../../kernel/access/index.ts';
import { type FormVersionInfo, formFiles, md5Of } from '../../kernel/forms/index.ts';
import type { Kind } from '../../kernel/kinds/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';

/** One file of a form for one person: stored, or made now. */
export type FormMedia = {
  readonly name: string;
  readonly md5: string;
  readonly read: () => Promise<Readable | string | null>;
};

type Means = { readonly db: Db; readonly files: FileStore; readonly kinds: readonly Kind[] };

/** Every file that the form asks for and that can be had: tables made for this person go before stored files of their name. */
export async function mediaOf(
  means: Means,
  spaceId: string,
  version: FormVersionInfo,
  actor: Actor,
): Promise<readonly FormMedia[]> {
  const { db, files, kinds } = means;
  const media = new Map<string, FormMedia>();
  for (const { name, sha256 } of await formFiles(db, spaceId, version.id)) {
    const md5 = await md5Of(files, sha256);
    if (md5) media.set(name, { name, md5, read: () => files.read(sha256) });
  }
  const makers = kinds.find((kind) => kind.name === version.kind)?.media ?? {};
  for (const name of version.wantedFiles) {
    // A form's author may name a file as every object names something: 'constructor'.
    const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
    if (!make) continue;
    const text = await make(db, spaceId, actor);
    media.set(name, { name, md5: createHash('md5').update(text).digest('hex'), read: async () => text });
  }
  return [...media.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
