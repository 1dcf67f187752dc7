import { type Call, officePage } from '../../../kernel/access/index.ts';
import { addIndicator } from '../../../kernel/indicators/index.ts';
import { resultsOf } from '../../../kernel/projects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import type { Problem } from '../../../platform/problem.ts';
import { asked, byOf, orAgain, text3 } from '../registers/common.tsx';
import { DefinitionForm } from './definition-fields.tsx';
import { DefinitionFields, definitionOf } from './definition-form.ts';
import { type Figures, visibleProject } from './reader.ts';
import { crumbsOf } from './words.tsx';
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
