import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import {
  endVersion,
  rowsOf,
  type Source,
  type SourceRow,
  type SourceVersion,
  source,
  undoVersion,
  versionsOf,
} from '../../../kernel/sources/index.ts';
import type { Follows } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import {
  Button,
  DataTable,
  DateField,
  EmptyState,
  LinkButton,
  Section,
  Select,
  StateChip,
  TextField,
} from '../../../ui/index.ts';
import { asked, byOf, dayNeeded, idOf, orAgain, problemParts, short } from '../registers/common.tsx';
import { type Beside, beside } from './beside.ts';

/** The source of the address. @throws Problem 404 */
export async function sourceOf(call: Call): Promise<Source> {
  const found = await source(call.sql, call.space.id, idOf(call));
  if (!found) throw notFound(idOf(call));
  return found;
}

/** The versions with their days, and two of them side by side: which rows stayed, changed, came and went. */
export async function showSource(call: Call, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const found = await sourceOf(call);
  const versions = await versionsOf(sql, space.id, found.id);
  const [newest, before] = versions.filter((version) => !version.undoneAt);
  const right = versions.find((version) => version.id === asked(call, 'right')) ?? newest;
  const left =
    versions.find((version) => version.id === asked(call, 'left')) ?? (right === newest ? before : undefined);
  const [leftRows, rightRows] = await Promise.all([
    left ? rowsOf(sql, space.id, left.id) : [],
    right ? rowsOf(sql, space.id, right.id) : [],
  ]);
  const today = call.now().toISOString().slice(0, 10);
  const canEdit = call.can('sources.edit');
  const { summary } = problemParts(l, problem);
  const home = `/office/sources/${found.id}`;
  const choices = versions.map((version) => ({ value: version.id, label: version.version }));
  return page(
    officePage(
      call,
      {
        title: l.pick(found.title),
        crumbs: [
          { label: l.t('registers.sources.title'), href: l.href('/office/sources') },
          { label: l.pick(found.title) },
        ],
        actions: canEdit && (
          <LinkButton look="main" icon="plus" href={l.href(`${home}/new`)}>
            {l.t('registers.sources.addVersion')}
          </LinkButton>
        ),
      },
      <div class="flow">
        {summary}
        <DataTable<SourceVersion>
          l={l}
          caption={l.t('registers.sources.versions')}
          rows={versions}
          rowKey={(version) => version.id}
          columns={[
            { key: 'version', label: l.t('registers.sources.version'), head: true, cell: (version) => version.version },
            {
              key: 'when',
              label: l.t('registers.sources.inForce'),
              cell: (version) => l.period(version.validFrom, version.validTo),
            },
            {
              key: 'state',
              label: l.t('registers.state'),
              cell: (version) => <Force call={call} version={version} today={today} />,
            },
            {
              key: 'digest',
              label: 'SHA-256',
              cell: (version) => <code title={version.sha256}>{version.sha256.slice(0, 12)}</code>,
            },
            {
              key: 'do',
              label: l.t('registers.edit'),
              quiet: true,
              cell: (version) =>
                canEdit && !version.undoneAt && <VersionActs call={call} version={version} home={home} />,
            },
          ]}
          empty={
            <EmptyState title={l.t('registers.sources.noVersion')} icon="book">
              {l.t('registers.sources.noVersionMore')}
            </EmptyState>
          }
        />
        {right && (
          <Section title={l.t(left ? 'registers.sources.beside' : 'registers.sources.rows')} id="rows">
            {versions.length > 1 && (
              <form method="get" action={l.href(home)} class="inline-form">
                <Select
                  l={l}
                  name="left"
                  required
                  label={l.t('registers.sources.left')}
                  choices={choices}
                  value={left?.id ?? ''}
                />
                <Select
                  l={l}
                  name="right"
                  required
                  label={l.t('registers.sources.right')}
                  choices={choices}
                  value={right.id}
                />
                <Button>{l.t('registers.sources.compare')}</Button>
              </form>
            )}
            <DataTable<Beside>
              l={l}
              caption={l.t('registers.sources.rows')}
              rows={beside(leftRows, rightRows)}
              rowKey={(row) => `${row.left?.rowKey ?? ''}|${row.right?.rowKey ?? ''}`}
              columns={[
                {
                  key: 'key',
                  label: l.t('registers.sources.row'),
                  head: true,
                  cell: (row) => titleOf(l, row),
                },
                ...(left
                  ? [
                      {
                        key: 'left',
                        label: left.version,
                        cell: (row: Beside) => <RowText call={call} row={row.left} head={titleOf(l, row)} />,
                      },
                    ]
                  : []),
                {
                  key: 'right',
                  label: right.version,
                  cell: (row) => <RowText call={call} row={row.right} head={titleOf(l, row)} />,
                },
                ...(left
                  ? [
                      {
                        key: 'state',
                        label: l.t('registers.state'),
                        cell: (row: Beside) => (
                          <StateChip tone={TONES[row.state]}>{l.t(`registers.sources.${row.state}`)}</StateChip>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          </Section>
        )}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

/** A version may end, and it may be taken back as if it had never been. */
function VersionActs({ call: { l }, version, home }: { call: Call; version: SourceVersion; home: string }) {
  const act = (name: string): string => l.href(`${home}/versions/${version.id}/${name}`);
  const reason = (name: string) => (
    <TextField l={l} name="reason" id={`${name}-${version.id}`} label={l.t('registers.reason')} maxLength={500} />
  );
  return (
    <details>
      <summary>{l.t(version.validTo ? 'registers.sources.undo' : 'registers.sources.end')}</summary>
      {!version.validTo && (
        <form method="post" action={act('end')} class="flow">
          <DateField l={l} name="on" id={`end-${version.id}`} required label={l.t('registers.lastDay')} />
          {reason('why')}
          <Button size="small" look="danger">
            {l.t('registers.sources.end')}
          </Button>
        </form>
      )}
      <form method="post" action={act('undo')} class="flow">
        {reason('undo')}
        <Button size="small" icon="undo">
          {l.t('registers.sources.undo')}
        </Button>
      </form>
    </details>
  );
}

function Force({ call: { l }, version, today }: { call: Call; version: SourceVersion; today: string }) {
  if (version.undoneAt) return <StateChip tone="neutral">{l.t('registers.sources.undone')}</StateChip>;
  if (version.validFrom > today) return <StateChip tone="info">{l.t('registers.sources.coming')}</StateChip>;
  if (version.validTo && version.validTo < today)
    return <StateChip tone="neutral">{l.t('registers.sources.ended')}</StateChip>;
  return <StateChip tone="good">{l.t('registers.sources.holds')}</StateChip>;
}

/** What the newer version calls the row; its key, where nobody named it. */
function titleOf(l: Call['l'], { left, right }: Beside): string {
  const row = right ?? left;
  return l.pick(row?.title) || (row?.rowKey ?? '');
}

/** What a version says in a row; its title too, where it is not the one at the head. */
function RowText({ call: { l }, row, head }: { call: Call; row: SourceRow | null; head: string }) {
  if (!row) return <>–</>;
  const title = l.pick(row.title);
  return (
    <>
      {title !== head && <strong>{title} </strong>}
      {Object.entries(row.numbers)
        .map(([name, value]) => `${name}: ${l.number(value)}`)
        .join(', ')}
      <p>{l.pick(row.text)}</p>
    </>
  );
}

const TONES = { same: 'neutral', reworded: 'info', otherMeaning: 'warn', came: 'good', went: 'bad' } as const;

/** Says from which day on a version does not hold any more. */
export async function endVersionNow(call: Call, follows: Follows): Promise<Reply> {
  return await onVersion(call, 'registers.saved', async (versionId) => {
    const read = readForm(z.object({ on: dayNeeded, reason: short(500).optional() }), call.request);
    await endVersion(call.sql, { ...byOf(call), follows }, { versionId, on: read.on, reason: read.reason || null });
  });
}

/** Takes a version back; what held before it holds again. */
export async function undoVersionNow(call: Call, follows: Follows): Promise<Reply> {
  return await onVersion(call, 'registers.sources.tookBack', async (versionId) => {
    const { reason } = readForm(z.object({ reason: short(500).optional() }), call.request);
    await undoVersion(call.sql, { ...byOf(call), follows }, { versionId, reason: reason || null });
  });
}

/** Does something with the version of the address, which must be one of this source's. @throws Problem 404 */
async function onVersion(call: Call, key: string, work: (versionId: string) => Promise<void>): Promise<Reply> {
  const found = await sourceOf(call);
  return await orAgain(
    async () => {
      const versionId = idOf(call, 'version');
      const versions = await versionsOf(call.sql, call.space.id, found.id);
      if (!versions.some((version) => version.id === versionId)) throw notFound(versionId);
      await work(versionId);
      return seeOther(call.l.href(`/office/sources/${found.id}`), { key });
    },
    (problem) => showSource(call, problem),
  );
}
