import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import {
  addSubject,
  correctName,
  differentFrom,
  editSubject,
  type Follows,
  nameSubject,
  type PersonDetail,
  personDetail,
  placeByWords,
  type Subject,
  type SubjectKind,
  sameAs,
  setPersonDetail,
  subject,
  subjectPage,
  undoRelation,
} from '../../../kernel/subjects/index.ts';
import { transaction } from '../../../platform/db/index.ts';
import { page, type Reply, readForm, seeOther, uuidParam } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import { Button, ButtonRow, DateField, LinkButton, Select, TextArea, TextField } from '../../../ui/index.ts';
import {
  asked,
  byOf,
  dayNeeded,
  dayOrNull,
  idOf,
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

const SubjectForm = z.object({
  ...text3Shape('name'),
  fullName: short().optional(),
  type: short(60).optional(),
  code: short(100).optional(),
  place: short(300).optional(),
  startsOn: dayOrNull,
  sex: z.enum(['f', 'm', '']).optional(),
  born: z
    .string()
    .trim()
    .regex(/^(|\d{4}|\d{4}-\d\d-\d\d)$/)
    .optional(),
  phone: z
    .string()
    .trim()
    .regex(/^(|\+?[\d\s()-]{6,20})$/)
    .optional(),
  note: short(2000).optional(),
});
type SubjectFields = Partial<z.infer<typeof SubjectForm>>;

/** The subject of the address, of the shelf's kind. @throws Problem 404 */
export async function subjectOf(call: Call, kind: SubjectKind): Promise<Subject> {
  const found = await subject(call.sql, call.space.id, idOf(call));
  if (found?.kind !== kind) throw notFound(idOf(call));
  return found;
}

/** A new subject, or (with one) its code and details. Names and places have dates and forms of their own. */
export async function subjectForm(
  call: Call,
  kind: SubjectKind,
  old: Subject | null,
  problem?: Problem,
): Promise<Reply> {
  const { l } = call;
  const { path } = SHELF[kind];
  const { summary, errors } = problemParts(l, problem);
  const sent = (problem ? (call.request.body ?? {}) : {}) as SubjectFields;
  const detail = old && kind === 'person' && call.actor ? await personDetail(call.sql, call.actor, old.id) : null;
  const title = old ? l.pick(old.name) : l.t(`registers.${kind}.add`);
  const back = old ? l.href(`${path}/${old.id}`) : l.href(path);
  return page(
    officePage(
      call,
      { title, crumbs: [{ label: l.t(`registers.${kind}.title`), href: l.href(path) }, { label: title }] },
      <form class="form flow" method="post" action={old ? l.href(`${path}/${old.id}/edit`) : l.href(path)}>
        {summary}
        {!old &&
          (kind === 'person' ? (
            <TextField
              l={l}
              name="fullName"
              label={l.t('registers.fullName')}
              hint={l.t('registers.fullNameHint')}
              required
              maxLength={300}
              value={sent.fullName ?? ''}
              {...errors('name')}
            />
          ) : (
            <Text3Fields
              l={l}
              name="name"
              label={l.t('registers.name')}
              value={text3(sent, 'name')}
              {...errors('name')}
            />
          ))}
        {!old && kind !== 'person' && (
          <Select
            l={l}
            name="type"
            label={l.t('registers.type')}
            prompt="–"
            value={sent.type ?? ''}
            choices={typesOf(kind).map((type) => ({ value: type, label: typeWords(l, type) }))}
          />
        )}
        {!old && (
          <TextField
            l={l}
            name="place"
            label={l.t(kind === 'place' ? 'registers.partOf' : 'registers.place')}
            hint={l.t('registers.placeHint')}
            value={sent.place ?? ''}
            {...errors('place')}
          />
        )}
        {!old && kind !== 'person' && (
          <DateField
            l={l}
            name="startsOn"
            label={l.t('registers.startsOn')}
            value={sent.startsOn ?? ''}
            {...errors('startsOn')}
          />
        )}
        <TextField
          l={l}
          name="code"
          label={l.t('registers.code')}
          maxLength={100}
          value={sent.code ?? old?.code ?? ''}
        />
        {kind === 'person' && <PersonFields call={call} sent={sent} detail={detail} errors={errors} />}
        <ButtonRow>
          <Button look="main" icon="check">
            {l.t('registers.save')}
          </Button>
          <LinkButton look="quiet" href={back}>
            {l.t('ui.cancel')}
          </LinkButton>
        </ButtonRow>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

function PersonFields(props: {
  call: Call;
  sent: SubjectFields;
  detail: PersonDetail | null;
  errors: (field: string) => { error?: string };
}) {
  const { sent, detail, errors } = props;
  const { l } = props.call;
  return (
    <>
      <Select
        l={l}
        name="sex"
        label={l.t('registers.sex')}
        prompt="–"
        value={sent.sex ?? detail?.sex ?? ''}
        choices={(['f', 'm'] as const).map((sex) => ({ value: sex, label: l.t(`registers.sex.${sex}`) }))}
      />
      <TextField
        l={l}
        name="born"
        label={l.t('registers.born')}
        hint={l.t('registers.bornHint')}
        width="short"
        value={sent.born ?? detail?.bornOn ?? (detail?.bornYear ? String(detail.bornYear) : '')}
        {...errors('born')}
      />
      <TextField
        l={l}
        name="phone"
        type="tel"
        width="medium"
        label={l.t('registers.phone')}
        value={sent.phone ?? detail?.phone ?? ''}
        {...errors('phone')}
      />
      <TextArea l={l} name="note" rows={3} label={l.t('registers.note')} value={sent.note ?? detail?.note ?? ''} />
    </>
  );
}

/** Year or day; null for a day that the calendar does not have. */
function birthOf(born: string | undefined): Pick<PersonDetail, 'bornOn' | 'bornYear'> {
  const text = born ?? '';
  if (text.length === 10) return { bornOn: dayNeeded.parse(text), bornYear: Number(text.slice(0, 4)) };
  return { bornOn: null, bornYear: text ? Number(text) : null };
}

function detailOf(form: SubjectFields): Partial<PersonDetail> {
  return { ...birthOf(form.born), sex: form.sex || null, phone: form.phone || null, note: form.note || null };
}

const Born = SubjectForm.refine(
  (form) => !form.born || form.born.length === 4 || dayNeeded.safeParse(form.born).success,
  {
    path: ['born'],
  },
).refine((form) => !form.born || (Number(form.born.slice(0, 4)) >= 1900 && Number(form.born.slice(0, 4)) <= 2100), {
  path: ['born'],
});

export async function createSubject(call: Call, kind: SubjectKind): Promise<Reply> {
  return await orAgain(
    async () => {
      const form = readForm(Born, call.request);
      const placeId = form.place ? await placeByWords(call.sql, call.space.id, form.place, 'place') : null;
      const id = await addSubject(call.sql, byOf(call), {
        kind,
        name: kind === 'person' ? { [call.l.language]: form.fullName ?? '' } : text3(form, 'name'),
        type: kind === 'person' ? null : form.type || null,
        code: form.code || null,
        startsOn: kind === 'person' ? null : form.startsOn,
        placeId,
        ...(kind === 'person' && { person: detailOf(form) }),
      });
      return seeOther(call.l.href(`${SHELF[kind].path}/${id}`), { key: 'registers.saved' });
    },
    (problem) => subjectForm(call, kind, null, problem),
  );
}

export async function saveSubject(call: Call, kind: SubjectKind): Promise<Reply> {
  const old = await subjectOf(call, kind);
  return await orAgain(
    async () => {
      const form = readForm(Born, call.request);
      await transaction(call.sql, async (tx) => {
        await editSubject(tx, byOf(call), { id: old.id, code: form.code || null });
        if (kind === 'person') await setPersonDetail(tx, byOf(call), { subjectId: old.id, detail: detailOf(form) });
      });
      return seeOther(call.l.href(`${SHELF[kind].path}/${old.id}`), { key: 'registers.saved' });
    },
    (problem) => subjectForm(call, kind, old, problem),
  );
}

const NameForm = z.object({ ...text3Shape('name'), from: dayOrNull, to: dayOrNull, correct: short(40).optional() });

/** A new name from a day on, or (with `correct`) a slip mended in one that stands. */
export async function nameForm(call: Call, kind: SubjectKind, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const { path } = SHELF[kind];
  const old = await subjectOf(call, kind);
  const body = (call.request.body ?? {}) as Record<string, string>;
  const correct = problem ? (body.correct ?? '') : asked(call, 'correct');
  const { names } = await subjectPage(call.sql, call.space.id, old.id);
  const row = names.find((name) => name.id === correct);
  const { summary, errors } = problemParts(l, problem);
  const title = l.t(row ? 'registers.correct' : 'registers.newName');
  return page(
    officePage(
      call,
      {
        title: `${title}: ${l.pick(old.name)}`,
        crumbs: [
          { label: l.t(`registers.${kind}.title`), href: l.href(path) },
          { label: l.pick(old.name), href: l.href(`${path}/${old.id}`) },
          { label: title },
        ],
      },
      <form class="form flow" method="post" action={l.href(`${path}/${old.id}/name`)}>
        {summary}
        <input type="hidden" name="correct" value={row?.id ?? ''} />
        <Text3Fields
          l={l}
          name="name"
          label={l.t('registers.name')}
          value={problem ? text3(body as never, 'name') : row?.name}
          {...errors('name')}
        />
        <DateField
          l={l}
          name="from"
          label={l.t('registers.from')}
          hint={l.t('registers.fromHint')}
          value={body.from ?? row?.validFrom ?? ''}
          {...errors('from')}
        />
        {row && (
          <DateField
            l={l}
            name="to"
            label={l.t('registers.to')}
            value={body.to ?? row.validTo ?? ''}
            {...errors('to')}
          />
        )}
        <Button look="main" icon="check">
          {l.t('registers.save')}
        </Button>
      </form>,
    ),
    problem?.status ?? 200,
  );
}

export async function saveName(call: Call, kind: SubjectKind): Promise<Reply> {
  const old = await subjectOf(call, kind);
  return await orAgain(
    async () => {
      const form = readForm(NameForm, call.request);
      const name = text3(form, 'name');
      const nameId = uuidParam.safeParse(form.correct);
      if (nameId.success)
        await correctName(call.sql, byOf(call), {
          subjectId: old.id,
          nameId: nameId.data,
          name,
          from: form.from,
          to: form.to,
        });
      else await nameSubject(call.sql, byOf(call), { subjectId: old.id, name, from: form.from });
      return seeOther(call.l.href(`${SHELF[kind].path}/${old.id}#names`), { key: 'registers.saved' });
    },
    (problem) => nameForm(call, kind, problem),
  );
}

const Decision = z.object({ other: uuidParam, say: z.enum(['same', 'different']), reason: short(500).optional() });

/** "The same person" or "different people": either is a fact that can be taken back at once. */
export async function decide(call: Call, kind: SubjectKind): Promise<Reply> {
  const { id } = await subjectOf(call, kind);
  const { other, say, reason } = readForm(Decision, call.request);
  const act = say === 'same' ? sameAs : differentFrom;
  const fact = await act(call.sql, byOf(call), { a: id, b: other, reason: reason || null });
  const home = `${SHELF[kind].path}/${id}`;
  return seeOther(call.l.href(home), {
    key: say === 'same' ? 'registers.saidSame' : 'registers.saidDifferent',
    undo: call.l.href(`${home}/relations/${fact}/undo`),
  });
}

/** Takes a fact back; it must be one of this subject's. */
export async function takeBack(call: Call, kind: SubjectKind, follows: Follows): Promise<Reply> {
  const { id } = await subjectOf(call, kind);
  const relationId = idOf(call, 'relation');
  const { relations } = await subjectPage(call.sql, call.space.id, id);
  if (!relations.some((fact) => fact.id === relationId)) throw notFound(relationId);
  await undoRelation(call.sql, { ...byOf(call), follows }, relationId);
  return seeOther(call.l.href(`${SHELF[kind].path}/${id}#relations`), { key: 'registers.tookBack' });
}
