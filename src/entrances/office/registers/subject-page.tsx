import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import {
  existsAt,
  likelyDuplicates,
  personDetail,
  type Relation,
  type Subject,
  type SubjectPage,
  subjectPage,
  today,
} from '../../../kernel/subjects/index.ts';
import { auditOf } from '../../../platform/audit/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Alert,
  Badge,
  Button,
  ButtonRow,
  Card,
  CardGrid,
  DataTable,
  DateField,
  Facts,
  LinkButton,
  Section,
  StateChip,
  Timeline,
} from '../../../ui/index.ts';
import { asked, idOf, isDay, SHELF, typeWords } from './common.tsx';

/** Everything about one subject on one day: names, facts, who may be the same, what came before and after, history. */
export async function showSubject(call: Call, kind: Subject['kind']): Promise<Reply> {
  const { l, sql, space, actor } = call;
  const id = idOf(call);
  const at = isDay(asked(call, 'at')) ? asked(call, 'at') : today(call.now());
  const found = await subjectPage(sql, space.id, id, at);
  const { subject } = found;
  if (subject.kind !== kind || !actor) throw notFound(id);
  const { path, edit } = SHELF[kind];
  const canEdit = call.can(edit);
  const [detail, twins, lines] = await Promise.all([
    kind === 'person' ? personDetail(sql, actor, id) : null,
    kind === 'person' && canEdit ? likelyDuplicates(sql, space.id, id) : [],
    auditOf(sql, space.id, id),
  ]);
  const names = await accountNames(sql, space.id, [
    ...new Set(lines.map((line) => line.actorId).filter((x) => x !== null)),
  ]);
  return page(
    officePage(
      call,
      {
        title: l.pick(subject.name) || '–',
        crumbs: [{ label: l.t(`registers.${kind}.title`), href: l.href(path) }, { label: l.pick(subject.name) || '–' }],
        subheading: (
          <>
            {subject.type && <Badge>{typeWords(l, subject.type)}</Badge>}
            {!existsAt(subject, at) && (
              <StateChip tone="warn">{l.t('registers.notThen', { day: l.date(at) })}</StateChip>
            )}
          </>
        ),
        actions: canEdit && (
          <>
            <LinkButton icon="edit" href={l.href(`${path}/${id}/edit`)}>
              {l.t('registers.edit')}
            </LinkButton>
            {kind !== 'person' && (
              <LinkButton icon="round" href={l.href(`${path}/${id}/change`)}>
                {l.t('registers.change')}
              </LinkButton>
            )}
          </>
        ),
      },
      <div class="flow">
        {twins.length > 0 && (
          <Section title={l.t('registers.twins')} lead={l.t('registers.twinsWhy')} id="twins">
            <CardGrid min="large">
              {twins.map((twin) => (
                <Card
                  key={twin.id}
                  title={l.pick(twin.name)}
                  href={l.href(`${path}/${twin.id}`)}
                  aside={<StateChip tone="info">{l.percent(twin.score)}</StateChip>}
                  footer={
                    <form method="post" action={l.href(`${path}/${id}/decide`)}>
                      <input type="hidden" name="other" value={twin.id} />
                      <ButtonRow>
                        <Button name="say" value="same" size="small" look="main">
                          {l.t('registers.same')}
                        </Button>
                        <Button name="say" value="different" size="small">
                          {l.t('registers.different')}
                        </Button>
                      </ButtonRow>
                    </form>
                  }
                >
                  <p>{l.t('registers.agrees', { what: twin.reasons.map((key) => l.t(key)).join(', ') })}</p>
                  {twin.against.length > 0 && (
                    <p class="soft">
                      {l.t('registers.differs', { what: twin.against.map((key) => l.t(key)).join(', ') })}
                    </p>
                  )}
                </Card>
              ))}
            </CardGrid>
          </Section>
        )}
        <Facts facts={facts(l, found, detail)} />
        <Succession call={call} found={found} path={path} />
        <Names call={call} found={found} path={path} canEdit={canEdit} />
        <Relations call={call} found={found} path={path} canEdit={canEdit} />
        <Section title={l.t('registers.history')} id="history">
          <Timeline
            label={l.t('registers.history')}
            items={lines.map((line, i) => ({
              key: `${i}`,
              iso: line.at.toISOString(),
              when: l.dateTime(line.at),
              who: (line.actorId && names.get(line.actorId)) || l.t('registers.system'),
              what: l.t(ACTS.has(line.action) ? `registers.act.${line.action}` : 'registers.act.other'),
              ...(typeof line.details.reason === 'string' && { note: line.details.reason }),
            }))}
          />
        </Section>
      </div>,
    ),
  );
}

const ACTS = new Set([
  'subject.add',
  'subject.edit',
  'subject.detail',
  'subject.name',
  'subject.correctName',
  'subject.split',
  'subject.merge',
  'subject.close',
  'subject.undoRelation',
  'subject.part_of',
  'subject.located_in',
  'subject.member_of',
  'subject.works_at',
  'subject.guardian_of',
  'subject.successor_of',
  'subject.same_as',
  'subject.different_from',
  'subject.changed_type',
]);

function facts(l: Locale, { subject, ancestors }: SubjectPage, detail: Awaited<ReturnType<typeof personDetail>>) {
  const list: { term: string; value: string }[] = [];
  const put = (term: string, value: string | null | undefined): void => {
    if (value) list.push({ term: l.t(term), value });
  };
  put('registers.place', ancestors.map((place) => `${l.pick(place.name)}`).join(', '));
  put('registers.code', subject.code);
  if (subject.startsOn || subject.endsOn) put('registers.life', l.period(subject.startsOn, subject.endsOn));
  put('registers.born', detail?.bornOn ? l.date(detail.bornOn) : detail?.bornYear ? String(detail.bornYear) : null);
  put('registers.sex', detail?.sex && l.t(`registers.sex.${detail.sex}`));
  put('registers.phone', detail?.phone);
  put('registers.note', detail?.note);
  return list;
}

/** What came before and after: old visits stay with the old one, so a reader must see the break. */
function Succession({ call: { l }, found, path }: { call: Call; found: SubjectPage; path: string }) {
  const list = (title: string, items: SubjectPage['successors']) =>
    items.length > 0 && (
      <Alert tone="info" title={l.t(title)}>
        <ul>
          {items.map((item) => (
            <li key={item.relationId}>
              <a href={l.href(`${path}/${item.id}`)}>{l.pick(item.name)}</a>
              {item.on && `, ${l.date(item.on)}`}
              {item.share !== null && item.share < 1 && `, ${l.percent(item.share)}`}
              {item.reason && ` – ${item.reason}`}
            </li>
          ))}
        </ul>
      </Alert>
    );
  return (
    <>
      {list('registers.successors', found.successors)}
      {list('registers.predecessors', found.predecessors)}
    </>
  );
}

type Part = { call: Call; found: SubjectPage; path: string; canEdit: boolean };

function Names({ call: { l }, found, path, canEdit }: Part) {
  const { subject } = found;
  return (
    <Section
      title={l.t('registers.names')}
      id="names"
      actions={
        canEdit && (
          <LinkButton size="small" icon="plus" href={l.href(`${path}/${subject.id}/name`)}>
            {l.t('registers.newName')}
          </LinkButton>
        )
      }
    >
      <DataTable
        l={l}
        caption={l.t('registers.names')}
        rows={found.names}
        rowKey={(row) => row.id}
        columns={[
          { key: 'name', label: l.t('registers.name'), head: true, cell: (row) => Object.values(row.name).join(' · ') },
          {
            key: 'when',
            label: l.t('registers.when'),
            cell: (row) => l.period(row.validFrom, row.validTo) || l.t('registers.always'),
          },
          ...(canEdit
            ? [
                {
                  key: 'do',
                  label: l.t('registers.edit'),
                  quiet: true,
                  cell: (row: SubjectPage['names'][number]) => (
                    <a href={l.href(`${path}/${subject.id}/name?correct=${row.id}`)}>{l.t('registers.correct')}</a>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function Relations({ call, found, path, canEdit }: Part) {
  const { l } = call;
  const { subject } = found;
  const shown = found.relations.filter((fact) => {
    const other = otherOf(found, fact);
    // A person's name is not for those who may not see people, not even as a clinic's head.
    return fact.kind !== 'successor_of' && (other?.kind !== 'person' || call.can('people.view'));
  });
  return (
    <Section
      title={l.t('registers.relations')}
      id="relations"
      actions={
        canEdit && (
          <LinkButton size="small" icon="plus" href={l.href(`${path}/${subject.id}/relate`)}>
            {l.t('registers.newRelation')}
          </LinkButton>
        )
      }
    >
      {shown.length === 0 ? (
        <p class="soft">{l.t('registers.noRelations')}</p>
      ) : (
        <DataTable
          l={l}
          caption={l.t('registers.relations')}
          rows={shown}
          rowKey={(fact) => fact.id}
          columns={[
            {
              key: 'what',
              label: l.t('registers.relation'),
              head: true,
              cell: (fact) => l.t(`registers.relation.${fact.kind}.${fact.subjectId === subject.id ? 'out' : 'in'}`),
            },
            {
              key: 'who',
              label: l.t('registers.name'),
              cell: (fact) => <Other call={call} found={found} fact={fact} />,
            },
            {
              key: 'when',
              label: l.t('registers.when'),
              cell: (fact) => l.period(fact.validFrom, fact.validTo) || '–',
            },
            { key: 'why', label: l.t('registers.reason'), cell: (fact) => fact.reason ?? '–' },
            {
              key: 'do',
              label: l.t('registers.edit'),
              quiet: true,
              cell: (fact) =>
                fact.undoneAt ? (
                  <StateChip tone="neutral">{l.t('registers.takenBack')}</StateChip>
                ) : (
                  canEdit && <FactForms call={call} fact={fact} home={`${path}/${subject.id}`} />
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}

const LASTING = new Set(['part_of', 'located_in', 'member_of', 'works_at', 'guardian_of']);

/** What can be done with a fact: say when it ceased to hold, or take it back as never true. */
function FactForms({ call: { l }, fact, home }: { call: Call; fact: Relation; home: string }) {
  return (
    <>
      {LASTING.has(fact.kind) && !fact.validTo && (
        <details>
          <summary>{l.t('registers.endFact')}</summary>
          <form method="post" action={l.href(`${home}/relations/${fact.id}/end`)} class="inline-form">
            <DateField l={l} name="on" id={`end-${fact.id}`} required label={l.t('registers.lastDay')} />
            <Button size="small">{l.t('registers.save')}</Button>
          </form>
        </details>
      )}
      <form method="post" action={l.href(`${home}/relations/${fact.id}/undo`)}>
        <Button size="small" look="quiet" icon="undo">
          {l.t('registers.takeBack')}
        </Button>
      </form>
    </>
  );
}

function otherOf(found: SubjectPage, fact: Relation): Subject | undefined {
  const id = fact.subjectId === found.subject.id ? fact.objectId : fact.subjectId;
  return id ? found.others.get(id) : undefined;
}

function Other({ call: { l }, found, fact }: { call: Call; found: SubjectPage; fact: Relation }) {
  const other = otherOf(found, fact);
  if (fact.kind === 'changed_type') return <>{typeWords(l, String(fact.attributes.type ?? ''))}</>;
  if (!other) return <>–</>;
  return <a href={l.href(`${SHELF[other.kind].path}/${other.id}`)}>{l.pick(other.name)}</a>;
}
