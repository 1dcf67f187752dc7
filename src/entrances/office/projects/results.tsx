import { z } from 'zod';
import { type Call, officePage, type Page } from '../../../kernel/access/index.ts';
import {
  addResult,
  editResult,
  type Project,
  RESULT_LEVELS,
  type ResultRow,
  resultsOf,
} from '../../../kernel/projects/index.ts';
import { page, type Reply, readForm, seeOther, uuidParam } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { Button, ButtonRow, LinkButton, Select } from '../../../ui/index.ts';
import { asked, byOf, idOf, orAgain, problemParts, Text3Fields, text3, text3Shape } from '../registers/common.tsx';

type Find = (call: Call) => Promise<Project>;

async function form(call: Call, project: Project, old: ResultRow | null, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const home = `/office/projects/${project.id}`;
  const sent = problem ? ((call.request.body ?? {}) as Record<string, string>) : null;
  const { summary, errors } = problemParts(l, problem);
  const all = await resultsOf(call.sql, call.space.id, project.id);
  const parents = all.filter((result) => result.level !== 'output');
  const under = sent?.parentId ?? asked(call, 'under');
  const parent = parents.find((result) => result.id === under);
  const level = sent?.level ?? (parent ? (parent.level === 'impact' ? 'outcome' : 'output') : 'impact');
  const title = old ? l.pick(old.title) : l.t('registers.results.add');
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [
          { label: l.t('registers.projects.title'), href: l.href('/office/projects') },
          { label: project.code, href: l.href(home) },
          { label: title },
        ],
      },
      <form class="form flow" method="post" action={l.href(old ? `${home}/results/${old.id}` : `${home}/results`)}>
        {summary}
        {!old && (
          <>
            <Select
              l={l}
              name="level"
              required
              label={l.t('registers.level')}
              value={level}
              choices={RESULT_LEVELS.map((one) => ({ value: one, label: l.t(`registers.level.${one}`) }))}
            />
            <Select
              l={l}
              name="parentId"
              label={l.t('registers.results.under')}
              prompt="–"
              value={under}
              choices={parents.map((one) => ({
                value: one.id,
                label: `${l.t(`registers.level.${one.level}`)}: ${l.pick(one.title)}`,
              }))}
              {...errors('parentId')}
            />
          </>
        )}
        <Text3Fields
          l={l}
          name="title"
          rows={2}
          label={l.t('registers.title')}
          value={sent ? text3(sent as never, 'title') : old?.title}
          {...errors('title')}
        />
        <Text3Fields
          l={l}
          name="assumption"
          rows={2}
          label={l.t('registers.results.assumption')}
          value={sent ? text3(sent as never, 'assumption') : old?.assumption}
        />
        <ButtonRow>
          <Button look="main" icon="check">
            {l.t('registers.save')}
          </Button>
          <LinkButton look="quiet" href={l.href(home)}>
            {l.t('ui.cancel')}
          </LinkButton>
        </ButtonRow>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

const ResultForm = z.object({
  level: z.enum(RESULT_LEVELS).optional(),
  parentId: z.union([z.literal(''), uuidParam]).optional(),
  ...text3Shape('title', 1000),
  ...text3Shape('assumption', 1000),
});

async function save(call: Call, project: Project, old: ResultRow | null): Promise<Reply> {
  return await orAgain(
    async () => {
      const read = readForm(ResultForm, call.request);
      const words = { title: text3(read, 'title'), assumption: text3(read, 'assumption') };
      if (old) await editResult(call.sql, byOf(call), { id: old.id, ...words });
      else
        await addResult(call.sql, byOf(call), {
          projectId: project.id,
          level: read.level ?? 'impact',
          parentId: read.parentId || null,
          ...words,
        });
      return seeOther(call.l.href(`/office/projects/${project.id}#logframe`), { key: 'registers.saved' });
    },
    (problem) => form(call, project, old, problem),
  );
}

async function resultOf(call: Call, project: Project): Promise<ResultRow> {
  const id = idOf(call, 'result');
  const found = (await resultsOf(call.sql, call.space.id, project.id)).find((result) => result.id === id);
  if (!found) throw notFound(id);
  return found;
}

/** Adding and editing rows of the results chain; `find` gives the project that this person may see. */
export function resultPages(find: Find): readonly Page[] {
  const route = (
    method: 'GET' | 'POST',
    below: string,
    handle: (call: Call, project: Project) => Promise<Reply>,
  ): Page => ({
    method,
    path: `/office/projects/:id/results${below}`,
    action: 'projects.edit',
    languages: 'paths',
    handle: async (call) => await handle(call, await find(call)),
  });
  return [
    route('GET', '/new', (call, project) => form(call, project, null)),
    route('POST', '', (call, project) => save(call, project, null)),
    route('GET', '/:result', async (call, project) => form(call, project, await resultOf(call, project))),
    route('POST', '/:result', async (call, project) => save(call, project, await resultOf(call, project))),
  ];
}
