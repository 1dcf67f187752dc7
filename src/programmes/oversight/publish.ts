import type { Actor } from '../../kernel/access/index.ts';
import { step } from '../../kernel/flow/index.ts';
import {
  type ManifestEntry,
  publicationAt,
  publicationsOf,
  publish,
  withdraw,
} from '../../kernel/publications/index.ts';
import { type Db, transaction } from '../../platform/db/index.ts';
import { slug } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import { type Card, cardOf } from './card.ts';
import { visitFlow } from './flows.ts';
import { visitOf } from './review.ts';
import { answerStillDue } from './share.ts';

/** The kind of publication that a score card is; its thing is the facility. */
export const SCORE_CARD = 'oversight.card';

/** Where a card stands on the public site, without the language. */
export const cardAddress = (slug: string): string => `/oversight/facilities/${slug}`;

type Publishing = { readonly assignmentId: string; readonly by: Actor; readonly reason?: string; readonly at?: Date };

/**
 * Shows a visit's score card to everybody, frozen as it stands, once the facility has answered or its days have passed.
 * @returns the end of its address
 * @throws Problem 409 oversight.answerStillDue, flow.notFromHere
 */
export async function publishVisit(db: Db, given: Publishing): Promise<string> {
  const { by, assignmentId } = given;
  const { spaceId } = by;
  const due = await answerStillDue(db, spaceId, assignmentId, given.at);
  if (due) throw new Problem(409, 'oversight.answerStillDue', { day: due });
  return await transaction(db, async (tx) => {
    const { record: visit } = await visitOf(tx, { spaceId, assignmentId });
    const card = await cardOf(tx, spaceId, visit);
    await step(tx, visitFlow, {
      spaceId,
      thingId: assignmentId,
      event: 'publish',
      actor: by,
      details: { recordId: visit.id },
      ...(given.at && { at: given.at }),
    });
    const address = await freeAddress(
      tx,
      spaceId,
      `${slug(card.facility.en ?? card.facility.ky ?? '')}-${card.visitedOn}`,
    );
    await publish(tx, by, {
      kind: SCORE_CARD,
      slug: address,
      thingId: card.facilityId,
      title: card.facility,
      content: card,
      manifest: manifestOf(card),
      ...(given.at && { at: given.at }),
    });
    return address;
  });
}

/** What the card stands on: the record, the pictures, the facility and the version of the standard. */
function manifestOf(card: Card): readonly ManifestEntry[] {
  const pictures = [...card.items, ...card.problems].flatMap((one) => one.photo?.sha256 ?? []);
  return [
    { kind: 'record', id: card.recordId },
    { kind: 'subject', id: card.facilityId },
    ...(card.standard ? [{ kind: 'source' as const, id: card.standard.id }] : []),
    ...[...new Set(pictures)].map((sha256) => ({ kind: 'file' as const, id: sha256 })),
  ];
}

/** An address whose card was withdrawn keeps its tombstone; the corrected card gets the next one. */
async function freeAddress(tx: Db, spaceId: string, base: string): Promise<string> {
  for (let n = 1; ; n++) {
    const address = n === 1 ? base : `${base}-${n}`;
    const there = await publicationAt(tx, spaceId, SCORE_CARD, address);
    if (there?.state !== 'withdrawn') return address;
  }
}

/** Takes the card of a visit back; a tombstone with the reason stays at its address. */
export async function withdrawCard(db: Db, given: Publishing & { readonly reason: string }): Promise<void> {
  const { by, assignmentId } = given;
  await transaction(db, async (tx) => {
    const { record: visit } = await visitOf(tx, { spaceId: by.spaceId, assignmentId });
    const cards = await publicationsOf(tx, by.spaceId, visit.subjectId ?? '');
    const card = cards.find(
      (one) => one.kind === SCORE_CARD && !one.withdrawnAt && one.content.assignmentId === assignmentId,
    );
    if (!card) throw notFound('card');
    await step(tx, visitFlow, {
      spaceId: by.spaceId,
      thingId: assignmentId,
      event: 'withdraw',
      actor: by,
      reason: given.reason,
      ...(given.at && { at: given.at }),
    });
    await withdraw(tx, by, { publicationId: card.id, reason: given.reason });
  });
}
