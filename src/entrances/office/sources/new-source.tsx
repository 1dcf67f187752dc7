import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import { addSource } from '../../../kernel/sources/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { Problem } from '../../../platform/problem.ts';
import { Button, Select, TextField } from '../../../ui/index.ts';
import { byOf, orAgain, problemParts, short, Text3Fields, text3, text3Shape } from '../registers/common.tsx';

const KINDS = ['standard', 'law', 'budget', 'stations', 'results', 'other'] as const;
const SourceForm = z.object({ key: short(80), kind: z.enum(KINDS), ...text3Shape('title') });

export async function newSource(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const sent = (problem ? (call.request.body ?? {}) : {}) as Record<string, string>;
  const { summary, errors } = problemParts(l, problem);
  return page(
    officePage(
      call,
      {
        title: l.t('registers.sources.add'),
        crumbs: [
          { label: l.t('registers.sources.title'), href: l.href('/office/sources') },
          { label: l.t('registers.sources.add') },
        ],
      },
      <form class="form flow" method="post" action={l.href('/office/sources')}>
        {summary}
        <TextField
          l={l}
          name="key"
          required
          label={l.t('registers.code')}
          hint={l.t('registers.sources.keyHint')}
          maxLength={80}
          value={sent.key ?? ''}
          {...errors('key')}
        />
        <Select
          l={l}
          name="kind"
          required
          label={l.t('registers.type')}
          value={sent.kind ?? ''}
          choices={KINDS.map((kind) => ({ value: kind, label: l.t(`registers.sources.kind.${kind}`) }))}
        />
        <Text3Fields
          l={l}
          name="title"
          label={l.t('registers.title')}
          value={text3(sent as never, 'title')}
          {...errors('title')}
        />
        <Button look="main" icon="check">
          {l.t('registers.save')}
        </Button>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

export async function createSource(call: Call): Promise<Reply> {
  return await orAgain(
    async () => {
      const read = readForm(SourceForm, call.request);
      const title = text3(read, 'title');
      if (Object.keys(title).length === 0)
        throw new Problem(422, 'projects.noTitle', {}, [{ at: 'title', key: 'projects.noTitle' }]);
      const id = await addSource(call.sql, byOf(call), { key: read.key, kind: read.kind, title });
      return seeOther(call.l.href(`/office/sources/${id}/new`), { key: 'registers.saved' });
    },
    (problem) => newSource(call, problem),
  );
}
