import { z } from 'zod';
import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import type { Measure } from '../../../kernel/evidence/index.ts';
import {
  addIndicator,
  type Definition,
  type Goal,
  goalsOf,
  type Indicator,
  indicatorAt,
  indicatorVersions,
  redefine,
  setGoal,
} from '../../../kernel/indicators/index.ts';
import { type Project, resultsOf } from '../../../kernel/projects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { labelsFor, valueText } from '../../../reports/donor/index.ts';
import {
  Button,
  Checkbox,
  CheckboxGroup,
  DataTable,
  DateField,
  EmptyState,
  Facts,
  Section,
  Select,
  TextArea,
  TextField,
} from '../../../ui/index.ts';
import {
  asked,
  byOf,
  dayOrNull,
  idOf,
  orAgain,
  problemParts,
  short,
  Text3Fields,
  text3,
} from '../registers/common.tsx';
import { conditionText, DefinitionFields, definitionOf } from './definition-form.ts';
import { type Figures, visibleProject } from './reader.ts';
import { crumbsOf } from './words.tsx';

const AGGS = ['count_distinct', 'count', 'sum', 'latest', 'max', 'avg', 'ratio', 'mean_of'] as const;
const PARTS = ['sum', 'count', 'count_distinct', 'denominators'] as const;
const PERIODS = ['flow', 'to_date', 'stock'] as const;
const RULES = ['sum', 'avg', 'max', 'count', 'latest'] as const;
const PLACES = ['oblast', 'rayon', 'type', 'sex'] as const;

async function known(call: Call): Promise<{ indicator: Indicator; found: Project }> {
  const indicator = await indicatorAt(call.sql, call.space.id, idOf(call));
  if (!indicator) throw notFound('indicator');
  return { indicator, found: await visibleProject(call, indicator.projectId) };
}

/** How a figure is reckoned, in words; its versions with their reasons; its goals; and, for who may, the form that makes a new version. */
export async function definitionPage(call: Call, figures: Figures, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const { indicator, found } = await known(call);
  const versions = await indicatorVersions(call.sql, call.space.id, indicator.id);
  const goals = await goalsOf(call.sql, call.space.id, [indicator.id]);
  const names = await accountNames(
    call.sql,
    call.space.id,
    versions.flatMap((version) => version.createdBy ?? []),
  );
  const labels = await labelsFor(call.sql, call.space.id, l, figures.measures, [indicator.definition], []);
  const path = `/office/indicators/${indicator.id}`;
  const define = call.can('figures.define');
  return page(
    officePage(
      call,
      {
        title: l.t('figures.definition.of', { title: l.pick(indicator.title) }),
        crumbs: crumbsOf(call, found, { label: l.pick(indicator.title), href: l.href(path) }),
      },
      <div class="flow">
        <Facts facts={inWords(call, indicator.definition, figures.measures, labels.dimension)} />
        <Section title={l.t('figures.versions')}>
          <DataTable
            l={l}
            caption={l.t('figures.versions')}
            rows={versions}
            rowKey={(version) => version.versionId}
            columns={[
              { key: 'n', label: l.t('figures.version.n'), head: true, cell: (version) => l.number(version.version) },
              { key: 'since', label: l.t('figures.since'), cell: (version) => l.dateTime(version.createdAt) },
              { key: 'by', label: l.t('figures.by'), cell: (version) => names.get(version.createdBy ?? '') ?? '–' },
              {
                key: 'reason',
                label: l.t('figures.reason'),
                cell: (version) => version.reason ?? l.t('figures.firstVersion'),
              },
            ]}
          />
        </Section>
        <Goals call={call} indicator={indicator} goals={goals} define={define} path={path} />
        {define && (
          <Section title={l.t('figures.redefine')} id="redefine" lead={l.t('figures.redefine.lead')}>
            <DefinitionForm
              call={call}
              action={l.href(`${path}/definition`)}
              measures={figures.measures}
              indicator={indicator}
              problem={problem}
            />
          </Section>
        )}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

export async function redefinePost(call: Call, figures: Figures): Promise<Reply> {
  const { indicator } = await known(call);
  return await orAgain(
    async () => {
      const fields = readForm(DefinitionFields, call.request);
      await redefine(call.sql, byOf(call), {
        indicatorId: indicator.id,
        title: text3(fields, 'title'),
        unit: text3(fields, 'unit'),
        definition: definitionOf(fields, figures.measures),
        reason: fields.reason ?? '',
      });
      return seeOther(call.l.href(`/office/indicators/${indicator.id}/definition`), { key: 'figures.redefined' });
    },
    (problem) => definitionPage(call, figures, problem),
  );
}

export async function newIndicatorPage(call: Call, figures: Figures, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const found = await visibleProject(call, asked(call, 'project'));
  const results = await resultsOf(call.sql, call.space.id, found.id);
  return page(
    officePage(
      call,
      { title: l.t('figures.addIndicator'), crumbs: crumbsOf(call, found) },
      <DefinitionForm
        call={call}
        action={`${l.href('/office/indicators/new')}?project=${found.id}`}
        measures={figures.measures}
        problem={problem}
        results={results.map((result) => ({ value: result.id, label: l.pick(result.title) }))}
      />,
    ),
    problem?.status ?? 200,
  );
}

export async function newIndicatorPost(call: Call, figures: Figures): Promise<Reply> {
  const found = await visibleProject(call, asked(call, 'project'));
  return await orAgain(
    async () => {
      const fields = readForm(DefinitionFields, call.request);
      const results = await resultsOf(call.sql, call.space.id, found.id);
      const made = await addIndicator(call.sql, byOf(call), {
        projectId: found.id,
        resultId: results.find((result) => result.id === fields.result)?.id ?? null,
        code: fields.code ?? '',
        title: text3(fields, 'title'),
        unit: text3(fields, 'unit'),
        definition: definitionOf(fields, figures.measures),
      });
      return seeOther(call.l.href(`/office/indicators/${made.id}`), { key: 'figures.added' });
    },
    (problem) => newIndicatorPage(call, figures, problem),
  );
}

const GoalFields = z.object({
  kind: z.enum(['baseline', 'target']),
  from: dayOrNull,
  to: dayOrNull,
  value: short(30),
  note: short(300).optional(),
});

export async function goalPost(call: Call, figures: Figures): Promise<Reply> {
  const { indicator } = await known(call);
  return await orAgain(
    async () => {
      const { kind, from, to, value, note } = readForm(GoalFields, call.request);
      const number = Number(value.replace(/[\s\u00a0]/g, '').replace(',', '.'));
      const stated = value === '' ? null : indicator.definition.percent ? number / 100 : number;
      await setGoal(call.sql, byOf(call), {
        indicatorId: indicator.id,
        kind,
        from,
        to,
        value: stated,
        note: note ?? null,
      });
      return seeOther(call.l.href(`/office/indicators/${indicator.id}/definition`), { key: 'figures.goalSet' });
    },
    (problem) => definitionPage(call, figures, problem),
  );
}

function inWords(
  call: Call,
  definition: Definition,
  measures: readonly Measure[],
  dimension: (key: string) => string,
): { term: string; value: string }[] {
  const { l } = call;
  const title = (key: string) => l.pick(measures.find((measure) => measure.key === key)?.title) || key;
  const filter = (list: Definition['filter']) =>
    list.map(({ key, oneOf }) => `${dimension(key)}: ${oneOf.join(', ')}`).join('; ');
  const part = (side: NonNullable<Definition['numerator']>) =>
    [`${l.t(`figures.part.${side.agg}`)}: ${side.measures.map(title).join(', ')}`, filter(side.filter)]
      .filter(Boolean)
      .join(' – ');
  return [
    { term: l.t('figures.agg'), value: l.t(`figures.agg.${definition.agg}`) },
    ...(definition.measures.length > 0
      ? [{ term: l.t('figures.counts'), value: definition.measures.map(title).join(', ') }]
      : []),
    ...(definition.numerator ? [{ term: l.t('figures.numerator'), value: part(definition.numerator) }] : []),
    ...(definition.denominator ? [{ term: l.t('figures.denominator'), value: part(definition.denominator) }] : []),
    ...(definition.filter.length > 0 ? [{ term: l.t('figures.only'), value: filter(definition.filter) }] : []),
    ...(definition.having.length > 0 ? [{ term: l.t('figures.having'), value: filter(definition.having) }] : []),
    ...(definition.agg === 'latest'
      ? [{ term: l.t('figures.placeRule'), value: l.t(`figures.placeRule.${definition.placeRule}`) }]
      : []),
    ...(definition.over ? [{ term: l.t('figures.over'), value: dimension(definition.over) }] : []),
    { term: l.t('figures.time'), value: l.t(`figures.time.${definition.period}`) },
    ...(definition.dimensions.length > 0
      ? [{ term: l.t('figures.split'), value: definition.dimensions.map(({ key }) => dimension(key)).join(', ') }]
      : []),
    ...(definition.estimates ? [] : [{ term: l.t('figures.estimates'), value: l.t('figures.estimates.no') }]),
  ];
}

function Goals(props: { call: Call; indicator: Indicator; goals: readonly Goal[]; define: boolean; path: string }) {
  const { call, indicator, goals, define, path } = props;
  const { l } = call;
  return (
    <Section title={l.t('figures.goals')} id="goals">
      <DataTable
        l={l}
        caption={l.t('figures.goals')}
        rows={goals}
        rowKey={(goal) => goal.id}
        empty={
          <EmptyState title={l.t('figures.goals.none')} icon="result">
            {l.t('figures.goals.none.more')}
          </EmptyState>
        }
        columns={[
          { key: 'kind', label: l.t('figures.goal'), head: true, cell: (goal) => l.t(`figures.goal.${goal.kind}`) },
          { key: 'period', label: l.t('figures.period'), cell: (goal) => l.period(goal.from, goal.to) },
          {
            key: 'value',
            label: l.t('figures.value'),
            numeric: true,
            cell: (goal) => valueText(l, indicator, goal.value),
          },
          { key: 'note', label: l.t('figures.note'), cell: (goal) => goal.note ?? '' },
        ]}
      />
      {define && (
        <form method="post" action={l.href(`${path}/goals`)} class="form">
          <Select
            l={l}
            name="kind"
            required
            label={l.t('figures.goal')}
            value="target"
            choices={(['target', 'baseline'] as const).map((kind) => ({
              value: kind,
              label: l.t(`figures.goal.${kind}`),
            }))}
          />
          <DateField l={l} name="from" label={l.t('figures.from')} />
          <DateField l={l} name="to" label={l.t('figures.to')} />
          <TextField
            l={l}
            name="value"
            label={indicator.definition.percent ? `${l.t('figures.value')}, %` : l.t('figures.value')}
            hint={l.t('figures.goal.hint')}
            inputMode="decimal"
            width="short"
          />
          <TextField l={l} name="note" label={l.t('figures.note')} maxLength={300} />
          <div class="btn-row">
            <Button icon="check">{l.t('figures.goal.set')}</Button>
          </div>
        </form>
      )}
    </Section>
  );
}

type FormProps = {
  readonly call: Call;
  readonly action: string;
  readonly measures: readonly Measure[];
  readonly indicator?: Indicator;
  readonly problem: Problem | undefined;
  readonly results?: readonly { readonly value: string; readonly label: string }[];
};

/** What was typed stays after a Problem: the fields of the request go before the indicator's own. */
function DefinitionForm({ call, action, measures, indicator, problem, results }: FormProps) {
  const { l } = call;
  const typed = problem ? DefinitionFields.safeParse(call.request.body).data : undefined;
  const given = typed ? definitionOf(typed, measures) : indicator?.definition;
  const { summary, errors } = problemParts(l, problem);
  const choices = <T extends string>(group: string, keys: readonly T[]) =>
    keys.map((key) => ({ value: key, label: l.t(`figures.${group}.${key}`) }));
  const kinds = measures.map((measure) => ({ value: measure.key, label: l.pick(measure.title), hint: measure.key }));
  const dimensions = new Map<string, string>(PLACES.map((key) => [key, l.t(`donor.dimension.${key}`)]));
  for (const one of measures.flatMap((measure) => measure.dimensions)) dimensions.set(one.key, l.pick(one.title));
  for (const { key } of given?.dimensions ?? []) if (!dimensions.has(key)) dimensions.set(key, key);
  const side = (name: 'numerator' | 'denominator') => (
    <fieldset>
      <legend>{l.t(`figures.${name}`)}</legend>
      <Select
        l={l}
        name={`${name}_agg`}
        label={l.t('figures.agg')}
        value={given?.[name]?.agg ?? 'count'}
        choices={choices('part', PARTS)}
      />
      <CheckboxGroup
        l={l}
        name={`${name}_measures`}
        label={l.t('figures.counts')}
        values={given?.[name]?.measures ?? []}
        choices={kinds}
      />
      <TextArea
        l={l}
        name={`${name}_filter`}
        label={l.t('figures.only')}
        rows={2}
        value={conditionText((given?.[name]?.filter ?? []) as Definition['filter'])}
      />
    </fieldset>
  );
  return (
    <form method="post" action={action} class="form">
      {summary}
      {!indicator && (
        <>
          <TextField
            l={l}
            name="code"
            label={l.t('figures.code')}
            hint={l.t('figures.code.hint')}
            required
            width="short"
            value={typed?.code ?? ''}
            {...errors('code')}
          />
          <Select
            l={l}
            name="result"
            label={l.t('figures.result')}
            prompt={l.t('figures.result.none')}
            value={typed?.result ?? ''}
            choices={results ?? []}
          />
        </>
      )}
      <Text3Fields
        l={l}
        name="title"
        label={l.t('figures.name')}
        value={typed ? text3(typed, 'title') : indicator?.title}
      />
      <Text3Fields
        l={l}
        name="unit"
        label={l.t('figures.unit')}
        value={typed ? text3(typed, 'unit') : indicator?.unit}
      />
      <Select
        l={l}
        name="agg"
        required
        label={l.t('figures.agg')}
        value={given?.agg ?? 'count_distinct'}
        choices={choices('agg', AGGS)}
        {...errors('agg')}
      />
      <CheckboxGroup
        l={l}
        name="measures"
        label={l.t('figures.counts')}
        values={given?.measures ?? []}
        choices={kinds}
        {...errors('measures')}
      />
      <TextArea
        l={l}
        name="filter"
        label={l.t('figures.only')}
        hint={l.t('figures.only.hint')}
        rows={3}
        value={conditionText((given?.filter ?? []) as Definition['filter'])}
        {...errors('filter')}
      />
      <Select
        l={l}
        name="period"
        required
        label={l.t('figures.time')}
        value={given?.period ?? 'flow'}
        choices={choices('time', PERIODS)}
        {...errors('period')}
      />
      <CheckboxGroup
        l={l}
        name="dimensions"
        label={l.t('figures.split')}
        values={(given?.dimensions ?? []).map(({ key }) => key)}
        choices={[...dimensions].map(([value, label]) => ({ value, label }))}
        {...errors('dimensions')}
      />
      <details open={['latest', 'ratio', 'mean_of'].includes(given?.agg ?? '')}>
        <summary>{l.t('figures.more')}</summary>
        <Select
          l={l}
          name="placeRule"
          label={l.t('figures.placeRule')}
          value={given?.placeRule ?? 'sum'}
          choices={choices('placeRule', RULES)}
        />
        <TextArea
          l={l}
          name="having"
          label={l.t('figures.having')}
          rows={2}
          value={conditionText((given?.having ?? []) as Definition['filter'])}
          {...errors('having')}
        />
        {side('numerator')}
        {side('denominator')}
        <Select
          l={l}
          name="over"
          label={l.t('figures.over')}
          prompt="–"
          value={given?.over ?? ''}
          choices={[...dimensions].map(([value, label]) => ({ value, label }))}
          {...errors('over')}
        />
        <Checkbox
          l={l}
          name="lastOnly"
          label={l.t('figures.lastOnly')}
          checked={given?.lastOnly ?? false}
          {...errors('lastOnly')}
        />
        <TextArea
          l={l}
          name="crosses"
          label={l.t('figures.crosses')}
          hint="sex × oblast"
          rows={2}
          value={(given?.crosses ?? []).map((cross) => cross.join(' × ')).join('\n')}
          {...errors('crosses')}
        />
        <Select
          l={l}
          name="scope"
          label={l.t('figures.scope')}
          value={given?.scope ?? 'project'}
          choices={choices('scope', ['project', 'space'])}
        />
      </details>
      <Checkbox l={l} name="estimates" label={l.t('figures.estimates')} checked={given?.estimates ?? true} />
      <Checkbox l={l} name="percent" label={l.t('figures.percent')} checked={given?.percent ?? false} />
      <Select
        l={l}
        name="digits"
        label={l.t('figures.digits')}
        value={String(given?.digits ?? 0)}
        choices={['0', '1', '2', '3'].map((value) => ({ value, label: value }))}
      />
      {indicator && (
        <TextArea
          l={l}
          name="reason"
          label={l.t('figures.reason')}
          hint={l.t('figures.reason.hint')}
          required
          rows={2}
          value={typed?.reason ?? ''}
          {...errors('reason')}
        />
      )}
      <div class="btn-row">
        <Button look="main" icon="check">
          {l.t(indicator ? 'figures.redefine.do' : 'figures.addIndicator')}
        </Button>
      </div>
    </form>
  );
}
