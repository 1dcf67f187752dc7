import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import { allowConflict } from '../../../kernel/assignments/index.ts';
import { conflicts, record, resolveAside, resolveConflict, setAsideList } from '../../../kernel/records/index.ts';
import { subject } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { notFound, Problem } from '../../../platform/problem.ts';
import { Breakable, ButtonRow, LinkButton, Section } from '../../../ui/index.ts';
import { recordHandlers } from '../handlers.ts';
import { publishVisit, withdrawCard } from '../publish.ts';
import { checkVisit, returnVisit, uncheckVisit } from '../review.ts';
import { agreeVisit, cancelVisit, reopenVisit, stateVisitConflict } from '../rounds.ts';
import { shareVisit } from '../share.ts';
import { VISITS } from './board.tsx';
import { actorOf, crumb, idOf, orAgain } from './common.tsx';
import { ROUNDS } from './rounds.tsx';
import { openVisit, visitPage } from './visit.tsx';

const Reason = z.object({ reason: z.string().max(1000).default('') });
const Agreed = z.object({ day: z.union([z.literal(''), z.iso.date()]).default('') });

/** Does it, then shows the visit with a word; what is refused is shown on the same page. */
function act(key: string, work: (call: Call, assignmentId: string) => Promise<void>, undo?: string) {
  return async (call: Call): Promise<Reply> => {
    const task = await openVisit(call);
    const here = call.l.href(`${VISITS}/${task.id}`);
    return await orAgain(
      async () => {
        await work(call, task.id);
        return seeOther(here, { key, ...(undo && { undo: `${here}/${undo}` }) });
      },
      (problem) => visitPage(call, problem),
    );
  };
}

const reasonOf = (call: Call): string => readForm(Reason, call.request).reason;

const given = (call: Call, assignmentId: string) => ({
  spaceId: call.space.id,
  assignmentId,
  by: actorOf(call),
  at: call.now(),
});

export const agreeNow = act('oversight.agree.done', async (call, id) => {
  const { day } = readForm(Agreed, call.request);
  await agreeVisit(call.sql, { ...given(call, id), ...(day && { day }) });
});

export const cancelNow = act(
  'oversight.cancel.done',
  async (call, id) => {
    await cancelVisit(call.sql, { ...given(call, id), reason: reasonOf(call) });
  },
  'reopen',
);

export const reopenNow = act('oversight.reopen.done', async (call, id) => {
  await reopenVisit(call.sql, given(call, id));
});

export const conflictNow = act('oversight.conflict.done', async (call, id) => {
  await stateVisitConflict(call.sql, { ...given(call, id), reason: reasonOf(call) });
});

export const allowNow = act('oversight.conflict.allowedNow', async (call, id) => {
  await allowConflict(call.sql, actorOf(call), call.space.id, id, reasonOf(call), call.now());
});

/** A check without the word that no patient and no record is in a picture is no check. */
export const checkNow = act(
  'oversight.check.done',
  async (call, id) => {
    const { no_people } = readForm(z.object({ no_people: z.string().default('') }), call.request);
    if (no_people !== 'yes')
      throw new Problem(422, 'oversight.check.noPeopleNeeded', {}, [
        { at: 'no_people', key: 'oversight.check.noPeopleNeeded' },
      ]);
    await checkVisit(call.sql, given(call, id));
  },
  'undo-check',
);

export const undoCheckNow = act('oversight.uncheck.done', async (call, id) => {
  await uncheckVisit(call.sql, { ...given(call, id), reason: call.l.t('oversight.undoReason') });
});

export const uncheckNow = act('oversight.uncheck.done', async (call, id) => {
  await uncheckVisit(call.sql, { ...given(call, id), reason: reasonOf(call) });
});

export const returnNow = act('oversight.return.done', async (call, id) => {
  await returnVisit(call.sql, { ...given(call, id), reason: reasonOf(call) });
});

export const publishNow = act('oversight.publish.done', async (call, id) => {
  await publishVisit(call.sql, { assignmentId: id, by: actorOf(call), at: call.now() });
});

export const withdrawNow = act('oversight.withdraw.done', async (call, id) => {
  await withdrawCard(call.sql, { assignmentId: id, by: actorOf(call), reason: reasonOf(call), at: call.now() });
});

/** Gives the facility its link. It is shown once, with words to send. */
export async function shareNow(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const task = await openVisit(call);
  return await orAgain(
    async () => {
      const { token, until } = await shareVisit(sql, { assignmentId: task.id, by: actorOf(call), at: call.now() });
      const facility = l.pick((await subject(sql, space.id, task.subjectId, task.from))?.name);
      const link = `${call.baseUrl}${l.href(`/oversight/answer/${token}`)}`;
      const words = l.t('oversight.share.text', { facility, link, until: l.date(until), space: l.pick(space.name) });
      const title = l.t('oversight.share.ready');
      return page(
        officePage(
          call,
          {
            title,
            crumbs: [
              crumb(l, 'oversight.rounds.title', ROUNDS),
              { label: facility, href: l.href(`${VISITS}/${task.id}`) },
              { label: title },
            ],
          },
          <div class="flow">
            <p class="lead">{l.t('oversight.share.once', { until: l.date(until) })}</p>
            <Section title={l.t('oversight.share.link')}>
              <p>
                <Breakable text={link} />
              </p>
            </Section>
            <Section title={l.t('oversight.share.message')}>
              <p class="prose">{words}</p>
              <ButtonRow>
                <LinkButton icon="send" href={`https://wa.me/?text=${encodeURIComponent(words)}`} rel="noreferrer">
                  WhatsApp
                </LinkButton>
                <LinkButton
                  icon="send"
                  href={`https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(words)}`}
                  rel="noreferrer"
                >
                  Telegram
                </LinkButton>
                <LinkButton look="quiet" href={l.href(`${VISITS}/${task.id}`)}>
                  {l.t('oversight.backToVisit')}
                </LinkButton>
              </ButtonRow>
            </Section>
          </div>,
        ),
        200,
        { 'cache-control': 'no-store' },
      );
    },
    (problem) => visitPage(call, problem),
  );
}

const handlers = new Map(Object.entries(recordHandlers));

/** Where a decision leads back to: the visit that it was taken on. */
const backOf = (call: Call, visit: string): string => call.l.href(visit ? `${VISITS}/${visit}` : ROUNDS);

const Decision = z.object({
  resolution: z.enum(['accepted', 'rejected', 'superseded']),
  reason: z.string().max(1000).default(''),
  visit: z.union([z.literal(''), z.guid()]).default(''),
});

/** A decision on a record of ours that was set aside. */
export async function decideAside(call: Call): Promise<Reply> {
  const { resolution, reason, visit } = readForm(Decision, call.request);
  const { sql, space } = call;
  const aside = (await setAsideList(sql, space.id)).find((one) => one.id === idOf(call));
  if (!aside || !(await ours(call, aside.recordId))) throw notFound(idOf(call));
  await resolveAside(
    { sql, handlers },
    { spaceId: space.id, asideId: aside.id, resolution, by: actorOf(call), reason, at: call.now() },
  );
  return seeOther(backOf(call, visit), { key: 'oversight.aside.decided' });
}

const Twice = z.object({
  resolution: z.enum(['kept_first', 'took_second']),
  visit: z.union([z.literal(''), z.guid()]).default(''),
});

/** A choice between two contents of one record of ours. */
export async function decideTwice(call: Call): Promise<Reply> {
  const { resolution, visit } = readForm(Twice, call.request);
  const { sql, space } = call;
  const twice = (await conflicts(sql, space.id)).find((one) => one.id === idOf(call));
  if (!twice || !(await ours(call, twice.recordId))) throw notFound(idOf(call));
  await resolveConflict(
    { sql, handlers },
    { spaceId: space.id, conflictId: twice.id, resolution, by: actorOf(call), at: call.now() },
  );
  return seeOther(backOf(call, visit), { key: 'oversight.aside.decided' });
}

async function ours(call: Call, recordId: string): Promise<boolean> {
  const found = await record(call.sql, call.space.id, recordId);
  return found !== null && found.formKey in recordHandlers;
}
