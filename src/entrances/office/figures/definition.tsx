import { z } from 'zod';
import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import type { Measure } from '../../../kernel/evidence/index.ts';
import {
  type Definition,
  goalsOf,
  type Indicator,
  indicatorAt,
  indicatorVersions,
  redefine,
  setGoal,
} from '../../../kernel/indicators/index.ts';
import type { Project } from '../../../kernel/projects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { labelsFor } from '../../../reports/donor/index.ts';
import { DataTable, Facts, Section } from '../../../ui/index.ts';
import { byOf, dayOrNull, idOf, orAgain, short, text3 } from '../registers/common.tsx';
import { DefinitionForm } from './definition-fields.tsx';
import { DefinitionFields, definitionOf } from './definition-form.ts';
import { Goals } from './goals.tsx';
import { type Figures, visibleProject } from './reader.ts';
import { crumbsOf } from './words.tsx';

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
