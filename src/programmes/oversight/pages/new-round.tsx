import { z } from 'zod';
import { type Account, type Call, listAccounts, officePage } from '../../../kernel/access/index.ts';
import { activities } from '../../../kernel/activities/index.ts';
import { assignmentsOf } from '../../../kernel/assignments/index.ts';
import { projects } from '../../../kernel/projects/index.ts';
import { ancestorsOf, type FoundSubject, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import type { Locale, Text3 } from '../../../platform/i18n/index.ts';
import { Problem } from '../../../platform/problem.ts';
import {
  Button,
  ButtonRow,
  CheckboxGroup,
  DataTable,
  DateField,
  EmptyState,
  LinkButton,
  ProblemSummary,
  Section,
  Select,
  TextField,
} from '../../../ui/index.ts';
import { FACILITY_TYPES } from '../checklist.ts';
import { allFacilities } from '../lists.ts';
import { planRound, type RoundPlan, share } from '../rounds.ts';
import { actorOf, crumb, errorsOf, orAgain, placeWords, typeName } from './common.tsx';
import { ROUNDS } from './rounds.tsx';

const many = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()));
const day = z.iso.date();
const Given = z.object({
  title_ky: z.string().trim().min(1).max(200),
  title_ru: z.string().trim().max(200).default(''),
  title_en: z.string().trim().max(200).default(''),
  project: z.guid(),
  from: day,
  to: day,
  facilities: many,
  groups: many,
  monitors: many,
});
type Given = z.infer<typeof Given>;

type Choices = {
  readonly facilities: readonly FoundSubject[];
  readonly places: Awaited<ReturnType<typeof ancestorsOf>>;
  readonly monitors: readonly Account[];
};

async function choicesOf(call: Call): Promise<Choices> {
  const { sql, space } = call;
  const on = today(call.now());
  const [facilities, accounts] = await Promise.all([allFacilities(sql, space.id, on), listAccounts(sql, space.id)]);
  const places = await ancestorsOf(
    sql,
    space.id,
    facilities.map((one) => one.id),
    on,
  );
  const monitors = accounts.filter((account) => account.roles.includes('field_worker') && !account.disabledAt);
  return { facilities, places, monitors };
}

type Group = { readonly key: string; readonly label: string; readonly members: readonly FoundSubject[] };

/** Facilities by oblast and type: a whole group is one tick. */
function groupsOf(l: Locale, { facilities, places }: Choices): readonly Group[] {
  const groups = new Map<string, { label: string; members: FoundSubject[] }>();
  for (const one of facilities) {
    const oblast = places.get(one.id)?.find((place) => place.type === 'oblast' || place.type === 'city');
    const key = `${oblast?.id ?? '-'}/${one.type}`;
    const label = [oblast ? l.pick(oblast.name) : '', typeName(l, one.type)].filter(Boolean).join(' · ');
    const group = groups.get(key) ?? { label, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  const order = FACILITY_TYPES.map((type) => type.key as string);
  const rank = (key: string): number => order.indexOf(key.split('/')[1] ?? '');
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .sort((a, b) => l.compare(a.label, b.label) || rank(a.key) - rank(b.key));
}

/** The form of a round: what, when, where, who. */
export async function newRoundPage(call: Call, given?: Partial<Given>, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const [choices, all, rounds] = await Promise.all([
    choicesOf(call),
    projects(sql, space.id),
    activities(sql, space.id, { kind: 'oversight' }),
  ]);
  // The next round is most likely in the project of the latest one.
  const chosen = given ? given.project : rounds[0]?.projectIds[0];
  const errors = errorsOf(l, problem);
  const on = today(call.now());
  const groups = groupsOf(l, choices);
  return page(
    officePage(
      call,
      {
        title: l.t('oversight.rounds.new'),
        crumbs: [crumb(l, 'oversight.rounds.title', ROUNDS), { label: l.t('oversight.rounds.new') }],
      },
      <form method="post" action={l.href(`${ROUNDS}/preview`)} class="form flow">
        {problem && <ProblemSummary title={l.t(problem.key, problem.details)} problems={[]} />}
        <TextField
          l={l}
          name="title_ky"
          label={l.t('oversight.plan.titleKy')}
          value={given?.title_ky ?? ''}
          required
          maxLength={200}
          lang="ky"
          {...errors('title_ky')}
        />
        <TextField
          l={l}
          name="title_ru"
          label={l.t('oversight.plan.titleRu')}
          value={given?.title_ru ?? ''}
          maxLength={200}
          lang="ru"
          {...errors('title_ru')}
        />
        <TextField
          l={l}
          name="title_en"
          label={l.t('oversight.plan.titleEn')}
          value={given?.title_en ?? ''}
          maxLength={200}
          lang="en"
          {...errors('title_en')}
        />
        <Select
          l={l}
          name="project"
          label={l.t('oversight.plan.project')}
          {...(all.length === 0 && { hint: l.t('oversight.plan.noProject') })}
          required
          {...(chosen && { value: chosen })}
          choices={all.map((project) => ({ value: project.id, label: `${project.code} ${l.pick(project.title)}` }))}
          {...errors('project')}
        />
        <DateField
          l={l}
          name="from"
          label={l.t('oversight.plan.from')}
          value={given?.from ?? on}
          required
          {...errors('from')}
        />
        <DateField
          l={l}
          name="to"
          label={l.t('oversight.plan.to')}
          value={given?.to ?? ''}
          required
          {...errors('to')}
        />
        <Section title={l.t('oversight.plan.facilities')} lead={l.t('oversight.plan.facilitiesLead')}>
          {groups.length === 0 && (
            <EmptyState title={l.t('oversight.facilities.none')} icon="facility">
              {l.t('oversight.facilities.noneMore')}
            </EmptyState>
          )}
          {groups.length > 0 && (
            <CheckboxGroup
              l={l}
              name="groups"
              id="groups"
              label={l.t('oversight.plan.wholeGroups')}
              values={given?.groups ?? []}
              choices={groups.map((group) => ({
                value: group.key,
                label: group.label,
                hint: l.t('oversight.facilities.count', { n: group.members.length }),
              }))}
              {...errors('facilities')}
            />
          )}
          {groups.map((group, i) => (
            <details key={group.key} open={group.members.some((one) => given?.facilities?.includes(one.id))}>
              <summary>{l.t('oversight.plan.oneByOne', { group: group.label })}</summary>
              <CheckboxGroup
                l={l}
                name="facilities"
                id={`facilities-${i}`}
                label={group.label}
                values={given?.facilities ?? []}
                choices={group.members.map((one) => ({
                  value: one.id,
                  label: l.pick(one.name),
                  hint: placeWords(l, choices.places.get(one.id) ?? []),
                }))}
              />
            </details>
          ))}
        </Section>
        <CheckboxGroup
          l={l}
          name="monitors"
          label={l.t('oversight.plan.monitors')}
          hint={l.t(choices.monitors.length > 0 ? 'oversight.plan.monitorsHint' : 'oversight.plan.noMonitors')}
          required
          values={given?.monitors ?? choices.monitors.map((one) => one.id)}
          choices={choices.monitors.map((one) => ({ value: one.id, label: one.name }))}
          {...errors('monitors')}
        />
        <ButtonRow>
          <Button look="main" icon="next">
            {l.t('oversight.plan.preview')}
          </Button>
          <LinkButton look="quiet" href={l.href(ROUNDS)}>
            {l.t('oversight.cancel')}
          </LinkButton>
        </ButtonRow>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

type Drawn = {
  readonly given: Given;
  readonly plan: RoundPlan;
  readonly choices: Choices;
  readonly chosen: readonly string[];
};

/** The plan that the form means. The same form gives the same plan, so the preview is what will be planned. */
async function drawn(call: Call): Promise<Drawn> {
  const given = readForm(Given, call.request);
  if (given.to < given.from)
    throw new Problem(422, 'activities.datesTurned', {}, [{ at: 'to', key: 'activities.datesTurned' }]);
  const choices = await choicesOf(call);
  const whole = groupsOf(call.l, choices).filter((group) => given.groups.includes(group.key));
  const wanted = new Set([...given.facilities, ...whole.flatMap((group) => group.members.map((one) => one.id))]);
  const facilityIds = choices.facilities.map((one) => one.id).filter((id) => wanted.has(id));
  const monitors = await Promise.all(
    choices.monitors
      .filter((one) => given.monitors.includes(one.id))
      .map(async ({ id }) => ({ accountId: id, placeIds: await knownPlaces(call, id) })),
  );
  if (facilityIds.length === 0) throw missing('facilities', 'oversight.round.noFacilities');
  if (monitors.length === 0) throw missing('monitors', 'oversight.round.noMonitors');
  const title: Text3 = {
    ky: given.title_ky,
    ...(given.title_ru && { ru: given.title_ru }),
    ...(given.title_en && { en: given.title_en }),
  };
  const plan = { title, projectIds: [given.project], facilityIds, monitors, from: given.from, to: given.to };
  const above = await ancestorsOf(call.sql, call.space.id, facilityIds, given.from);
  const chosen = share(
    facilityIds.map((id) => (above.get(id) ?? []).map((place) => place.id)),
    monitors,
  );
  return { given, plan, choices, chosen };
}

const missing = (at: string, key: string): Problem => new Problem(422, key, {}, [{ at, key }]);

/** The places where a monitor has been sent before, and those above them up to the oblast. */
async function knownPlaces(call: Call, accountId: string): Promise<readonly string[]> {
  const { sql, space } = call;
  const tasks = await assignmentsOf(sql, space.id, accountId, '1900-01-01', '2999-12-31');
  const above = await ancestorsOf(sql, space.id, [...new Set(tasks.map((task) => task.subjectId))], today(call.now()));
  return [...above.values()].flat().flatMap((place) => (place.type === 'country' ? [] : place.id));
}

/** Who goes where, before anything is written. */
export async function previewRound(call: Call): Promise<Reply> {
  const { l } = call;
  return await orAgain(
    async () => {
      const { given, plan, choices, chosen } = await drawn(call);
      const names = new Map(choices.monitors.map((one) => [one.id, one.name]));
      const facilities = new Map(choices.facilities.map((one) => [one.id, one]));
      const rows = plan.facilityIds.map((id, i) => ({ id, monitor: names.get(chosen[i]!) ?? '' }));
      const load = [...new Set(rows.map((row) => row.monitor))].sort(l.compare);
      return page(
        officePage(
          call,
          {
            title: l.t('oversight.plan.previewTitle'),
            crumbs: [crumb(l, 'oversight.rounds.title', ROUNDS), { label: l.pick(plan.title) }],
            subheading: l.period(given.from, given.to),
          },
          <div class="flow">
            <p class="lead">{l.t('oversight.plan.previewLead', { facilities: rows.length, monitors: load.length })}</p>
            <p>
              {load
                .map((name) => `${name}: ${l.number(rows.filter((row) => row.monitor === name).length)}`)
                .join(' · ')}
            </p>
            <form method="post" action={l.href(ROUNDS)}>
              <Kept given={given} facilityIds={plan.facilityIds} />
              <ButtonRow>
                <Button look="main" icon="check">
                  {l.t('oversight.plan.plan')}
                </Button>
                <Button look="quiet" formAction={l.href(`${ROUNDS}/change`)}>
                  {l.t('oversight.plan.change')}
                </Button>
              </ButtonRow>
            </form>
            <DataTable
              l={l}
              caption={l.t('oversight.plan.previewTitle')}
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'facility',
                  label: l.t('oversight.facility'),
                  head: true,
                  cell: (row) => l.pick(facilities.get(row.id)?.name),
                },
                {
                  key: 'type',
                  label: l.t('oversight.type'),
                  cell: (row) => typeName(l, facilities.get(row.id)?.type, 'short'),
                },
                {
                  key: 'place',
                  label: l.t('oversight.place'),
                  cell: (row) => placeWords(l, choices.places.get(row.id) ?? []),
                },
                { key: 'monitor', label: l.t('oversight.monitor'), cell: (row) => row.monitor },
              ]}
            />
          </div>,
        ),
      );
    },
    (problem) => newRoundPage(call, rawOf(call), problem),
  );
}

/** What was chosen, carried to the next step. */
function Kept({ given, facilityIds }: { given: Given; facilityIds: readonly string[] }) {
  const one = (name: string, value: string) => (
    <input key={`${name}${value}`} type="hidden" name={name} value={value} />
  );
  return (
    <>
      {(['title_ky', 'title_ru', 'title_en', 'project', 'from', 'to'] as const).map((name) => one(name, given[name]))}
      {facilityIds.map((id) => one('facilities', id))}
      {given.monitors.map((id) => one('monitors', id))}
    </>
  );
}

/** What was typed, for the form to show it again whatever is wrong with it. */
function rawOf(call: Call): Partial<Given> {
  const body = (call.request.body ?? {}) as Record<string, string | string[] | undefined>;
  const one = (name: string): string => String([body[name]].flat()[0] ?? '');
  const list = (name: string): string[] => [body[name] ?? []].flat();
  return {
    title_ky: one('title_ky'),
    title_ru: one('title_ru'),
    title_en: one('title_en'),
    project: one('project'),
    from: one('from'),
    to: one('to'),
    facilities: list('facilities'),
    groups: list('groups'),
    monitors: list('monitors'),
  };
}

/** Back from the preview to the form, with everything that was chosen. */
export const changeRound = (call: Call): Promise<Reply> => newRoundPage(call, rawOf(call));

/** Plans the round and opens its board. */
export async function planNow(call: Call): Promise<Reply> {
  return await orAgain(
    async () => {
      const { plan } = await drawn(call);
      const { activityId, assignmentIds } = await planRound(call.sql, actorOf(call), plan, call.now());
      return seeOther(call.l.href(`${ROUNDS}/${activityId}`), {
        key: 'oversight.plan.planned',
        params: { n: assignmentIds.length },
      });
    },
    (problem) => newRoundPage(call, rawOf(call), problem),
  );
}
