import { type Activity, activities } from '../../kernel/activities/index.ts';
import { assignmentsIn } from '../../kernel/assignments/index.ts';
import { livePublications, type Publication, publicationsOf } from '../../kernel/publications/index.ts';
import { attachmentsOf } from '../../kernel/records/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Card } from './card.ts';
import { DOMAINS, type Domain } from './checklist.ts';
import { SCORE_CARD } from './publish.ts';
import { meanOf } from './score.ts';
import { type ProblemNow, problemsNow } from './standing.ts';

/** A score card that everybody may see, with its address. */
export type PublicCard = {
  readonly slug: string;
  readonly publishedAt: Date;
  readonly digest: string;
  readonly card: Card;
};

/** What `publishVisit` froze. Only our own verb writes publications of this kind. */
export function cardIn(publication: Publication): PublicCard {
  const { slug, publishedAt, digest } = publication;
  return { slug, publishedAt, digest, card: publication.content as unknown as Card };
}

/** Score cards that are shown now, the latest first. */
export async function liveCards(db: Db, spaceId: string): Promise<readonly PublicCard[]> {
  return (await livePublications(db, spaceId, SCORE_CARD)).map(cardIn);
}

/** Cards of one facility that are shown now, the latest visit first. */
export async function cardsOfFacility(db: Db, spaceId: string, facilityId: string): Promise<readonly PublicCard[]> {
  const all = await publicationsOf(db, spaceId, facilityId);
  return all
    .filter((one) => one.kind === SCORE_CARD && !one.withdrawnAt && !one.supersededAt)
    .map(cardIn)
    .sort((a, b) => (a.card.visitedOn < b.card.visitedOn ? 1 : -1));
}

export type PublicRound = {
  readonly round: Activity;
  readonly cards: readonly PublicCard[];
  /** Visits that were planned and not cancelled. */
  readonly planned: number;
};

/** Rounds with at least one card that is shown, the latest first. */
export async function publicRounds(db: Db, spaceId: string): Promise<readonly PublicRound[]> {
  const [rounds, cards] = await Promise.all([activities(db, spaceId, { kind: 'oversight' }), liveCards(db, spaceId)]);
  const all = await Promise.all(
    rounds.map(async (round) => {
      const tasks = await assignmentsIn(db, spaceId, round.id, { cancelled: true });
      const ids = new Set(tasks.map((task) => task.id));
      return {
        round,
        cards: cards.filter(({ card }) => ids.has(card.assignmentId)),
        planned: tasks.filter((task) => !task.cancelledAt).length,
      };
    }),
  );
  return all.filter((one) => one.cards.length > 0);
}

/** Problems of the cards as they stand now: what the facility did since is shown beside what was found. */
export async function problemsOfCards(db: Db, spaceId: string, cards: readonly Card[]): Promise<readonly ProblemNow[]> {
  const ids = cards.flatMap((card) => card.problems.map((problem) => problem.id));
  return ids.length === 0 ? [] : await problemsNow(db, spaceId, { ids });
}

/** The pictures for all eyes of accepted fixes, by problem. */
export async function picturesAfter(
  db: Db,
  spaceId: string,
  problems: readonly ProblemNow[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    problems.map(async ({ id, fixRecordId, photoAfter }) => {
      if (!fixRecordId || !photoAfter) return [];
      const file = (await attachmentsOf(db, spaceId, fixRecordId)).find((one) => one.name === photoAfter);
      return file?.displaySha256 ? [[id, file.displaySha256] as const] : [];
    }),
  );
  return new Map(found.flat());
}

/** Digests of the pictures that a card itself shows. */
export function picturesOf(card: Card): ReadonlySet<string> {
  return new Set([...card.items, ...card.problems].flatMap((one) => one.photo?.sha256 ?? []));
}

export type Means = {
  readonly count: number;
  readonly mean: number | null;
  readonly domains: Readonly<Record<Domain, number | null>>;
};

/** The mean of facilities' means, and of each domain over the facilities that have a score in it. Pure; order does not matter. */
export function meansOf(cards: readonly Pick<Card, 'mean' | 'domains'>[]): Means {
  const scores = (domain: Domain) =>
    cards.flatMap((card) => card.domains.find((one) => one.domain === domain)?.score ?? []);
  return {
    count: cards.length,
    mean: meanOf(cards.flatMap((card) => card.mean ?? [])),
    domains: Object.fromEntries(DOMAINS.map(({ key }) => [key, meanOf(scores(key))])) as Means['domains'],
  };
}
