import { createHash, randomBytes } from 'node:crypto';
import { openForm } from '@demilge/xform';
import type { Actor } from '../../kernel/access/index.ts';
import { historyOf, stateOf, step } from '../../kernel/flow/index.ts';
import { parsedForm, publishedForms } from '../../kernel/forms/index.ts';
import { type Receipt, receive } from '../../kernel/records/index.ts';
import { today } from '../../kernel/subjects/index.ts';
import { type Db, transaction, uuidv7 } from '../../platform/db/index.ts';
import { COUNTRY_MINUTES } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { ANSWER_DAYS, visitFlow } from './flows.ts';
import { recordHandlers } from './handlers.ts';
import { ANSWER_FORM } from './keys.ts';
import { insertLink, revokeLinks, visitOfLink } from './queries.ts';
import { visitOf } from './review.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The day so many days later, 'YYYY-MM-DD'. */
function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Gives the facility its card and a link by which it answers without an account. A link sent again replaces the one before.
 * @returns the token for the address, shown once
 */
export async function shareVisit(
  db: Db,
  given: { readonly assignmentId: string; readonly by: Actor; readonly at?: Date },
): Promise<{ token: string; until: string }> {
  const { by, assignmentId } = given;
  return await transaction(db, async (tx) => {
    const now = await stateOf(tx, visitFlow, by.spaceId, assignmentId);
    const until = dayAfter(today(given.at), ANSWER_DAYS);
    if (now?.state !== 'shared') {
      await step(tx, visitFlow, {
        spaceId: by.spaceId,
        thingId: assignmentId,
        event: 'share',
        actor: by,
        deadline: until,
        ...(given.at && { at: given.at }),
      });
    }
    const token = randomBytes(24).toString('base64url');
    await revokeLinks(tx, by.spaceId, assignmentId);
    await insertLink(tx, by.spaceId, { assignmentId, tokenSha256: hashOf(token), by: by.accountId, expiresOn: until });
    return { token, until };
  });
}

/** The visit behind a facility's link. @throws Problem 404 oversight.linkOver */
export async function openAnswerLink(db: Db, spaceId: string, token: string, now: Date = new Date()): Promise<string> {
  const found = await visitOfLink(db, spaceId, hashOf(token), today(now));
  if (!found) throw new Problem(404, 'oversight.linkOver');
  return found;
}

export type FacilityAnswer = {
  readonly position: string;
  readonly comment: string;
  readonly problems: readonly {
    readonly number: number;
    /** As it was chosen, or empty: the form says what is missing. */
    readonly agreed: string;
    readonly plan: string;
    readonly owner: string;
    readonly deadline: string;
    readonly reason: string;
  }[];
};

/**
 * The facility's answer, written into its form and received by the same door as every other record.
 * @throws Problem 422 platform.input.invalid with a part for each field that the form refuses; 409 oversight.answeredAlready
 */
export async function answerVisit(
  db: Db,
  given: {
    readonly spaceId: string;
    readonly assignmentId: string;
    readonly answer: FacilityAnswer;
    readonly at?: Date;
  },
): Promise<Receipt> {
  const { spaceId, answer } = given;
  const visit = await visitOf(db, given);
  if ((await stateOf(db, visitFlow, spaceId, given.assignmentId))?.state !== 'shared')
    throw new Problem(409, 'oversight.answeredAlready');
  const version = (await publishedForms(db, spaceId)).find((one) => one.formKey === ANSWER_FORM);
  if (!version) throw new Problem(409, 'oversight.round.noForm');
  const at = given.at ?? new Date();
  const form = openForm(await parsedForm(db, spaceId, version.id), {
    now: () => at,
    utcOffset: () => COUNTRY_MINUTES,
    uuid: uuidv7,
  });
  const set = (path: string, value: string): void => {
    if (value !== '') form.setValue(`/data/${path}`, value);
  };
  set('visit_id', visit.record.id);
  set('answered_on', today(at));
  set('position', answer.position);
  set('read_card', 'yes');
  set('comment', answer.comment);
  set('problem_count', String(answer.problems.length));
  for (const [i, one] of answer.problems.entries()) {
    const at = `problem[${i + 1}]`;
    set(`${at}/problem_no`, String(one.number));
    set(`${at}/agreed`, one.agreed);
    if (one.agreed !== 'refused') {
      set(`${at}/plan`, one.plan);
      set(`${at}/owner`, one.owner);
      set(`${at}/deadline`, one.deadline);
    }
    if (one.agreed !== 'agreed') set(`${at}/reason`, one.reason);
  }
  const wrong = form.validate();
  if (wrong.length > 0) {
    const parts = wrong.map((issue) => ({
      at: issue.ref.replace(/^\/data\//, ''),
      key: issue.kind === 'required' ? 'platform.input.missing' : 'platform.input.wrong',
    }));
    throw new Problem(422, 'platform.input.invalid', { fields: wrong.map((issue) => issue.label).join(', ') }, parts);
  }
  form.finish();
  return await receive(
    { sql: db, handlers: new Map(Object.entries(recordHandlers)) },
    { spaceId, xml: form.serialize(), door: 'web', authorId: null, ...(given.at && { receivedAt: given.at }) },
  );
}

/** Whether a card may be published: the facility has answered, or its days have passed. */
export async function answerStillDue(
  db: Db,
  spaceId: string,
  assignmentId: string,
  now: Date = new Date(),
): Promise<string | null> {
  const state = await stateOf(db, visitFlow, spaceId, assignmentId);
  if (state?.state !== 'shared' || !state.deadline) return null;
  const answered = (await historyOf(db, visitFlow, spaceId, assignmentId)).some((event) => event.event === 'answer');
  return !answered && state.deadline >= today(now) ? state.deadline : null;
}
