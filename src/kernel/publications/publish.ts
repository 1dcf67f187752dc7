import { createHash } from 'node:crypto';
import { audit } from '../../platform/audit/index.ts';
import { type Db, isUniqueViolation, transaction, uuidv7 } from '../../platform/db/index.ts';
import type { Text3 } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { By } from '../subjects/index.ts';
import {
  entomb,
  insertPublication,
  latestAt,
  type ManifestEntry,
  type Publication,
  publicationById,
  supersedeLive,
} from './queries.ts';

export type NewPublication = {
  readonly kind: string;
  readonly slug: string;
  readonly thingId?: string | null;
  readonly title: Text3;
  readonly content: Readonly<Record<string, unknown>>;
  readonly manifest: readonly ManifestEntry[];
  /** For history that is entered later; now, without it. */
  readonly at?: Date;
};

/**
 * Freezes and shows: what the page says and what it stands on do not change any more. Publishing again at the same address supersedes;
 * publishing the same again changes nothing.
 * @throws Problem 410 publications.withdrawn for an address that was withdrawn; 409 publications.meanwhile when two publish at once
 */
export async function publish(db: Db, by: By, given: NewPublication): Promise<{ id: string; digest: string }> {
  const digest = digestOf(given);
  try {
    return await transaction(db, async (tx) => {
      const before = await latestAt(tx, by.spaceId, given.kind, given.slug);
      if (before?.withdrawnAt) throw new Problem(410, 'publications.withdrawn');
      if (before && before.digest === digest) return { id: before.id, digest };
      const id = uuidv7();
      const superseded = await supersedeLive(tx, by.spaceId, given.kind, given.slug);
      await insertPublication(tx, by.spaceId, {
        id,
        kind: given.kind,
        slug: given.slug,
        thingId: given.thingId ?? null,
        title: given.title,
        content: { ...given.content },
        manifest: [...given.manifest],
        digest,
        publishedBy: by.accountId,
        publishedAt: given.at ?? new Date(),
      });
      await line(tx, by, 'publication.publish', id, { kind: given.kind, slug: given.slug, digest, superseded });
      return { id, digest };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem(409, 'publications.meanwhile');
    throw error;
  }
}

/**
 * Takes an address back with all its versions. A tombstone with title, dates and reason stays; the content is gone from here, and
 * every rendition asks here first.
 * @throws Problem 404; 409 publications.withdrawnAlready; 422 publications.noReason
 */
export async function withdraw(db: Db, by: By, given: { publicationId: string; reason: string }): Promise<void> {
  const reason = given.reason.trim();
  if (!reason) throw new Problem(422, 'publications.noReason', {}, [{ at: 'reason', key: 'publications.noReason' }]);
  await transaction(db, async (tx) => {
    const found = await publicationById(tx, by.spaceId, given.publicationId);
    if (!found) throw notFound(given.publicationId);
    if (found.withdrawnAt) throw new Problem(409, 'publications.withdrawnAlready');
    await entomb(tx, by.spaceId, { kind: found.kind, slug: found.slug, by: by.accountId, reason });
    await line(tx, by, 'publication.withdraw', found.id, { kind: found.kind, slug: found.slug, reason });
  });
}

export type AtAddress =
  | { readonly state: 'live'; readonly publication: Publication }
  | {
      readonly state: 'withdrawn';
      readonly title: Text3;
      readonly publishedAt: Date;
      readonly withdrawnAt: Date;
      readonly reason: string | null;
    };

/** What stands at an address: the live publication, the tombstone of a withdrawn one, or null where nothing ever stood. */
export async function publicationAt(db: Db, spaceId: string, kind: string, slug: string): Promise<AtAddress | null> {
  const found = await latestAt(db, spaceId, kind, slug);
  if (!found) return null;
  if (!found.withdrawnAt) return { state: 'live', publication: found };
  const { title, publishedAt, withdrawnAt, withdrawnReason } = found;
  return { state: 'withdrawn', title, publishedAt, withdrawnAt, reason: withdrawnReason };
}

/** The SHA-256 of what a publication says and stands on; keys are sorted, so equal contents have equal digests. */
export function digestOf(given: Pick<NewPublication, 'title' | 'content' | 'manifest'>): string {
  const { title, content, manifest } = given;
  const text = JSON.stringify({ title, content, manifest }, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
  return createHash('sha256').update(text).digest('hex');
}

async function line(tx: Db, by: By, action: string, id: string, details: Record<string, unknown>): Promise<void> {
  await audit(tx, {
    spaceId: by.spaceId,
    actorId: by.accountId,
    action,
    thingKind: 'publication',
    thingId: id,
    details,
  });
}
