import { z } from 'zod';
import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import { historyOf, possibleSteps, step } from '../../../kernel/flow/index.ts';
import { attachmentsOf, visibleFile } from '../../../kernel/records/index.ts';
import { subject, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, readUploads, seeOther } from '../../../platform/http/index.ts';
import { notFound, Problem } from '../../../platform/problem.ts';
import {
  Button,
  ButtonRow,
  Card,
  DateField,
  Facts,
  FileField,
  type Photo,
  PhotoGrid,
  ProblemSummary,
  RadioGroup,
  Section,
  StateChip,
  TextArea,
  TextField,
  Timeline,
} from '../../../ui/index.ts';
import { type FixWord, recordFix } from '../fixes.ts';
import { problemFlow } from '../flows.ts';
import { acceptFix, rejectFix } from '../review.ts';
import { type ProblemNow, problemsNow } from '../standing.ts';
import { VISITS } from './board.tsx';
import { actorOf, crumb, errorsOf, idOf, orAgain, ProblemChip, severityName } from './common.tsx';
import { overdue, type WaitingFix, waitingFixes } from './problems.tsx';
import { FACILITIES, PROBLEMS } from './rounds.tsx';
import { rowName } from './visit-answers.tsx';

async function openProblem(call: Call): Promise<ProblemNow> {
  const [found] = await problemsNow(call.sql, call.space.id, { ids: [idOf(call)] });
  if (!found) throw notFound(idOf(call));
  return found;
}

type Refused = { readonly problem: Problem; readonly fix?: FixWord };

/** One problem from the day it was found to the day when those who use the place say that it is gone. */
export async function problemPage(call: Call, refused?: Refused): Promise<Reply> {
  const { l, sql, space } = call;
  const found = await openProblem(call);
  const [facility, history, waiting, photos] = await Promise.all([
    subject(sql, space.id, found.facilityId, found.foundOn),
    historyOf(sql, problemFlow, space.id, found.id),
    waitingFixes(call, found.id),
    photosOf(call, found),
  ]);
  const people = [
    ...history.flatMap((event) => [event.byId, event.details.acceptedBy]),
    ...waiting.map((fix) => fix.authorId),
  ];
  const names = await accountNames(sql, space.id, [
    ...new Set(people.filter((id): id is string => typeof id === 'string')),
  ]);
  const late = overdue(found, today(call.now()));
  const title = found.description;
  const steps = call.actor ? possibleSteps(problemFlow, found.state, call.actor, history) : [];
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [crumb(l, 'oversight.problems.title', PROBLEMS), { label: title }],
        subheading: (
          <>
            <ProblemChip l={l} state={found.state} />{' '}
            {late && <StateChip tone="bad">{l.t('oversight.problems.overdue')}</StateChip>}
          </>
        ),
      },
      <div class="flow">
        {refused && <ProblemSummary title={l.t(refused.problem.key, refused.problem.details)} problems={[]} />}
        <Facts
          facts={[
            {
              term: l.t('oversight.facility'),
              value: <a href={l.href(`${FACILITIES}/${found.facilityId}`)}>{l.pick(facility?.name)}</a>,
            },
            {
              term: l.t('oversight.problem.foundOn'),
              value: <a href={l.href(`${VISITS}/${found.assignmentId}`)}>{l.date(found.foundOn)}</a>,
            },
            { term: l.t('oversight.problem.row'), value: rowName(l, found.passportRow) },
            { term: l.t('oversight.problem.severity'), value: severityName(l, found.severity) },
            ...said(call, found),
          ]}
        />
        <Section title={l.t('oversight.problem.pictures')} id="pictures">
          {photos.length > 0 ? (
            <PhotoGrid l={l} id="photos" photos={photos} size="large" />
          ) : (
            <p class="soft">{l.t('oversight.photos.none')}</p>
          )}
        </Section>
        {waiting.length > 0 && (
          <Section title={l.t('oversight.fixes.waiting')} id="fixes">
            {waiting.map((fix) => (
              <FixDecision key={fix.recordId} call={call} fix={fix} by={names.get(fix.authorId ?? '') ?? '–'} />
            ))}
          </Section>
        )}
        {call.can('oversight.fix') && <FixForm call={call} found={found} {...(refused && { refused })} />}
        {call.can('oversight.plan') && steps.length > 0 && (
          <Section title={l.t('oversight.problem.steps')} id="steps" lead={l.t('oversight.problem.stepsLead')}>
            <form method="post" action={l.href(`${PROBLEMS}/${found.id}/step`)} class="form flow">
              <TextArea
                l={l}
                name="reason"
                label={l.t('oversight.reason')}
                rows={2}
                required
                maxLength={1000}
                {...errorsOf(l, refused?.problem)('reason')}
              />
              <ButtonRow>
                {steps.map((arrow) => (
                  <Button
                    key={arrow.event}
                    name="event"
                    value={arrow.event}
                    {...(arrow.event === 'close' && { look: 'danger' as const })}
                  >
                    {l.t(`oversight.problem.event.${arrow.event}`)}
                  </Button>
                ))}
              </ButtonRow>
            </form>
          </Section>
        )}
        <Section title={l.t('oversight.history')} id="history">
          <Timeline
            label={l.t('oversight.history')}
            items={[...history].reverse().map((event) => ({
              key: event.id,
              iso: event.at.toISOString(),
              when: l.dateTime(event.at),
              who: names.get(event.byId ?? String(event.details.acceptedBy ?? '')) ?? l.t('oversight.system'),
              what: l.t(`oversight.problem.event.${event.event}`),
              ...(event.reason && {
                note: REASONS.has(event.reason) ? l.t(`oversight.because.${event.reason}`) : event.reason,
              }),
            }))}
          />
        </Section>
      </div>,
    ),
    refused?.problem.status ?? 200,
  );
}

/** Reasons that the flow itself writes. */
const REASONS = new Set(['corrected', 'not_fixed']);

/** What the facility answered and what was done. */
function said({ l }: Call, found: ProblemNow) {
  const list: { term: string; value: string }[] = [];
  const put = (term: string, value: string | null): void => {
    if (value) list.push({ term: l.t(term), value });
  };
  put('oversight.answer.word', found.answer && l.t(`oversight.answer.${found.answer}`));
  put('oversight.answer.plan', found.plan);
  put('oversight.problem.owner', found.owner);
  put('oversight.problem.deadline', found.deadline && l.date(found.deadline));
  put('oversight.answer.reason', found.answerReason);
  put('oversight.fix.whatDone', found.whatDone);
  put('oversight.fix.on', found.fixedOn && l.date(found.fixedOn));
  put('oversight.fix.confirmedBy', found.confirmedBy && l.t(`oversight.fix.by.${found.confirmedBy}`));
  put('oversight.fix.users', found.usersConfirmed === null ? null : l.number(found.usersConfirmed));
  return list;
}

/** Before and after, side by side. */
async function photosOf(call: Call, found: ProblemNow): Promise<readonly Photo[]> {
  const { l, sql, space } = call;
  const one = async (recordId: string | null, name: string | null, key: string): Promise<Photo[]> => {
    if (!recordId || !name) return [];
    const file = (await attachmentsOf(sql, space.id, recordId)).find((file) => file.name === name);
    if (!file || !visibleFile(call.actor, file)) return [];
    const address = `/office/oversight/photos/${recordId}/${encodeURIComponent(name)}`;
    const caption = l.t(`oversight.photo.${key}`);
    return [
      {
        id: key,
        src: address,
        thumb: `${address}?small=1`,
        alt: `${caption}: ${found.description}`,
        caption,
        width: 1600,
        height: 1200,
      },
    ];
  };
  return [
    ...(await one(found.recordId, found.photoBefore, 'before')),
    ...(await one(found.fixRecordId, found.photoAfter, 'after')),
  ];
}

/** A word of a fix that waits, with the decision of a second person. */
function FixDecision({ call, fix, by }: { call: Call; fix: WaitingFix; by: string }) {
  const { l } = call;
  const own = fix.authorId === call.actor?.accountId;
  const here = l.href(`${PROBLEMS}/${fix.problem.id}/fixes/${fix.recordId}`);
  return (
    <Card
      title={l.t(`oversight.fix.state.${fix.state}`)}
      kicker={[fix.on && l.date(fix.on), by].filter(Boolean).join(' · ')}
    >
      {fix.whatDone && <p>{fix.whatDone}</p>}
      {own ? (
        <p class="soft">{l.t('oversight.fix.own')}</p>
      ) : (
        call.can('oversight.review') && (
          <form method="post" action={here} class="form flow">
            <ButtonRow>
              <Button name="verdict" value="accepted" look="main" icon="check" formNoValidate>
                {l.t('oversight.fix.accept')}
              </Button>
            </ButtonRow>
            <details>
              <summary>{l.t('oversight.fix.reject')}</summary>
              <TextArea
                l={l}
                name="reason"
                id={`reason-${fix.recordId}`}
                label={l.t('oversight.reason')}
                rows={2}
                required
                maxLength={1000}
              />
              <Button name="verdict" value="rejected" look="danger">
                {l.t('oversight.fix.reject')}
              </Button>
            </details>
          </form>
        )
      )}
    </Card>
  );
}

const STATES = ['fixed', 'started', 'not_fixed'] as const;
const CONFIRMED_BY = ['seen', 'meeting', 'phone'] as const;

/** The fix form, for word that comes to the office: by telephone, at a meeting, by letter. */
function FixForm({ call, found, refused }: { call: Call; found: ProblemNow; refused?: Refused }) {
  const { l } = call;
  const errors = errorsOf(l, refused?.problem);
  const fix = refused?.fix;
  return (
    <Section title={l.t('oversight.fix.record')} id="record-fix">
      <details open={fix !== undefined}>
        <summary>{l.t('oversight.fix.recordLead')}</summary>
        <form
          method="post"
          action={l.href(`${PROBLEMS}/${found.id}/fix`)}
          enctype="multipart/form-data"
          class="form flow"
        >
          <DateField
            l={l}
            name="checkedOn"
            label={l.t('oversight.fix.checkedOn')}
            value={fix?.checkedOn || today(call.now())}
            required
            {...errors('checkedOn')}
          />
          <RadioGroup
            l={l}
            name="state"
            label={l.t('oversight.fix.state')}
            required
            {...(fix?.state && { value: fix.state })}
            choices={STATES.map((value) => ({ value, label: l.t(`oversight.fix.state.${value}`) }))}
            {...errors('state')}
          />
          <TextArea
            l={l}
            name="whatDone"
            label={l.t('oversight.fix.whatDone')}
            value={fix?.whatDone ?? ''}
            rows={3}
            maxLength={2000}
            {...errors('whatDone')}
          />
          <FileField
            l={l}
            name="photo"
            label={l.t('oversight.photo.after')}
            accept="image/*"
            hint={l.t('oversight.check.noPeopleHint')}
            {...errors('photo')}
          />
          <RadioGroup
            l={l}
            name="confirmedBy"
            label={l.t('oversight.fix.confirmedBy')}
            required
            {...(fix?.confirmedBy && { value: fix.confirmedBy })}
            choices={CONFIRMED_BY.map((value) => ({ value, label: l.t(`oversight.fix.by.${value}`) }))}
            {...errors('confirmedBy')}
          />
          <TextField
            l={l}
            name="usersConfirmed"
            type="number"
            inputMode="numeric"
            width="short"
            min={0}
            max={500}
            label={l.t('oversight.fix.users')}
            value={fix?.usersConfirmed ?? '0'}
            required
            {...errors('usersConfirmed')}
          />
          <Button look="main">{l.t('oversight.fix.send')}</Button>
        </form>
      </details>
    </Section>
  );
}

const one = (value: string | string[] | undefined): string => String([value ?? ''].flat()[0] ?? '').slice(0, 2000);

/** Takes the word of a fix. */
export async function fixNow(call: Call): Promise<Reply> {
  const found = await openProblem(call);
  const { fields, files } = await readUploads(call.request, call.maxUpload, 1);
  const [photo] = files.filter((file) => file.bytes.byteLength > 0);
  const fix: FixWord = {
    checkedOn: one(fields.checkedOn),
    state: one(fields.state),
    whatDone: one(fields.whatDone),
    confirmedBy: one(fields.confirmedBy),
    usersConfirmed: one(fields.usersConfirmed),
    photo: photo ? { name: photo.name, bytes: photo.bytes } : null,
  };
  return await orAgain(
    async () => {
      if (photo && !photo.mediaType.startsWith('image/'))
        throw new Problem(422, 'oversight.fix.notPicture', {}, [{ at: 'photo', key: 'oversight.fix.notPicture' }]);
      const receipt = await recordFix(call.sql, call.files, {
        by: actorOf(call),
        problemId: found.id,
        fix,
        at: call.now(),
      });
      return seeOther(call.l.href(`${PROBLEMS}/${found.id}`), {
        key: receipt.aside ? 'oversight.fix.aside' : 'oversight.fix.received',
      });
    },
    (problem) => problemPage(call, { problem, fix }),
  );
}

const Verdict = z.object({ verdict: z.enum(['accepted', 'rejected']), reason: z.string().max(1000).default('') });

/** A second person's word on a fix. */
export async function decideFix(call: Call): Promise<Reply> {
  const found = await openProblem(call);
  const recordId = idOf(call, 'recordId');
  const { verdict, reason } = readForm(Verdict, call.request);
  if (!(await waitingFixes(call, found.id)).some((fix) => fix.recordId === recordId)) throw notFound(recordId);
  const given = { spaceId: call.space.id, recordId, by: actorOf(call), at: call.now() };
  return await orAgain(
    async () => {
      if (verdict === 'accepted') await acceptFix(call.sql, given);
      else await rejectFix(call.sql, { ...given, reason });
      return seeOther(call.l.href(`${PROBLEMS}/${found.id}`), { key: `oversight.fix.${verdict}` });
    },
    (problem) => problemPage(call, { problem }),
  );
}

const Step = z.object({ event: z.string().max(40), reason: z.string().max(1000).default('') });

/** A step that the coordinator makes by hand, always with a reason. */
export async function stepNow(call: Call): Promise<Reply> {
  const found = await openProblem(call);
  const { event, reason } = readForm(Step, call.request);
  return await orAgain(
    async () => {
      if (!reason.trim())
        throw new Problem(422, 'flow.reasonNeeded', { event }, [{ at: 'reason', key: 'flow.reasonNeeded' }]);
      await step(call.sql, problemFlow, {
        spaceId: call.space.id,
        thingId: found.id,
        event,
        actor: actorOf(call),
        reason,
        at: call.now(),
      });
      return seeOther(call.l.href(`${PROBLEMS}/${found.id}`), { key: 'oversight.problem.stepped' });
    },
    (problem) => problemPage(call, { problem }),
  );
}
