import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import {
  libraryOf,
  rowsOf,
  type SourceRow,
  type SourceVersion,
  source,
  type Tables,
  versionsOf,
} from '../../../kernel/sources/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { DataTable, LinkButton, Section } from '../../../ui/index.ts';
import { DOMAINS, type Threshold } from '../checklist.ts';
import { CHECKLIST } from '../items.ts';
import { JUDGED_BY, LINED, type Lined, lineAt, WEIGHTS, weightOf } from '../lines.ts';
import { inUnit } from './common.tsx';
import { ROUNDS } from './rounds.tsx';

export const LINES = '/office/oversight/lines';

/** «from 18 °C»: which values reach it. */
export function lineWords(l: Locale, lined: Lined, limit: number): string {
  return l.t(`oversight.lines.${lined.better}`, {
    value: inUnit(l, lined.unit, limit, Number.isInteger(limit) ? 0 : 1),
  });
}

/** Versions that stand, and those taken back, with the names of who set them. */
export type History = {
  readonly versions: readonly SourceVersion[];
  readonly rows: ReadonlyMap<string, readonly SourceRow[]>;
  readonly names: ReadonlyMap<string, string>;
};

export async function historyOf(call: Call, key: string): Promise<History> {
  const found = await source(call.sql, call.space.id, key);
  const versions = found ? await versionsOf(call.sql, call.space.id, found.id) : [];
  const ids = versions.flatMap((one) => [one.addedBy, one.undoneBy]).filter((id) => id !== null);
  const rows = await Promise.all(
    versions.map(async (one) => [one.id, await rowsOf(call.sql, call.space.id, one.id)] as const),
  );
  return { versions, rows: new Map(rows), names: await accountNames(call.sql, call.space.id, [...new Set(ids)]) };
}

/** Every line and weight by which a visit of today is judged, each with its day, who set it and why. */
export async function linesPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const day = today(call.now());
  const tables = (await libraryOf(sql, space.id, JUDGED_BY)).at(day);
  const authors = [...tables.values()].map((table) => table.version.addedBy).filter((id) => id !== null);
  const names = await accountNames(sql, space.id, [...new Set(authors)]);
  const title = l.t('oversight.lines.title');
  const weights = tables.get(WEIGHTS)?.version;
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [{ label: l.t('oversight.rounds.title'), href: l.href(ROUNDS) }, { label: title }],
        subheading: l.t('oversight.lines.lead', { day: l.date(day) }),
      },
      <div class="flow">
        <DataTable<Lined>
          l={l}
          caption={title}
          rows={LINED}
          rowKey={(lined) => lined.id}
          columns={[
            {
              key: 'item',
              label: l.t('oversight.lines.item'),
              head: true,
              cell: (lined) => <a href={l.href(`${LINES}/${lined.id}`)}>{l.pick(lined.title)}</a>,
            },
            { key: 'met', label: l.t('oversight.lines.met'), cell: (lined) => limitOf(l, lined, tables, day, 'met') },
            {
              key: 'partly',
              label: l.t('oversight.lines.partly'),
              cell: (lined) => limitOf(l, lined, tables, day, 'partly'),
            },
            {
              key: 'from',
              label: l.t('oversight.lines.since'),
              cell: (lined) => dayWords(l, lineAt(lined, tables, day)?.from),
            },
            {
              key: 'who',
              label: l.t('oversight.lines.who'),
              cell: (lined) => whoAndWhy(l, setNow(lined, tables, day), names),
            },
          ]}
        />
        <Section
          title={l.t('oversight.lines.weights')}
          id="weights"
          lead={weights ? `${l.date(weights.validFrom)}: ${whoAndWhy(l, weights, names)}` : whoAndWhy(l, null, names)}
          {...(call.can('oversight.plan') && {
            actions: (
              <LinkButton icon="edit" href={l.href(`${LINES}/weights`)}>
                {l.t('oversight.lines.change')}
              </LinkButton>
            ),
          })}
        >
          <p>{l.t('oversight.lines.weightsLead')}</p>
          <WeightTable l={l} tables={tables} />
        </Section>
      </div>,
    ),
  );
}

const dayWords = (l: Locale, day: string | undefined): string => (day ? l.date(day) : '–');

function limitOf(l: Locale, lined: Lined, tables: Tables, day: string, of: 'met' | 'partly'): string {
  const line: Threshold | null = lineAt(lined, tables, day);
  return line ? lineWords(l, lined, line[of]) : '–';
}

/** The version that the line of the day is; null where it came with the checklist. */
function setNow(lined: Lined, tables: Tables, day: string): SourceVersion | null {
  const version = tables.get(lined.key)?.version;
  return version && lineAt(lined, tables, day)?.from === version.validFrom ? version : null;
}

/** «Айгүл Токтогулова: the amendment of March», or that it came with the checklist. */
export function whoAndWhy(l: Locale, version: SourceVersion | null, names: ReadonlyMap<string, string>): string {
  if (!version) return l.t('oversight.lines.fromChecklist');
  return [names.get(version.addedBy ?? ''), l.pick(version.note)].filter(Boolean).join(': ') || '–';
}

function WeightTable({ l, tables }: { l: Locale; tables: Tables }) {
  return (
    <DataTable
      l={l}
      caption={l.t('oversight.lines.weights')}
      rows={CHECKLIST}
      rowKey={(item) => item.id}
      columns={[
        { key: 'item', label: l.t('oversight.lines.item'), head: true, cell: (item) => l.pick(item.question) },
        {
          key: 'domain',
          label: l.t('oversight.lines.domain'),
          cell: (item) => l.pick(DOMAINS.find((one) => one.key === item.domain)?.name),
        },
        {
          key: 'weight',
          label: l.t('oversight.lines.weight'),
          numeric: true,
          cell: (item) => l.number(weightOf(item, tables)),
        },
      ]}
    />
  );
}
