import { z } from 'zod';
import { type Call, officePage } from '../../../kernel/access/index.ts';
import { libraryOf, type SourceVersion } from '../../../kernel/sources/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { page, type Reply, readForm, seeOther } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { notFound, type Problem } from '../../../platform/problem.ts';
import {
  Alert,
  Button,
  ButtonRow,
  DataTable,
  DateField,
  EmptyState,
  LinkButton,
  Section,
  Select,
  StateChip,
  TextField,
} from '../../../ui/index.ts';
import type { Threshold } from '../checklist.ts';
import { CHECKLIST } from '../items.ts';
import { LINED, type Lined, lineAt, lineIn, WEIGHTS, weightOf } from '../lines.ts';
import { setLine, setWeights, undoLine } from '../set-line.ts';
import { actorOf, crumb, errorsOf, idOf, orAgain } from './common.tsx';
import { type History, historyOf, LINES, lineWords, whoAndWhy } from './lines.tsx';

/** What the address names: an item, the score of the whole, or the weights. @throws Problem 404 */
function namedIn(call: Call): { readonly key: string; readonly id: string; readonly lined: Lined | null } {
  const id = call.params.line ?? '';
  const lined = LINED.find((one) => one.id === id) ?? null;
  if (!lined && id !== 'weights') throw notFound(id.slice(0, 60));
  return { id, lined, key: lined?.key ?? WEIGHTS };
}

/** One line (or the weights): how it came to be what it is, and a form for a new one. */
export async function linePage(call: Call, problem?: Problem): Promise<Reply> {
  const { l } = call;
  const { id, key, lined } = namedIn(call);
  const history = await historyOf(call, key);
  const title = lined ? l.pick(lined.title) : l.t('oversight.lines.weights');
  return page(
    officePage(
      call,
      {
        title,
        crumbs: [crumb(l, 'oversight.lines.title', LINES), { label: title }],
        ...(lined && { subheading: l.t(`oversight.lines.better.${lined.better}`) }),
      },
      <div class="flow">
        {problem && <Alert tone="bad" title={l.t(problem.key, problem.details)} />}
        <Section title={l.t('oversight.lines.history')} id="history">
          <Lines call={call} id={id} lined={lined} history={history} />
        </Section>
        {call.can('oversight.plan') && (
          <Section title={l.t('oversight.lines.new')} lead={l.t('oversight.lines.newLead')} id="new">
            <form class="form flow" method="post" action={l.href(`${LINES}/${id}`)}>
              {await fieldsOf(call, lined, problem)}
              <ButtonRow>
                <Button look="main" icon="check">
                  {l.t('oversight.lines.set')}
                </Button>
                <LinkButton look="quiet" href={l.href(LINES)}>
                  {l.t('ui.cancel')}
                </LinkButton>
              </ButtonRow>
            </form>
          </Section>
        )}
      </div>,
    ),
    problem?.status ?? 200,
  );
}

async function fieldsOf(call: Call, lined: Lined | null, problem?: Problem) {
  const { l, sql, space } = call;
  const sent = (problem ? (call.request.body ?? {}) : {}) as Readonly<Record<string, string | undefined>>;
  const errors = errorsOf(l, problem);
  const day = today(call.now());
  const tables = (await libraryOf(sql, space.id, [lined?.key ?? WEIGHTS])).at(day);
  const now = lined && lineAt(lined, tables, day);
  return (
    <>
      {lined
        ? (['met', 'partly'] as const).map((name) => (
            <TextField
              key={name}
              l={l}
              name={name}
              required
              width="short"
              inputMode="decimal"
              label={l.t(`oversight.lines.${name}`)}
              hint={l.t(`oversight.lines.in.${lined.unit}`)}
              value={sent[name] ?? (now ? formText(l, toForm(lined, now[name])) : '')}
              {...errors(name)}
            />
          ))
        : CHECKLIST.map((item) => (
            <Select
              key={item.id}
              l={l}
              name={`weight_${item.id}`}
              required
              label={`${l.number(item.number)}. ${l.pick(item.question)}`}
              choices={['1', '2', '3'].map((value) => ({ value, label: value }))}
              value={sent[`weight_${item.id}`] ?? String(weightOf(item, tables))}
              {...errors(`weight_${item.id}`)}
            />
          ))}
      <DateField
        l={l}
        name="from"
        required
        label={l.t('oversight.lines.from')}
        hint={l.t('oversight.lines.fromHint')}
        value={sent.from ?? day}
        {...errors('validFrom')}
        {...errors('from')}
      />
      <TextField
        l={l}
        name="reason"
        required
        maxLength={500}
        label={l.t('oversight.lines.why')}
        value={sent.reason ?? ''}
        {...errors('reason')}
      />
    </>
  );
}

/** As it is typed: '18', '18,5'. */
const formText = (l: Locale, value: number): string => l.number(value, Number.isInteger(value) ? 0 : 1);

/** Shares are read and written in percent. */
const toForm = (lined: Lined, value: number): number => (lined.unit === 'share' ? value * 100 : value);
const fromForm = (lined: Lined, value: number): number => (lined.unit === 'share' ? value / 100 : value);

type Entry = { readonly version: SourceVersion | null; readonly line: Threshold | null; readonly from: string };

/** What was set, the newest first, and what came with the checklist. */
function entriesOf(lined: Lined | null, { versions, rows }: History): readonly Entry[] {
  const set = versions.map((version) => ({
    version,
    line: lined && lineIn({ version, rows: rows.get(version.id) ?? [] }),
    from: version.validFrom,
  }));
  const given = (lined?.own ?? []).map((line) => ({ version: null, line, from: line.from }));
  return [...set, ...given].sort((a, b) => (a.from < b.from ? 1 : -1));
}

function Lines({ call, id, lined, history }: { call: Call; id: string; lined: Lined | null; history: History }) {
  const { l } = call;
  return (
    <DataTable<Entry>
      l={l}
      caption={l.t('oversight.lines.history')}
      rows={entriesOf(lined, history)}
      rowKey={({ version, from }) => version?.id ?? from}
      columns={[
        { key: 'from', label: l.t('oversight.lines.since'), head: true, cell: ({ from }) => l.date(from) },
        ...(lined
          ? (['met', 'partly'] as const).map((name) => ({
              key: name,
              label: l.t(`oversight.lines.${name}`),
              cell: ({ line }: Entry) => (line ? lineWords(l, lined, line[name]) : '–'),
            }))
          : []),
        {
          key: 'who',
          label: l.t('oversight.lines.who'),
          cell: ({ version }) => whoAndWhy(l, version, history.names),
        },
        {
          key: 'do',
          label: l.t('oversight.lines.undo'),
          quiet: true,
          cell: (entry) => <TakeBack {...{ call, id, history }} {...entry} />,
        },
      ]}
      empty={
        <EmptyState title={l.t('oversight.lines.fromChecklist')} icon="checklist">
          {l.t('oversight.lines.weightsLead')}
        </EmptyState>
      }
    />
  );
}

function TakeBack({
  call,
  id,
  version,
  history,
}: {
  call: Call;
  id: string;
  version: SourceVersion | null;
  history: History;
}) {
  const { l } = call;
  if (version?.undoneAt)
    return (
      <StateChip tone="neutral">
        {l.t('oversight.lines.undone', {
          who: history.names.get(version.undoneBy ?? '') ?? '–',
          when: l.dateTime(version.undoneAt),
        })}
      </StateChip>
    );
  if (!version || !call.can('oversight.plan')) return null;
  return (
    <form method="post" action={l.href(`${LINES}/${id}/${version.id}/undo`)}>
      <Button size="small" icon="undo">
        {l.t('oversight.lines.undo')}
      </Button>
    </form>
  );
}

const ITEM_IDS = CHECKLIST.map((item) => `weight_${item.id}`);
/** «18,5», «18.5»: both are typed. */
const typed = z
  .string()
  .trim()
  .regex(/^-?\d{1,4}([.,]\d{1,3})?$/)
  .transform((text) => Number(text.replace(',', '.')));
const When = { from: z.iso.date(), reason: z.string().trim().min(1).max(500) };
const LineForm = z.object({ ...When, met: typed, partly: typed });
const WeightForm = z.object({
  ...When,
  ...Object.fromEntries(ITEM_IDS.map((name) => [name, z.coerce.number().optional()])),
});

/** Draws a new line, or new weights, from a day on. */
export async function setNow(call: Call): Promise<Reply> {
  const { id, lined } = namedIn(call);
  return await orAgain(
    async () => {
      const own = { by: actorOf(call), language: call.l.language, at: call.now() };
      let versionId: string;
      if (lined) {
        const { met, partly, ...when } = readForm(LineForm, call.request);
        const limits = { met: fromForm(lined, met), partly: fromForm(lined, partly) };
        versionId = await setLine(call.sql, { ...own, ...when, ...limits, id });
      } else {
        const { from, reason, ...given } = readForm(WeightForm, call.request);
        const weights = Object.fromEntries(
          Object.entries(given).map(([name, weight]) => [name.replace(/^weight_/, ''), Number(weight)]),
        );
        versionId = await setWeights(call.sql, { ...own, from, reason, weights });
      }
      return seeOther(call.l.href(`${LINES}/${id}`), {
        key: 'oversight.lines.wasSet',
        undo: call.l.href(`${LINES}/${id}/${versionId}/undo`),
      });
    },
    (problem) => linePage(call, problem),
  );
}

/** Takes a line back; what held before it holds again. */
export async function undoNow(call: Call): Promise<Reply> {
  const { id, key } = namedIn(call);
  return await orAgain(
    async () => {
      await undoLine(call.sql, { by: actorOf(call), key, versionId: idOf(call, 'version'), at: call.now() });
      return seeOther(call.l.href(`${LINES}/${id}`), { key: 'oversight.lines.tookBack' });
    },
    (problem) => linePage(call, problem),
  );
}
