import type { Call } from '../../../kernel/access/index.ts';
import type { Goal, Indicator } from '../../../kernel/indicators/index.ts';
import { valueText } from '../../../reports/donor/index.ts';
import { Button, DataTable, DateField, EmptyState, Section, Select, TextField } from '../../../ui/index.ts';
/** Baselines and targets, and the form that sets another. */
export function Goals(props: {
  call: Call;
  indicator: Indicator;
  goals: readonly Goal[];
  define: boolean;
  path: string;
}) {
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
