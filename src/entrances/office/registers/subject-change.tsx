import type { ComponentChildren } from 'preact';
import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import {
  changeType,
  closeSubject,
  type Follows,
  findSubjects,
  type Heir,
  mergeSubjects,
  renameSubject,
  reopenSubject,
  type SubjectKind,
  splitSubject,
} from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { Problem } from '../../../platform/problem.ts';
import { Button, DateField, Section, Select, TextField } from '../../../ui/index.ts';
import {
  byOf,
  dayNeeded,
  orAgain,
  problemParts,
  SHELF,
  short,
  Text3Fields,
  text3,
  text3Shape,
  typesOf,
  typeWords,
} from './common.tsx';
import { subjectOf } from './subject-edit.tsx';

const WAYS = ['rename', 'type', 'split', 'merge', 'close'] as const;

/** What can become of a facility, place or organisation: each way with its day and reason; nothing that was recorded moves. */
export async function changeForm(call: Call, kind: SubjectKind, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const { path } = SHELF[kind];
  const mine = await subjectOf(call, kind);
  const body = (problem ? (call.request.body ?? {}) : {}) as Record<string, string>;
  const { summary, errors } = problemParts(l, problem);
  const types = typesOf(kind).map((type) => ({ value: type, label: typeWords(l, type) }));
  const inputs: Readonly<Record<(typeof WAYS)[number], ComponentChildren>> = {
    rename: <Text3Fields l={l} name="rename" label={l.t('registers.name')} />,
    type: <Select l={l} name="type" required label={l.t('registers.type')} choices={types} />,
    split: (
      <>
        {[1, 2, 3].map((i) => (
          <fieldset key={i} class="flow">
            <legend>{l.t('registers.change.heir', { n: i })}</legend>
            <Text3Fields l={l} name={`heir${i}`} label={l.t('registers.name')} />
            <TextField
              l={l}
              name={`share${i}`}
              label={l.t('registers.change.share')}
              hint={l.t('registers.change.shareHint')}
              type="number"
              min={1}
              max={100}
              width="short"
              value={body[`share${i}`] ?? ''}
            />
            <Select
              l={l}
              name={`type${i}`}
              label={l.t('registers.type')}
              prompt={l.t('registers.change.asBefore')}
              choices={types}
            />
          </fieldset>
        ))}
      </>
    ),
    merge: (
      <TextField
        l={l}
        name="into"
        required
        label={l.t('registers.change.into')}
        hint={l.t('registers.change.intoHint')}
        value={body.into ?? ''}
        {...errors('into')}
      />
    ),
    close: null,
  };
  return page(
    officePage(
      call,
      {
        title: `${l.t('registers.change')}: ${l.pick(mine.name)}`,
        crumbs: [
          { label: l.t(`registers.${kind}.title`), href: l.href(path) },
          { label: l.pick(mine.name), href: l.href(`${path}/${mine.id}`) },
          { label: l.t('registers.change') },
        ],
      },
      <div class="flow">
        {summary}
        {mine.endsOn && (
          <Section title={l.t('registers.reopen')} lead={l.t('registers.reopenWhy')} id="reopen">
            <form method="post" action={l.href(`${path}/${mine.id}/reopen`)}>
              <Button icon="undo">{l.t('registers.reopen')}</Button>
            </form>
          </Section>
        )}
        {WAYS.map((way) => (
          <Section key={way} title={l.t(`registers.change.${way}`)} lead={l.t(`registers.change.${way}Why`)} id={way}>
            <form class="form flow" method="post" action={l.href(`${path}/${mine.id}/change`)}>
              <input type="hidden" name="way" value={way} />
              {inputs[way]}
              <DateField
                l={l}
                name="on"
                id={`${way}-on`}
                required
                label={l.t(way === 'close' ? 'registers.change.lastDay' : 'registers.change.on')}
                value={body.way === way ? (body.on ?? '') : ''}
              />
              <TextField l={l} name="reason" id={`${way}-reason`} label={l.t('registers.reason')} maxLength={500} />
              <Button look={way === 'close' ? 'danger' : 'main'}>{l.t(`registers.change.${way}`)}</Button>
            </form>
          </Section>
        ))}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

const percent = z.union([z.literal(''), z.coerce.number().min(0).max(100)]).optional();
const ChangeForm = z.object({
  way: z.enum(WAYS),
  on: dayNeeded,
  reason: short(500).optional(),
  type: short(60).optional(),
  into: short(300).optional(),
  ...text3Shape('rename'),
  ...text3Shape('heir1'),
  ...text3Shape('heir2'),
  ...text3Shape('heir3'),
  share1: percent,
  share2: percent,
  share3: percent,
  type1: short(60).optional(),
  type2: short(60).optional(),
  type3: short(60).optional(),
});
type Change = z.infer<typeof ChangeForm>;

export async function saveChange(call: Call, kind: SubjectKind, follows: Follows): Promise<Reply> {
  const { id } = await subjectOf(call, kind);
  return await orAgain(
    async () => {
      const form = readForm(ChangeForm, call.request);
      const shown = await carryOut(call, kind, id, form, follows);
      const home = call.l.href(`${SHELF[kind].path}/${shown}`);
      return seeOther(home, { key: 'registers.saved', ...(form.way === 'close' && { undo: `${home}/reopen` }) });
    },
    (problem) => changeForm(call, kind, problem),
  );
}

/** Takes off a last day that was set by mistake. */
export async function reopen(call: Call, kind: SubjectKind): Promise<Reply> {
  const { id } = await subjectOf(call, kind);
  return await orAgain(
    async () => {
      await reopenSubject(call.sql, byOf(call), { subjectId: id });
      return seeOther(call.l.href(`${SHELF[kind].path}/${id}`), { key: 'registers.reopened' });
    },
    (problem) => changeForm(call, kind, problem),
  );
}

async function carryOut(
  call: Call,
  kind: SubjectKind,
  subjectId: string,
  form: Change,
  follows: Follows,
): Promise<string> {
  const by = { ...byOf(call), follows };
  const base = { subjectId, on: form.on, reason: form.reason || null };
  switch (form.way) {
    case 'rename':
      await renameSubject(call.sql, by, { ...base, name: text3(form, 'rename') });
      return subjectId;
    case 'type':
      if (!form.type || !typesOf(kind).includes(form.type)) throw wrong('type', 'platform.input.wrong');
      await changeType(call.sql, by, { ...base, type: form.type });
      return subjectId;
    case 'split':
      await splitSubject(call.sql, by, { ...base, into: heirs(form) });
      return subjectId;
    case 'merge': {
      const { rows } = await findSubjects(call.sql, call.space.id, {
        kind,
        text: form.into ?? '',
        at: form.on,
        limit: 3,
      });
      const [other, another] = rows.filter((row) => row.id !== subjectId);
      if (!form.into || !other) throw wrong('into', 'registers.change.intoNone');
      if (another) throw wrong('into', 'registers.change.intoMany');
      return await mergeSubjects(call.sql, by, {
        subjectIds: [subjectId],
        on: form.on,
        into: { subjectId: other.id },
        reason: base.reason,
      });
    }
    case 'close':
      await closeSubject(call.sql, by, base);
      return subjectId;
  }
}

function heirs(form: Change): Heir[] {
  return ([1, 2, 3] as const).flatMap((i) => {
    const name = text3(form, `heir${i}`);
    const share = Number(form[`share${i}`] || 0) / 100;
    return Object.keys(name).length > 0
      ? [{ name, share, ...(form[`type${i}`] && { type: form[`type${i}`] as string }) }]
      : [];
  });
}

function wrong(at: string, key: string): Problem {
  return new Problem(422, key, {}, [{ at, key }]);
}
