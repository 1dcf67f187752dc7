import { type Call, sitePage } from '../../kernel/access/index.ts';
import { type Behind, type Measure, REPORTED, recordsBehind } from '../../kernel/evidence/index.ts';
import { formOfKey } from '../../kernel/forms/index.ts';
import { type Figure, figure, indicatorsOf } from '../../kernel/indicators/index.ts';
import type { Kind } from '../../kernel/kinds/index.ts';
import { publicationsShowing } from '../../kernel/publications/index.ts';
import { recordsById } from '../../kernel/records/index.ts';
import { page, type Reply } from '../../platform/http/index.ts';
import { notFound } from '../../platform/problem.ts';
import { type Labels, labelsFor } from '../../reports/donor/index.ts';
import {
  BarChart,
  Breakable,
  DataTable,
  EmptyState,
  Facts,
  PageHead,
  Pagination,
  Section,
  Stat,
  StatRow,
} from '../../ui/index.ts';
import { actualOf, figureAddress, inWords, targetOf, totalOf, wholePeriod } from './figures.ts';
import { pictureOf } from './parts.tsx';
import { publicProject } from './projects.tsx';

/** What the public pages are told of the programme kinds. */
export type SiteDeps = { readonly kinds: readonly Kind[]; readonly measures: readonly Measure[] };

const PAGE = 50;

/**
 * One figure for everybody: its value, its split without small cells, and the records that it stands on. A record is named, and linked,
 * only where a page of it was published; of all others the day and how many rows they gave are said. @throws Problem 404
 */
export async function figurePage(call: Call, deps: SiteDeps): Promise<Reply> {
  const { l, space } = call;
  const found = await publicProject(call);
  const code = call.params.code ?? '';
  const one = (await indicatorsOf(call.sql, space.id, found.id)).find((indicator) => indicator.code === code);
  if (!one) throw notFound(code.slice(0, 80));
  const drawn = await figure(call.sql, space.id, {
    indicatorId: one.id,
    periods: [wholePeriod(found, call.now())],
    digests: true,
    suppress: true,
  });
  const total = totalOf(drawn);
  const at = Math.max(0, Math.min(Math.trunc(Number(call.query.page)) || 0, 100_000));
  const behind = await recordsBehind(call.sql, space.id, total?.evidenceIds ?? [], { limit: PAGE, offset: at * PAGE });
  if (at > 0 && behind.records.length === 0) throw notFound('page');
  const labels = await labelsFor(call.sql, space.id, l, deps.measures, [one.definition], drawn.periods[0]?.cells ?? []);
  const title = l.pick(one.title);
  const project = { label: l.pick(found.title), href: l.href(`/projects/${found.slug}`) };
  const onPage = (n: number): string =>
    l.href(`${figureAddress(found.slug, code)}${n > 0 ? `?page=${n}` : ''}#records`);
  return page(
    sitePage(
      call,
      {
        title,
        description: `${title}: ${inWords(actualOf(l, drawn))}. ${l.pick(found.title)}`,
        kind: 'article',
        image: pictureOf(call, 'project', found.slug, title),
        crumbs: [{ label: l.t('site.nav.projects'), href: l.href('/projects') }, project, { label: title }],
      },
      <>
        <PageHead title={title} />
        <StatRow>
          <Stat {...actualOf(l, drawn)} label={l.t('site.figure.value')} />
          <Stat {...targetOf(l, drawn)} label={l.t('site.figure.target')} />
          <Stat value={l.number(behind.all)} label={l.t('site.figure.behind')} />
        </StatRow>
        <Facts
          facts={[
            {
              term: l.t('site.project.period'),
              value: l.period(found.startsOn, found.endsOn, found.precision) || l.t('site.project.noDates'),
            },
            { term: l.t('site.figure.how'), value: l.t(`site.figure.how.${one.definition.agg}`) },
          ]}
        />
        <Splits call={call} figure={drawn} labels={labels} />
        <Section title={l.t('site.figure.standsOn')} lead={l.t('site.figure.standsOnLead')} id="records">
          <Records call={call} records={await shownRecords(call, deps, behind.records)} />
          <Pagination
            l={l}
            first={at > 1 ? onPage(0) : undefined}
            previous={at > 0 ? onPage(at - 1) : undefined}
            next={(at + 1) * PAGE < behind.all ? onPage(at + 1) : undefined}
            {...(behind.all > 0 && {
              note: l.t('site.figure.range', {
                from: at * PAGE + 1,
                to: at * PAGE + behind.records.length,
                all: behind.all,
              }),
            })}
          />
        </Section>
        {total?.digest && behind.all > 0 && (
          <p class="soft small">
            {l.t('site.figure.digest')}: <Breakable text={total.digest} />
            <br />
            {l.t('site.figure.digestWhy')}
          </p>
        )}
      </>,
    ),
  );
}

/** The figure by each of its dimensions. A cell of few people keeps its place and shows no number. */
function Splits(props: { readonly call: Call; readonly figure: Figure; readonly labels: Labels }) {
  const { call, figure: drawn, labels } = props;
  const { l } = call;
  const { dimensions, digits, percent } = drawn.indicator.definition;
  const cells = drawn.periods[0]?.cells ?? [];
  const parts = dimensions
    .map(({ key, kind }) => ({ key, kind, mine: cells.filter((cell) => Object.keys(cell.at).join() === key) }))
    .filter(({ mine }) => mine.length > 0);
  if (parts.length === 0) return null;
  return (
    <Section title={l.t('site.figure.split')}>
      {parts.map(({ key, kind, mine }) => (
        <div key={key} class="flow">
          <BarChart
            l={l}
            caption={labels.dimension(key)}
            labels={labels.dimension(key)}
            values={percent ? '%' : l.pick(drawn.indicator.unit)}
            digits={digits}
            bars={mine.map((cell) => ({
              label: labels.cell(cell.at),
              value: cell.value === null || !percent ? cell.value : cell.value * 100,
            }))}
          />
          {mine.some((cell) => cell.hidden) && <p class="soft small">{l.t('site.figure.hidden')}</p>}
          {kind === 'overlapping' && <p class="soft small">{l.t('site.figure.overlapping')}</p>}
        </div>
      ))}
    </Section>
  );
}

type ShownRecord = Behind & { readonly what: string; readonly href: string | null };

/** What each record is called in public, and where its published page stands. */
async function shownRecords(call: Call, deps: SiteDeps, records: readonly Behind[]): Promise<readonly ShownRecord[]> {
  const { l, sql, space } = call;
  const ids = records.map((one) => one.recordId);
  const [details, published] = await Promise.all([
    recordsById(sql, space.id, ids),
    publicationsShowing(sql, space.id, ids),
  ]);
  const addresses = Object.assign({}, ...deps.kinds.map((kind) => kind.publications)) as Record<
    string,
    (slug: string) => string
  >;
  const keys = [...new Set(details.map((one) => one.formKey))];
  const titles = new Map(
    await Promise.all(
      keys.map(async (key) => [key, l.pick((await formOfKey(sql, space.id, key))?.title) || key] as const),
    ),
  );
  return records.map((one) => {
    const record = details.find(({ id }) => id === one.recordId);
    const shownAt = published.find(
      ({ kind, manifest }) => addresses[kind] && manifest.some(({ id }) => id === one.recordId),
    );
    const what = titles.get(record?.formKey ?? '') ?? '';
    if (one.measure === REPORTED) return { ...one, what: String(record?.answers.document ?? what), href: null };
    return shownAt
      ? { ...one, what: l.pick(shownAt.title), href: l.href(addresses[shownAt.kind]!(shownAt.slug)) }
      : { ...one, what, href: null };
  });
}

function Records({ call, records }: { readonly call: Call; readonly records: readonly ShownRecord[] }) {
  const { l } = call;
  return (
    <DataTable
      l={l}
      caption={l.t('site.figure.standsOn')}
      rows={records}
      rowKey={(one) => one.recordId}
      narrow
      empty={
        <EmptyState title={l.t('site.figure.none')} icon="shield">
          {l.t('site.figure.noneMore')}
        </EmptyState>
      }
      columns={[
        { key: 'day', label: l.t('site.figure.day'), cell: (one) => l.date(one.occurredOn) },
        {
          key: 'what',
          label: l.t('site.figure.record'),
          head: true,
          cell: (one) => (one.href ? <a href={one.href}>{one.what}</a> : one.what),
        },
        {
          key: 'counts',
          label: l.t('site.figure.counts'),
          numeric: true,
          cell: (one) => l.number(one.measure === REPORTED ? one.quantity : one.rows),
        },
      ]}
    />
  );
}
