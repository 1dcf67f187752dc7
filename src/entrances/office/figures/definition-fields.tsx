import type { Call } from '../../../kernel/access/index.ts';
import type { Measure } from '../../../kernel/evidence/index.ts';
import type { Definition, Indicator } from '../../../kernel/indicators/index.ts';
import type { Problem } from '../../../platform/problem.ts';
import { Button, Checkbox, CheckboxGroup, Select, TextArea, TextField } from '../../../ui/index.ts';
import { problemParts, Text3Fields, text3 } from '../registers/common.tsx';
import { conditionText, DefinitionFields, definitionOf } from './definition-form.ts';

const AGGS = ['count_distinct', 'count', 'sum', 'latest', 'max', 'avg', 'ratio', 'mean_of'] as const;
const PARTS = ['sum', 'count', 'count_distinct', 'denominators'] as const;
const PERIODS = ['flow', 'to_date', 'stock'] as const;
const RULES = ['sum', 'avg', 'max', 'count', 'latest'] as const;
const PLACES = ['oblast', 'rayon', 'type', 'sex'] as const;

type FormProps = {
  readonly call: Call;
  readonly action: string;
  readonly measures: readonly Measure[];
  readonly indicator?: Indicator;
  readonly problem: Problem | undefined;
  readonly results?: readonly { readonly value: string; readonly label: string }[];
};

/** What was typed stays after a Problem: the fields of the request go before the indicator's own. */
export function DefinitionForm({ call, action, measures, indicator, problem, results }: FormProps) {
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
