import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import {
  endRelation,
  type Follows,
  findSubjects,
  type RelationKind,
  relate,
  type SubjectKind,
} from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther, uuidParam } from '../../../platform/http/index.ts';
import type { Problem } from '../../../platform/problem.ts';
import { Button, DateField, EmptyState, RadioGroup, Select, TextField } from '../../../ui/index.ts';
import { asked, byOf, dayNeeded, dayOrNull, idOf, orAgain, problemParts, SHELF, short } from './common.tsx';
import { subjectOf } from './subject-edit.tsx';

/** What a person may state here, from the side of each kind; successors and types come by a change. */
const CHOICES: Readonly<Record<SubjectKind, readonly (readonly [RelationKind, SubjectKind])[]>> = {
  person: [
    ['located_in', 'place'],
    ['works_at', 'organisation'],
    ['works_at', 'thing'],
    ['member_of', 'organisation'],
    ['guardian_of', 'person'],
    ['same_as', 'person'],
  ],
  organisation: [
    ['located_in', 'place'],
    ['part_of', 'organisation'],
    ['member_of', 'organisation'],
    ['same_as', 'organisation'],
  ],
  place: [
    ['part_of', 'place'],
    ['same_as', 'place'],
  ],
  thing: [
    ['located_in', 'place'],
    ['part_of', 'thing'],
    ['same_as', 'thing'],
  ],
};

/** First what and whom to look for, then who of those found: two plain forms, no script. */
export async function relateForm(call: Call, kind: SubjectKind, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const { path } = SHELF[kind];
  const mine = await subjectOf(call, kind);
  const choices = CHOICES[kind].filter(([, other]) => call.can(SHELF[other].view));
  const chosen = choices.find(([fact, other]) => `${fact}-${other}` === asked(call, 'kind'));
  const q = asked(call, 'q');
  const found =
    chosen && q
      ? (await findSubjects(sql, space.id, { kind: chosen[1], text: q, language: l.language, limit: 30 })).rows
      : [];
  const others = found.filter((row) => row.id !== mine.id);
  const { summary, errors } = problemParts(l, problem);
  const words = ([fact, other]: readonly [RelationKind, SubjectKind]): string =>
    `${l.t(`registers.relation.${fact}.out`)} (${l.t(`registers.kind.${other}`)})`;
  return page(
    officePage(
      call,
      {
        title: `${l.t('registers.newRelation')}: ${l.pick(mine.name)}`,
        crumbs: [
          { label: l.t(`registers.${kind}.title`), href: l.href(path) },
          { label: l.pick(mine.name), href: l.href(`${path}/${mine.id}`) },
          { label: l.t('registers.newRelation') },
        ],
      },
      <div class="flow">
        {summary}
        <form class="form flow" method="get" action={l.href(`${path}/${mine.id}/relate`)}>
          <Select
            l={l}
            name="kind"
            required
            label={l.t('registers.relation')}
            value={asked(call, 'kind')}
            choices={choices.map((choice) => ({ value: choice.join('-'), label: words(choice) }))}
          />
          <TextField l={l} name="q" type="search" required label={l.t('registers.whom')} value={q} />
          <Button icon="search">{l.t('ui.search')}</Button>
        </form>
        {chosen && q && others.length === 0 && (
          <EmptyState title={l.t('registers.nothingFound')} icon="search">
            {l.t('registers.nothingFoundMore')}
          </EmptyState>
        )}
        {chosen && others.length > 0 && (
          <form
            class="form flow"
            method="post"
            action={l.href(`${path}/${mine.id}/relate?${new URLSearchParams({ kind: chosen.join('-'), q })}`)}
          >
            <input type="hidden" name="relation" value={chosen[0]} />
            <RadioGroup
              l={l}
              name="object"
              label={words(chosen)}
              required
              choices={others.map((row) => ({
                value: row.id,
                label: l.pick(row.name),
                ...(row.placeName && { hint: l.pick(row.placeName) }),
              }))}
              {...errors('object')}
            />
            <DateField l={l} name="from" label={l.t('registers.from')} {...errors('from')} />
            <DateField l={l} name="to" label={l.t('registers.to')} {...errors('to')} />
            <TextField l={l} name="reason" label={l.t('registers.reason')} maxLength={500} />
            <Button look="main" icon="check">
              {l.t('registers.save')}
            </Button>
          </form>
        )}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

const RelateForm = z.object({
  relation: z.enum(['located_in', 'works_at', 'member_of', 'guardian_of', 'same_as', 'part_of']),
  object: uuidParam,
  from: dayOrNull,
  to: dayOrNull,
  reason: short(500).optional(),
});

export async function saveRelation(call: Call, kind: SubjectKind, follows: Follows): Promise<Reply> {
  const { id } = await subjectOf(call, kind);
  return await orAgain(
    async () => {
      const form = readForm(RelateForm, call.request);
      const fact = await relate(
        call.sql,
        { ...byOf(call), follows },
        {
          subjectId: id,
          kind: form.relation,
          objectId: form.object,
          from: form.from,
          to: form.to,
          reason: form.reason || null,
        },
      );
      const home = `${SHELF[kind].path}/${id}`;
      return seeOther(call.l.href(home), {
        key: 'registers.saved',
        undo: call.l.href(`${home}/relations/${fact}/undo`),
      });
    },
    (problem) => relateForm(call, kind, problem),
  );
}

/** Says on which day a fact ceased to hold. */
export async function endFact(call: Call, kind: SubjectKind, follows: Follows): Promise<Reply> {
  const { id } = await subjectOf(call, kind);
  const { on } = readForm(z.object({ on: dayNeeded }), call.request);
  await endRelation(call.sql, { ...byOf(call), follows }, { relationId: idOf(call, 'relation'), on });
  return seeOther(call.l.href(`${SHELF[kind].path}/${id}#relations`), { key: 'registers.saved' });
}
