import type { RecordDetail } from '../../../kernel/records/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { Card, DataTable, Facts, type Photo, PhotoGrid, Section, VerdictMark } from '../../../ui/index.ts';
import { type FoundProblem, group, interviewsOf, problemsOf, text } from '../answers.ts';
import { type CardItem, ITEMS, type Card as ScoreCard } from '../card.ts';
import {
  DOMAINS,
  METHODS,
  type Method,
  PASSPORT_ROW_NAMES,
  PATIENT_GROUPS,
  type PassportRowKey,
} from '../checklist.ts';
import { CHECKLIST } from '../items.ts';
import { meanOf } from '../score.ts';
import type { ProblemNow } from '../standing.ts';
import { inUnit, ProblemChip, severityName, shown } from './common.tsx';
import { PROBLEMS } from './rounds.tsx';

/** The number behind a verdict, in its unit. */
export function valueWords(l: Locale, item: Pick<CardItem, 'id' | 'value' | 'base'>): string {
  const answer = ITEMS.get(item.id)?.answer;
  if (!answer || answer.kind === 'verdict' || item.value === null) return '';
  const value = inUnit(l, answer.unit, item.value);
  return item.base === null ? value : `${value} (${l.t('oversight.talks.of', { n: item.base })})`;
}

export const rowName = (l: Locale, row: string): string => l.pick(PASSPORT_ROW_NAMES[row as PassportRowKey]) || row;

const methodName = (l: Locale, method: Method): string => l.pick(METHODS.find((one) => one.key === method)?.name);

/** What the monitor found: the verdict, the number behind it, and how it was found out. */
export function Found({ l, item }: { l: Locale; item: CardItem }) {
  const asked = ITEMS.get(item.id);
  return (
    <>
      <VerdictMark l={l} verdict={shown(item.verdict)} />
      <br />
      <small class="soft">
        {[valueWords(l, item), asked && methodName(l, asked.method)].filter(Boolean).join(' · ')}
      </small>
    </>
  );
}

/** The row of the standard that a tick stands on, in the reader's language. */
export function StandardRow({ l, item }: { l: Locale; item: CardItem }) {
  return (
    <small>
      <strong>
        {item.rowNumber === null
          ? rowName(l, item.row)
          : l.t('oversight.row', { n: item.rowNumber, title: l.pick(item.rowTitle) })}
      </strong>
      <br />
      <span class="soft" lang={l.pickLanguage(item.rowText)}>
        {l.pick(item.rowText) || l.t('oversight.rowMissing')}
      </span>
    </small>
  );
}

/** The answers by domain, each tick with its row of the standard; the remark where the reader may see it. */
export function Answers({ l, card, answers }: { l: Locale; card: ScoreCard; answers?: RecordDetail['answers'] }) {
  return (
    <>
      {DOMAINS.map(({ key, name }) => {
        const items = card.items.filter((item) => item.domain === key);
        const remark = answers ? text(group(answers, key), `comment_${key}`) : null;
        return (
          items.length > 0 && (
            <Section key={key} id={`domain-${key}`} title={l.pick(name)}>
              {/* Seven long lists make a phone’s page endless: there each opens by a touch; a wide screen shows them all. */}
              <details class="phone-fold">
                <summary>{l.t('oversight.answers.open', { n: items.length })}</summary>
                <DataTable
                  l={l}
                  caption={l.pick(name)}
                  rows={items}
                  rowKey={(item) => item.id}
                  columns={[
                    {
                      key: 'item',
                      label: l.t('oversight.item'),
                      head: true,
                      cell: (item) => <span id={`item-${item.id}`}>{l.pick(ITEMS.get(item.id)?.question)}</span>,
                    },
                    { key: 'verdict', label: l.t('oversight.found'), cell: (item) => <Found l={l} item={item} /> },
                    {
                      key: 'row',
                      label: l.t('oversight.problem.row'),
                      cell: (item) => <StandardRow l={l} item={item} />,
                    },
                  ]}
                />
              </details>
              {remark && (
                <p>
                  {l.t('oversight.remark')}: {remark}
                </p>
              )}
            </Section>
          )
        );
      })}
    </>
  );
}

/** What each picture is of, by its name: an item's question, or a problem's words. */
export function captionsOf(l: Locale, answers: RecordDetail['answers']): ReadonlyMap<string, string> {
  const captions = new Map<string, string>();
  for (const item of CHECKLIST) {
    const name = text(group(answers, item.domain), `photo_${item.id}`);
    if (name) captions.set(name, l.pick(item.question));
  }
  for (const { photo, number, description } of problemsOf(answers))
    if (photo) captions.set(photo, l.t('oversight.problem.numbered', { n: number, words: description }));
  return captions;
}

export function Photos({ l, photos }: { l: Locale; photos: readonly Photo[] }) {
  return photos.length === 0 ? (
    <p class="soft">{l.t('oversight.photos.none')}</p>
  ) : (
    <PhotoGrid l={l} id="photos" photos={photos} size="large" />
  );
}

/** What patients said, summed up: nobody's name, nobody's illness. */
export function Talks({ l, record }: { l: Locale; record: RecordDetail }) {
  const talks = interviewsOf(record.answers);
  if (talks.length === 0) return <p class="soft">{l.t('oversight.talks.none')}</p>;
  const mean = (values: readonly (number | null)[], unit: string): string => {
    const found = meanOf(values.flatMap((value) => value ?? []));
    return found === null ? '–' : l.t(`oversight.unit.${unit}`, { n: l.number(found, 1) });
  };
  const paid = talks.filter((talk) => talk.asked_payment === 'yes').length;
  return (
    <Facts
      facts={[
        { term: l.t('oversight.talks.count'), value: l.number(talks.length) },
        {
          term: l.t('oversight.talks.waiting'),
          value: mean(
            talks.map((talk) => talk.waiting_minutes),
            'minutes',
          ),
        },
        {
          term: l.t('oversight.talks.consultation'),
          value: mean(
            talks.map((talk) => talk.consultation_minutes),
            'minutes',
          ),
        },
        {
          term: l.t('oversight.talks.politeness'),
          value: mean(
            talks.map((talk) => talk.politeness),
            'scale',
          ),
        },
        { term: l.t('oversight.talks.payment'), value: l.t('oversight.ofBase', { n: paid, base: talks.length }) },
        ...PATIENT_GROUPS.map(({ key, name }) => ({
          term: l.pick(name),
          value: l.t('oversight.ofBase', {
            n: talks.filter((talk) => talk.groups.includes(key)).length,
            base: talks.length,
          }),
        })),
      ]}
    />
  );
}

/** The problems of a visit: after the check with their state, before it as they were written. */
export function FoundProblems({
  l,
  problems,
  found,
}: {
  l: Locale;
  problems: readonly ProblemNow[];
  found: readonly FoundProblem[];
}) {
  if (problems.length === 0 && found.length === 0) return <p class="soft">{l.t('oversight.problems.noneFound')}</p>;
  if (problems.length === 0)
    return (
      <div class="grid grid--medium">
        {found.map((one) => (
          <Card
            key={one.number}
            kicker={`${rowName(l, one.row)} · ${severityName(l, one.severity)}`}
            title={`${one.number}. ${one.description}`}
          />
        ))}
      </div>
    );
  return (
    <DataTable
      l={l}
      caption={l.t('oversight.problems.title')}
      rows={problems}
      rowKey={(one) => one.id}
      columns={[
        {
          key: 'what',
          label: l.t('oversight.problem'),
          head: true,
          cell: (one) => <a href={l.href(`${PROBLEMS}/${one.id}`)}>{`${one.number}. ${one.description}`}</a>,
        },
        { key: 'row', label: l.t('oversight.problem.row'), cell: (one) => rowName(l, one.passportRow) },
        { key: 'severity', label: l.t('oversight.problem.severity'), cell: (one) => severityName(l, one.severity) },
        { key: 'state', label: l.t('oversight.state'), cell: (one) => <ProblemChip l={l} state={one.state} /> },
        {
          key: 'deadline',
          label: l.t('oversight.problem.deadline'),
          cell: (one) => (one.deadline ? l.date(one.deadline) : '–'),
        },
      ]}
    />
  );
}
