import { z } from 'zod';
import { type Call, type NavEntry, officePage, ownPart, type Page, type Rules } from '../../../kernel/access/index.ts';
import { activitiesOf } from '../../../kernel/activities/index.ts';
import { type Figure, figuresOf } from '../../../kernel/indicators/index.ts';
import {
  addProject,
  editProject,
  isPartyOf,
  logframe,
  PARTY_ROLES,
  type Project,
  project,
  projects,
  type ResultNode,
} from '../../../kernel/projects/index.ts';
import { placeByWords, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther, uuidParam } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { valueText } from '../../../reports/donor/index.ts';
import {
  Button,
  ButtonRow,
  Card,
  CardGrid,
  Checkbox,
  DataTable,
  DateField,
  EmptyState,
  Facts,
  FilterBar,
  LinkButton,
  Section,
  Select,
  StateChip,
  TextField,
} from '../../../ui/index.ts';
import {
  asked,
  byOf,
  dayOrNull,
  idOf,
  orAgain,
  organisationsOf,
  problemParts,
  short,
  Text3Fields,
  text3,
  text3Shape,
} from '../registers/common.tsx';
import { resultPages } from './results.tsx';

export const projectRules: Rules = {
  'projects.view': ['coordinator', 'reviewer', 'auditor', 'partner', 'funder'],
  'projects.edit': ['coordinator'],
};
export const projectNav: readonly NavEntry[] = [
  {
    place: 'office',
    href: '/office/projects',
    label: 'registers.projects.title',
    icon: 'project',
    action: 'projects.view',
    order: 100,
  },
];

/** The project of the address, if it is this person's to see. @throws Problem 404 */
export async function projectOf(call: Call): Promise<Project> {
  const found = await project(call.sql, call.space.id, idOf(call));
  const { organisationId } = ownPart(call.actor);
  if (!found || (organisationId && !isPartyOf(found, organisationId))) throw notFound(idOf(call));
  return found;
}

/** What the project's days say of it on this day; nothing, where it has none. */
function stateOf({ startsOn, endsOn }: Project, now: string): 'ahead' | 'running' | 'over' | null {
  if (endsOn && endsOn < now) return 'over';
  if (startsOn && startsOn > now) return 'ahead';
  return startsOn || endsOn ? 'running' : null;
}

async function list(call: Call): Promise<Reply> {
  const { l } = call;
  const q = asked(call, 'q');
  const rows = await projects(call.sql, call.space.id, { ...ownPart(call.actor), text: q });
  const now = today(call.now());
  const add = call.can('projects.edit') && (
    <LinkButton look="main" icon="plus" href={l.href('/office/projects/new')}>
      {l.t('registers.projects.add')}
    </LinkButton>
  );
  return page(
    officePage(
      call,
      { title: l.t('registers.projects.title'), actions: add },
      <div class="flow">
        <FilterBar
          l={l}
          action={l.href('/office/projects')}
          search={{ value: q, label: l.t('registers.projects.search') }}
        />
        <DataTable<Project>
          l={l}
          caption={l.t('registers.projects.title')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            { key: 'code', label: l.t('registers.code'), cell: (row) => row.code },
            {
              key: 'title',
              label: l.t('registers.title'),
              head: true,
              cell: (row) => <a href={l.href(`/office/projects/${row.id}`)}>{l.pick(row.title)}</a>,
            },
            {
              key: 'funder',
              label: l.t('registers.role.funder'),
              cell: (row) =>
                row.parties
                  .filter((party) => party.role === 'funder')
                  .map((party) => l.pick(party.name))
                  .join(', ') || '–',
            },
            {
              key: 'when',
              label: l.t('registers.when'),
              cell: (row) => l.period(row.startsOn, row.endsOn, row.precision) || '–',
            },
            {
              key: 'state',
              label: l.t('registers.state'),
              cell: (row) => {
                const state = stateOf(row, now);
                return (
                  state && (
                    <StateChip tone={state === 'running' ? 'good' : 'neutral'}>
                      {l.t(`registers.projects.${state}`)}
                    </StateChip>
                  )
                );
              },
            },
          ]}
          empty={
            <EmptyState
              title={l.t(q ? 'registers.nothingFound' : 'registers.projects.none')}
              icon="project"
              action={add}
            >
              {l.t(q ? 'registers.nothingFoundMore' : 'registers.projects.noneMore')}
            </EmptyState>
          }
        />
      </div>,
    ),
  );
}

async function show(call: Call, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const found = await projectOf(call);
  const to = [found.endsOn ?? today(call.now()), found.startsOn ?? ''].sort()[1] ?? '';
  const whole = { from: found.startsOn ?? '2000-01-01', to };
  // Outside the office small cells are hidden, also where only totals are shown.
  const inside = call.actor?.roles.some((role) => role === 'coordinator' || role === 'reviewer') ?? false;
  const [tree, activities, figures] = await Promise.all([
    logframe(sql, space.id, found.id),
    activitiesOf(sql, space.id, found.id),
    call.can('figures.read') ? figuresOf(sql, space.id, found.id, [whole], { suppress: !inside }) : [],
  ]);
  const canEdit = call.can('projects.edit');
  const home = `/office/projects/${found.id}`;
  const { summary } = problemParts(l, problem);
  return page(
    officePage(
      call,
      {
        title: l.pick(found.title),
        crumbs: [{ label: l.t('registers.projects.title'), href: l.href('/office/projects') }, { label: found.code }],
        subheading: (
          <StateChip tone={found.public ? 'good' : 'neutral'}>
            {l.t(found.public ? 'registers.public' : 'registers.notPublic')}
          </StateChip>
        ),
        actions: (
          <>
            {call.can('figures.read') && (
              <LinkButton icon="figure" href={l.href(`/office/figures/${found.id}`)}>
                {l.t('registers.projects.figures')}
              </LinkButton>
            )}
            {canEdit && (
              <LinkButton icon="edit" href={l.href(`${home}/edit`)}>
                {l.t('registers.edit')}
              </LinkButton>
            )}
          </>
        ),
      },
      <div class="flow">
        {summary}
        {found.summary && l.pick(found.summary) && <p class="lead">{l.pick(found.summary)}</p>}
        <Facts
          facts={[
            { term: l.t('registers.code'), value: found.code },
            { term: l.t('registers.when'), value: l.period(found.startsOn, found.endsOn, found.precision) || '–' },
            { term: l.t('registers.projects.goal'), value: l.pick(found.goal) || '–' },
            {
              term: l.t('registers.projects.places'),
              value: found.places.map((place) => l.pick(place.name)).join(', ') || '–',
            },
            ...PARTY_ROLES.map((role) => ({
              term: l.t(`registers.role.${role}`),
              value: found.parties
                .filter((party) => party.role === role)
                .map((party) => l.pick(party.name))
                .join(', '),
            })).filter((fact) => fact.value),
            ...(l.pick(found.note) ? [{ term: l.t('registers.note'), value: l.pick(found.note) }] : []),
          ]}
        />
        <Section
          title={l.t('registers.logframe')}
          id="logframe"
          actions={
            canEdit && (
              <LinkButton size="small" icon="plus" href={l.href(`${home}/results/new`)}>
                {l.t('registers.results.add')}
              </LinkButton>
            )
          }
        >
          {tree.length === 0 ? (
            <EmptyState title={l.t('registers.results.none')} icon="result">
              {l.t('registers.results.noneMore')}
            </EmptyState>
          ) : (
            <Results call={call} nodes={tree} home={home} canEdit={canEdit} figures={figures} />
          )}
        </Section>
        <Section title={l.t('registers.activities')} id="activities">
          {activities.length === 0 ? (
            <p class="soft">{l.t('registers.noActivities')}</p>
          ) : (
            <CardGrid>
              {activities.map((one) => (
                <Card key={one.id} title={l.pick(one.title)} kicker={l.period(one.startsOn, one.endsOn)} />
              ))}
            </CardGrid>
          )}
        </Section>
        {canEdit && <Parties call={call} found={found} home={home} organisations={await organisationsOf(call)} />}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

function Results({
  call,
  nodes,
  home,
  canEdit,
  figures,
}: {
  call: Call;
  nodes: readonly ResultNode[];
  home: string;
  canEdit: boolean;
  figures: readonly Figure[];
}) {
  const { l } = call;
  return (
    <ul class="logframe">
      {nodes.map((node) => (
        <li key={node.id}>
          <p class="kicker">{l.t(`registers.level.${node.level}`)}</p>
          <p>
            <strong>{l.pick(node.title)}</strong>
          </p>
          {l.pick(node.assumption) && (
            <p class="soft">{l.t('registers.assumption', { text: l.pick(node.assumption) })}</p>
          )}
          {canEdit && (
            <p class="small">
              <a href={l.href(`${home}/results/${node.id}`)}>{l.t('registers.edit')}</a>
              {node.level !== 'output' && (
                <>
                  {' · '}
                  <a href={l.href(`${home}/results/new?under=${node.id}`)}>{l.t('registers.results.addUnder')}</a>
                </>
              )}
            </p>
          )}
          <Indicators call={call} figures={figures.filter((figure) => figure.indicator.resultId === node.id)} />
          {node.children.length > 0 && (
            <Results call={call} nodes={node.children} home={home} canEdit={canEdit} figures={figures} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The indicators of a result with their whole-project value; each opens down to its evidence. */
function Indicators({ call: { l }, figures }: { call: Call; figures: readonly Figure[] }) {
  if (figures.length === 0) return null;
  return (
    <Facts
      facts={figures.map(({ indicator, periods }) => {
        const total = periods[0]?.cells[0];
        const value = valueText(l, indicator, total && !total.hidden ? total.value : null);
        const unit = indicator.definition.percent ? '' : l.pick(indicator.unit);
        return {
          term: l.pick(indicator.title),
          value: <a href={l.href(`/office/indicators/${indicator.id}`)}>{`${value} ${unit}`.trim()}</a>,
        };
      })}
    />
  );
}

type PartyProps = {
  call: Call;
  found: Project;
  home: string;
  organisations: Awaited<ReturnType<typeof organisationsOf>>;
};

/** Who funds, does, joins and hosts, and where: each can be added and taken out. */
function Parties({ call: { l }, found, home, organisations }: PartyProps) {
  const removal = (field: string, value: string, words: string) => (
    <form key={field + value} method="post" action={l.href(`${home}/parties`)} class="inline-form">
      <input type="hidden" name={field} value={value} />
      <span>{words}</span>
      <Button name="do" value="remove" size="small" look="quiet" icon="close">
        {l.t('registers.remove')}
      </Button>
    </form>
  );
  return (
    <Section title={l.t('registers.projects.parties')} id="parties">
      {found.parties.map((party) =>
        removal(
          'party',
          `${party.organisationId} ${party.role}`,
          `${l.pick(party.name)}, ${l.t(`registers.role.${party.role}`)}`,
        ),
      )}
      {organisations.length > 0 && (
        <form method="post" action={l.href(`${home}/parties`)} class="form flow">
          <Select
            l={l}
            name="organisation"
            required
            label={l.t('registers.kind.organisation')}
            choices={organisations.map((row) => ({ value: row.id, label: l.pick(row.name) }))}
          />
          <Select
            l={l}
            name="role"
            required
            label={l.t('registers.projects.role')}
            choices={PARTY_ROLES.map((role) => ({ value: role, label: l.t(`registers.role.${role}`) }))}
          />
          <Button name="do" value="add" icon="plus">
            {l.t('registers.projects.addParty')}
          </Button>
        </form>
      )}
      {found.places.map((place) => removal('placeId', place.id, l.pick(place.name)))}
      <form method="post" action={l.href(`${home}/parties`)} class="form flow">
        <TextField l={l} name="place" required label={l.t('registers.place')} hint={l.t('registers.placeHint')} />
        <Button name="do" value="add" icon="plus">
          {l.t('registers.projects.addPlace')}
        </Button>
      </form>
    </Section>
  );
}

const PartyForm = z.object({
  do: z.enum(['add', 'remove']),
  organisation: uuidParam.optional(),
  role: z.enum(PARTY_ROLES).optional(),
  party: short(80).optional(),
  place: short(300).optional(),
  placeId: uuidParam.optional(),
});

async function saveParties(call: Call): Promise<Reply> {
  const found = await projectOf(call);
  return await orAgain(
    async () => {
      const form = readForm(PartyForm, call.request);
      let parties = found.parties.map(({ organisationId, role }) => ({ organisationId, role }));
      let placeIds = found.places.map((place) => place.id);
      if (form.do === 'remove') {
        parties = parties.filter((party) => `${party.organisationId} ${party.role}` !== form.party);
        placeIds = placeIds.filter((id) => id !== form.placeId);
      } else {
        if (form.organisation && form.role) parties.push({ organisationId: form.organisation, role: form.role });
        if (form.place) placeIds.push(await placeByWords(call.sql, call.space.id, form.place, 'place'));
      }
      await editProject(call.sql, byOf(call), found.id, { parties, placeIds });
      return seeOther(call.l.href(`/office/projects/${found.id}#parties`), { key: 'registers.saved' });
    },
    (problem) => show(call, problem),
  );
}

const ProjectForm = z.object({
  code: short(40),
  ...text3Shape('title'),
  ...text3Shape('goal', 2000),
  ...text3Shape('summary', 2000),
  ...text3Shape('note', 2000),
  startsOn: dayOrNull,
  endsOn: dayOrNull,
  precision: z.enum(['day', 'month', 'year']),
  public: z.literal('yes').optional(),
});

async function form(call: Call, old: Project | null, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const sent = problem ? ((call.request.body ?? {}) as Record<string, string>) : null;
  const { summary, errors } = problemParts(l, problem);
  const words = (name: 'title' | 'goal' | 'summary' | 'note') => (sent ? text3(sent as never, name) : old?.[name]);
  const title = old ? l.pick(old.title) : l.t('registers.projects.add');
  const back = old ? `/office/projects/${old.id}` : '/office/projects';
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [{ label: l.t('registers.projects.title'), href: l.href('/office/projects') }, { label: title }],
      },
      <form class="form flow" method="post" action={l.href(old ? `${back}/edit` : '/office/projects')}>
        {summary}
        <TextField
          l={l}
          name="code"
          required
          width="short"
          maxLength={40}
          label={l.t('registers.code')}
          value={sent?.code ?? old?.code ?? ''}
          {...errors('code')}
        />
        <Text3Fields l={l} name="title" label={l.t('registers.title')} value={words('title')} {...errors('title')} />
        <DateField
          l={l}
          name="startsOn"
          label={l.t('registers.startsOn')}
          value={sent?.startsOn ?? old?.startsOn ?? ''}
          {...errors('startsOn')}
        />
        <DateField
          l={l}
          name="endsOn"
          label={l.t('registers.endsOn')}
          value={sent?.endsOn ?? old?.endsOn ?? ''}
          {...errors('endsOn')}
        />
        <Select
          l={l}
          name="precision"
          required
          label={l.t('registers.projects.precision')}
          value={sent?.precision ?? old?.precision ?? 'month'}
          choices={(['day', 'month', 'year'] as const).map((one) => ({
            value: one,
            label: l.t(`registers.precision.${one}`),
          }))}
        />
        <Text3Fields l={l} name="goal" rows={3} label={l.t('registers.projects.goal')} value={words('goal')} />
        <Text3Fields l={l} name="summary" rows={3} label={l.t('registers.projects.summary')} value={words('summary')} />
        <Text3Fields l={l} name="note" rows={2} label={l.t('registers.note')} value={words('note')} />
        <Checkbox
          l={l}
          name="public"
          label={l.t('registers.public')}
          checked={sent ? sent.public === 'yes' : (old?.public ?? true)}
        />
        <ButtonRow>
          <Button look="main" icon="check">
            {l.t('registers.save')}
          </Button>
          <LinkButton look="quiet" href={l.href(back)}>
            {l.t('ui.cancel')}
          </LinkButton>
        </ButtonRow>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

async function save(call: Call, old: Project | null): Promise<Reply> {
  return await orAgain(
    async () => {
      const read = readForm(ProjectForm, call.request);
      const given = {
        code: read.code,
        title: text3(read, 'title'),
        goal: text3(read, 'goal'),
        summary: text3(read, 'summary'),
        note: text3(read, 'note'),
        startsOn: read.startsOn,
        endsOn: read.endsOn,
        precision: read.precision,
        public: read.public === 'yes',
      };
      const id = old ? old.id : await addProject(call.sql, byOf(call), given);
      if (old) await editProject(call.sql, byOf(call), old.id, given);
      return seeOther(call.l.href(`/office/projects/${id}`), { key: 'registers.saved' });
    },
    (problem) => form(call, old, problem),
  );
}

const route = (method: 'GET' | 'POST', path: string, action: string, handle: Page['handle']): Page => ({
  method,
  path,
  action,
  languages: 'paths',
  handle,
});

export const projectRoutes: readonly Page[] = [
  route('GET', '/office/projects', 'projects.view', list),
  route('POST', '/office/projects', 'projects.edit', (call) => save(call, null)),
  route('GET', '/office/projects/new', 'projects.edit', (call) => form(call, null)),
  route('GET', '/office/projects/:id', 'projects.view', (call) => show(call)),
  route('GET', '/office/projects/:id/edit', 'projects.edit', async (call) => form(call, await projectOf(call))),
  route('POST', '/office/projects/:id/edit', 'projects.edit', async (call) => save(call, await projectOf(call))),
  route('POST', '/office/projects/:id/parties', 'projects.edit', saveParties),
  ...resultPages(projectOf),
];
