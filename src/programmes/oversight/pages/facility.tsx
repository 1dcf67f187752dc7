import { type Call, officePage } from '../../../kernel/access/index.ts';
import { publicationsOf } from '../../../kernel/publications/index.ts';
import { existsAt, type SubjectPage, subjectPage, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Alert,
  DataTable,
  EmptyState,
  Facts,
  LineChart,
  LinkButton,
  OblastMap,
  Section,
  StateChip,
  VerdictMark,
} from '../../../ui/index.ts';
import { positionOf } from '../card.ts';
import { DOMAINS } from '../checklist.ts';
import { type Compared, compareVisits } from '../compare.ts';
import { TYPES } from '../lists.ts';
import { breaksOf, type PastVisit, pastVisits, seenAt } from '../past.ts';
import { SCORE_CARD } from '../publish.ts';
import { fixRate, problemsNow } from '../standing.ts';
import { VISITS } from './board.tsx';
import { crumb, fixRateWords, idOf, placeWords, score100, shown, typeName } from './common.tsx';
import { FACILITIES } from './rounds.tsx';
import { FoundProblems } from './visit-answers.tsx';

/** A facility over time: what it is and was, every visit, what is compared, its problems. */
export async function facilityPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const id = idOf(call);
  const on = today(call.now());
  const found = await subjectPage(sql, space.id, id, on);
  const { subject } = found;
  const types = [subject.type, ...typeChanges(found).map((change) => change.from)];
  if (subject.kind !== 'thing' || !types.some((type) => TYPES.some((one) => one === type))) throw notFound(id);
  const [before] = found.predecessors.length === 1 ? found.predecessors : [];
  const [visits, problems, cards] = await Promise.all([
    pastVisits(sql, space.id, before ? [before.id, id] : [id]),
    problemsNow(sql, space.id, { facilityId: id }),
    publicationsOf(sql, space.id, id),
  ]);
  const accepted = visits.filter((visit) => visit.record.verdict === 'accepted');
  const own = accepted.filter((visit) => visit.facilityId === id);
  const [earlier, later] = own.slice(-2);
  const comparison =
    earlier && later ? compareVisits(await seenAt(sql, space.id, earlier), await seenAt(sql, space.id, later)) : null;
  const rate = fixRate(problems.map((one) => one.state));
  const card = cards.find((one) => one.kind === SCORE_CARD && !one.withdrawnAt && !one.supersededAt);
  const at = positionOf(subject.attributes);
  return page(
    officePage(
      call,
      {
        title: l.pick(subject.name) || '–',
        crumbs: [crumb(l, 'oversight.facilities.title', FACILITIES), { label: l.pick(subject.name) || '–' }],
        subheading: (
          <>
            <StateChip tone="neutral" icon="facility">
              {typeName(l, subject.type)}
            </StateChip>{' '}
            {!existsAt(subject, on) && <StateChip tone="warn">{l.t('oversight.facility.ended')}</StateChip>}
          </>
        ),
        actions: (
          <>
            {card && (
              <LinkButton icon="globe" href={l.href(`/oversight/facilities/${card.slug}`)}>
                {l.t('oversight.facility.card')}
              </LinkButton>
            )}
            {call.can('places.edit') && (
              <LinkButton icon="edit" href={l.href(`/office/facilities/${id}`)}>
                {l.t('oversight.facility.register')}
              </LinkButton>
            )}
          </>
        ),
      },
      <div class="flow">
        <Lineage l={l} found={found} />
        <Facts
          facts={[
            { term: l.t('oversight.place'), value: placeWords(l, found.ancestors, true) || '–' },
            ...(subject.code ? [{ term: l.t('oversight.code'), value: subject.code }] : []),
            ...(subject.startsOn || subject.endsOn
              ? [{ term: l.t('oversight.facility.life'), value: l.period(subject.startsOn, subject.endsOn) }]
              : []),
            { term: l.t('oversight.visits'), value: l.number(own.length) },
            { term: l.t('oversight.fixRate.title'), value: fixRateWords(l, rate) },
          ]}
        />
        <Trend l={l} visits={accepted} id={id} />
        <VisitList l={l} visits={visits} id={id} />
        {comparison && earlier && later && <Comparison l={l} {...comparison} earlier={earlier.day} later={later.day} />}
        <Section title={l.t('oversight.problems.title')} id="problems" lead={fixRateWords(l, rate)}>
          <FoundProblems l={l} problems={problems} found={[]} />
        </Section>
        {at && (
          <Section title={l.t('oversight.map')} id="map">
            <OblastMap
              l={l}
              label={l.t('oversight.map')}
              pins={[{ key: id, at: [at.lon, at.lat], label: l.pick(subject.name), state: 'neutral' }]}
            />
          </Section>
        )}
      </div>,
    ),
  );
}

type TypeChange = { readonly from: string | null; readonly to: string | null; readonly on: string | null };

/** Changes of the type, as the register keeps them. */
function typeChanges({ relations }: SubjectPage): readonly TypeChange[] {
  return relations
    .filter((fact) => fact.kind === 'changed_type' && !fact.undoneAt)
    .map(({ attributes, validFrom }) => ({
      from: typeof attributes.before === 'string' ? attributes.before : null,
      to: typeof attributes.type === 'string' ? attributes.type : null,
      on: validFrom,
    }));
}

/** What came before and after, other names, other types: where a trend breaks. */
function Lineage({ l, found }: { l: Locale; found: SubjectPage }) {
  const kin = (key: string, items: SubjectPage['successors']) =>
    items.length > 0 && (
      <Alert tone="info" title={l.t(key)}>
        <ul>
          {items.map((item) => (
            <li key={item.relationId}>
              <a href={l.href(`${FACILITIES}/${item.id}`)}>{l.pick(item.name)}</a>
              {item.on && `, ${l.date(item.on)}`}
              {item.share !== null &&
                item.share < 1 &&
                `, ${l.t('oversight.facility.share', { share: l.percent(item.share) })}`}
              {item.reason && ` – ${item.reason}`}
            </li>
          ))}
        </ul>
      </Alert>
    );
  const changes = typeChanges(found);
  return (
    <>
      {kin('oversight.facility.after', found.successors)}
      {kin('oversight.facility.before', found.predecessors)}
      {(changes.length > 0 || found.names.length > 1) && (
        <Alert tone="info" title={l.t('oversight.facility.changed')}>
          <ul>
            {changes.map((change) => (
              <li key={`${change.on}${change.to}`}>
                {l.t('oversight.facility.typeChange', {
                  day: change.on ? l.date(change.on) : '–',
                  from: typeName(l, change.from),
                  to: typeName(l, change.to),
                })}
              </li>
            ))}
            {found.names.length > 1 &&
              found.names.map((row) => (
                <li key={row.id}>
                  {l.pick(row.name)}
                  {row.validFrom && `, ${l.t('oversight.facility.nameFrom', { day: l.date(row.validFrom) })}`}
                </li>
              ))}
          </ul>
        </Alert>
      )}
    </>
  );
}

function Trend({ l, visits, id }: { l: Locale; visits: readonly PastVisit[]; id: string }) {
  if (visits.length < 2) return null;
  return (
    <LineChart
      l={l}
      id="trend"
      caption={l.t('oversight.facility.trend')}
      pointsLabel={l.t('oversight.visitedOn')}
      points={visits.map((visit) => (visit.facilityId === id ? l.month(visit.day) : `${l.month(visit.day)} *`))}
      series={[
        {
          label: l.t('oversight.score'),
          values: visits.map((visit) => (visit.score.mean === null ? null : visit.score.mean * 100)),
        },
      ]}
      breaks={[...breaksOf(visits)]}
      digits={0}
    />
  );
}

function VisitList({ l, visits, id }: { l: Locale; visits: readonly PastVisit[]; id: string }) {
  return (
    <Section title={l.t('oversight.visits')} id="visits">
      <DataTable
        l={l}
        caption={l.t('oversight.visits')}
        rows={[...visits].reverse()}
        rowKey={(visit) => visit.record.id}
        empty={
          <EmptyState title={l.t('oversight.facility.noVisits')} icon="checklist">
            {l.t('oversight.facility.noVisitsMore')}
          </EmptyState>
        }
        columns={[
          {
            key: 'day',
            label: l.t('oversight.visitedOn'),
            head: true,
            cell: (visit) => (
              <>
                {visit.record.assignmentId ? (
                  <a href={l.href(`${VISITS}/${visit.record.assignmentId}`)}>{l.date(visit.day)}</a>
                ) : (
                  l.date(visit.day)
                )}{' '}
                {visit.record.verdict !== 'accepted' && (
                  <StateChip tone="neutral">{l.t('oversight.countsNot')}</StateChip>
                )}
                {visit.facilityId !== id && <StateChip tone="info">{l.t('oversight.facility.beforeIt')}</StateChip>}
              </>
            ),
          },
          { key: 'type', label: l.t('oversight.type'), cell: (visit) => typeName(l, visit.type, 'short') },
          ...DOMAINS.map(({ key, name }) => ({
            key,
            label: l.pick(name),
            numeric: true,
            cell: (visit: PastVisit) =>
              score100(l, visit.score.domains.find((one) => one.domain === key)?.score ?? null),
          })),
          {
            key: 'score',
            label: l.t('oversight.score'),
            numeric: true,
            cell: (visit) => <strong>{score100(l, visit.score.mean)}</strong>,
          },
        ]}
      />
    </Section>
  );
}

type ComparisonProps = { l: Locale; earlier: string; later: string } & ReturnType<typeof compareVisits>;

/** The last two visits, item by item, where their rows mean the same. */
function Comparison({ l, compared, left, earlier, later }: ComparisonProps) {
  const count = (change: Compared['change']): number => compared.filter((one) => one.change === change).length;
  const changed = compared.filter((one) => one.change === 'better' || one.change === 'worse');
  return (
    <Section
      title={l.t('oversight.compare.title', { earlier: l.date(earlier), later: l.date(later) })}
      id="compare"
      lead={l.t('oversight.compare.lead', {
        base: compared.length,
        better: count('better'),
        worse: count('worse'),
        same: count('same'),
      })}
    >
      <DataTable
        l={l}
        caption={l.t('oversight.compare.caption')}
        rows={changed}
        rowKey={(one) => one.item.id}
        empty={<p class="soft">{l.t('oversight.compare.none')}</p>}
        columns={[
          { key: 'item', label: l.t('oversight.item'), head: true, cell: (one) => l.pick(one.item.question) },
          { key: 'before', label: l.date(earlier), cell: (one) => <VerdictMark l={l} verdict={shown(one.before)} /> },
          { key: 'after', label: l.date(later), cell: (one) => <VerdictMark l={l} verdict={shown(one.after)} /> },
          {
            key: 'change',
            label: l.t('oversight.compare.change'),
            cell: (one) => (
              <StateChip tone={one.change === 'better' ? 'good' : 'bad'}>
                {l.t(`oversight.compare.${one.change}`)}
              </StateChip>
            ),
          },
        ]}
      />
      {left.length > 0 && (
        <details>
          <summary>{l.t('oversight.compare.left', { n: left.length })}</summary>
          <ul>
            {left.map((item) => (
              <li key={item.id}>{l.pick(item.question)}</li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
