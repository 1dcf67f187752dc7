import { type Call, sitePage } from '../../../kernel/access/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Locale, Text3 } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Card,
  CardGrid,
  DataTable,
  EmptyState,
  type LonLat,
  type Oblast,
  OblastMap,
  PageHead,
  type Pin,
  type PinState,
  Section,
  Stat,
  StatRow,
} from '../../../ui/index.ts';
import { type Means, meansOf, type PublicCard, problemsOfCards, publicRounds } from '../cards.ts';
import { DOMAINS } from '../checklist.ts';
import { type FixRate, fixRate, type ProblemNow } from '../standing.ts';
import { fixRateWords, idOf, placeWords, score100, typeName } from './common.tsx';

export const SITE = '/oversight';

/** A facility's state by the line of the day on which it was visited. */
function pinState({ mean, standardLine }: PublicCard['card']): PinState {
  if (mean === null || !standardLine) return 'neutral';
  return mean >= standardLine.met ? 'good' : mean >= standardLine.partly ? 'warn' : 'bad';
}

const rateOf = (problems: readonly ProblemNow[]): FixRate => fixRate(problems.map((one) => one.state));

/** All rounds that have something to show, and how the watching is done. */
export async function siteRounds(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const rounds = await publicRounds(sql, space.id);
  const problems = await problemsOfCards(
    sql,
    space.id,
    rounds.flatMap(({ cards }) => cards.map(({ card }) => card)),
  );
  const title = l.t('oversight.site.title');
  return page(
    sitePage(
      call,
      { title, description: l.t('oversight.site.description'), image: pictureOf(call, 'oversight', title) },
      <>
        <PageHead title={title} lead={<p>{l.t('oversight.site.lead')}</p>} />
        {rounds.length === 0 ? (
          <EmptyState title={l.t('oversight.site.none')} icon="facility">
            {l.t('oversight.site.noneMore')}
          </EmptyState>
        ) : (
          <>
            <CardGrid min="large">
              {rounds.map(({ round, cards, planned }) => {
                const means = meansOf(cards.map(({ card }) => card));
                const ids = new Set(cards.flatMap(({ card }) => card.problems.map((one) => one.id)));
                return (
                  <Card
                    key={round.id}
                    level={2}
                    title={l.pick(round.title)}
                    href={l.href(`${SITE}/rounds/${round.id}`)}
                    kicker={l.period(round.startsOn, round.endsOn)}
                  >
                    <p>{l.t('oversight.site.cards', { n: cards.length, base: planned })}</p>
                    <p>{l.t('oversight.site.mean', { score: score100(l, means.mean) })}</p>
                    <p>{fixRateWords(l, rateOf(problems.filter((one) => ids.has(one.id))))}</p>
                  </Card>
                );
              })}
            </CardGrid>
            <Section title={l.t('oversight.site.how')} id="how">
              <ol class="list prose">
                {['visit', 'check', 'answer', 'fix'].map((step) => (
                  <li key={step}>{l.t(`oversight.site.how.${step}`)}</li>
                ))}
              </ol>
            </Section>
          </>
        )}
      </>,
    ),
  );
}

/** One round: the map, the same as a table, means with their parts, problems solved with their base. */
export async function siteRound(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const found = (await publicRounds(sql, space.id)).find(({ round }) => round.id === idOf(call));
  if (!found) throw notFound(idOf(call));
  const { round, cards, planned } = found;
  const problems = await problemsOfCards(
    sql,
    space.id,
    cards.map(({ card }) => card),
  );
  const rate = rateOf(problems);
  const means = meansOf(cards.map(({ card }) => card));
  const title = l.pick(round.title);
  const words = l.t('oversight.site.cards', { n: cards.length, base: planned });
  return page(
    sitePage(
      call,
      {
        title,
        description: `${words} ${fixRateWords(l, rate)}.`,
        crumbs: [{ label: l.t('oversight.site.title'), href: l.href(SITE) }, { label: title }],
        image: pictureOf(call, round.id, title),
      },
      <>
        <PageHead title={title} kicker={l.period(round.startsOn, round.endsOn)} />
        <StatRow>
          <Stat
            value={l.t('oversight.ofBase', { n: cards.length, base: planned })}
            label={l.t('oversight.site.published')}
          />
          <Stat
            value={score100(l, means.mean)}
            label={l.t('oversight.board.mean')}
            note={l.t('oversight.score.method')}
          />
          <Stat
            value={rate.base === 0 ? '–' : l.t('oversight.ofBase', { n: rate.fixed, base: rate.base })}
            label={l.t('oversight.fixRate.title')}
            note={fixRateWords(l, rate)}
          />
        </StatRow>
        <Section title={l.t('oversight.map')} id="map">
          <RoundMap l={l} cards={cards} title={title} />
        </Section>
        <Section title={l.t('oversight.facilities.title')} id="facilities">
          <CardTable l={l} cards={cards} problems={problems} title={title} />
        </Section>
        <Section title={l.t('oversight.site.byOblast')} id="oblasts" lead={l.t('oversight.site.byOblastLead')}>
          <OblastTable l={l} cards={cards} all={means} />
        </Section>
      </>,
    ),
  );
}

/** The picture of a shared link. */
export function pictureOf(call: Call, name: string, alt: string): { url: string; alt: string } {
  return { url: `${call.baseUrl}${SITE}/pictures/${name}/${call.l.language}.png`, alt };
}

const OBLASTS: Readonly<Record<string, Oblast>> = {
  chui: 'chui',
  talas: 'talas',
  naryn: 'naryn',
  osh: 'osh',
  batken: 'batken',
  'issyk-kul': 'issykkul',
  'jalal-abad': 'jalalabad',
};

/** The oblast of the map that a place's English name means; none for a city. */
function onMap(name: Text3 | undefined): Oblast | undefined {
  return OBLASTS[(name?.en ?? '').toLowerCase().split(/[\s,]/)[0] ?? ''];
}

function RoundMap({ l, cards, title }: { l: Locale; cards: readonly PublicCard[]; title: string }) {
  const pins = cards.flatMap(({ slug, card }): Pin[] => {
    if (!card.position) return [];
    const at: LonLat = [card.position.lon, card.position.lat];
    const label = `${l.pick(card.facility)}: ${score100(l, card.mean)}`;
    return [{ key: slug, at, state: pinState(card), label, href: l.href(`${SITE}/facilities/${slug}`) }];
  });
  const focus = [...new Set(cards.flatMap(({ card }) => onMap(oblastOf(card)?.name) ?? []))];
  const limit = (of: 'met' | 'partly'): string =>
    [...new Set(cards.flatMap(({ card }) => card.standardLine?.[of] ?? []))]
      .map((share) => l.number(share * 100))
      .join('/');
  const limits = { met: limit('met'), far: limit('partly') };
  return (
    <OblastMap
      l={l}
      label={title}
      pins={pins}
      {...(focus.length > 0 && { focus })}
      legend={(['good', 'warn', 'bad', 'neutral'] as const).map((state) => ({
        state,
        label: l.t(`oversight.site.pin.${state}`, limits),
      }))}
    />
  );
}

const oblastOf = (card: PublicCard['card']) =>
  card.places.find((place) => place.type === 'oblast' || place.type === 'city');

type TableProps = { l: Locale; cards: readonly PublicCard[]; problems: readonly ProblemNow[]; title: string };

function CardTable({ l, cards, problems, title }: TableProps) {
  const rows = [...cards].sort((a, b) => l.compare(l.pick(a.card.facility), l.pick(b.card.facility)));
  return (
    <DataTable
      l={l}
      caption={title}
      rows={rows}
      rowKey={(row) => row.slug}
      columns={[
        {
          key: 'facility',
          label: l.t('oversight.facility'),
          head: true,
          cell: ({ slug, card }) => <a href={l.href(`${SITE}/facilities/${slug}`)}>{l.pick(card.facility)}</a>,
        },
        { key: 'type', label: l.t('oversight.type'), cell: ({ card }) => typeName(l, card.type) },
        { key: 'place', label: l.t('oversight.place'), cell: ({ card }) => placeWords(l, card.places) },
        { key: 'score', label: l.t('oversight.score'), numeric: true, cell: ({ card }) => score100(l, card.mean) },
        {
          key: 'fixed',
          label: l.t('oversight.fixRate.title'),
          numeric: true,
          cell: ({ card }) => {
            const rate = rateOf(problems.filter((one) => card.problems.some(({ id }) => id === one.id)));
            return rate.base === 0 ? '–' : l.t('oversight.ofBase', { n: rate.fixed, base: rate.base });
          },
        },
      ]}
    />
  );
}

function OblastTable({ l, cards, all }: { l: Locale; cards: readonly PublicCard[]; all: Means }) {
  const groups = new Map<string, { name: string; cards: PublicCard['card'][] }>();
  for (const { card } of cards) {
    const oblast = oblastOf(card);
    const group = groups.get(oblast?.id ?? '') ?? { name: l.pick(oblast?.name) || '–', cards: [] };
    group.cards.push(card);
    groups.set(oblast?.id ?? '', group);
  }
  const rows = [...groups].map(([id, group]) => ({ id, name: group.name, ...meansOf(group.cards) }));
  return (
    <DataTable
      l={l}
      caption={l.t('oversight.site.byOblast')}
      rows={rows.sort((a, b) => l.compare(a.name, b.name))}
      rowKey={(row) => row.id}
      columns={[
        { key: 'name', label: l.t('oversight.oblast'), head: true, cell: (row) => row.name },
        { key: 'count', label: l.t('oversight.facilities.title'), numeric: true, cell: (row) => l.number(row.count) },
        {
          key: 'mean',
          label: l.t('oversight.score'),
          numeric: true,
          cell: (row) => <strong>{score100(l, row.mean)}</strong>,
        },
        ...DOMAINS.map(({ key, name }) => ({
          key,
          label: l.pick(name),
          numeric: true,
          cell: (row: Means) => score100(l, row.domains[key]),
        })),
      ]}
      foot={[
        l.t('oversight.site.allOblasts'),
        l.number(all.count),
        score100(l, all.mean),
        ...DOMAINS.map(({ key }) => score100(l, all.domains[key])),
      ]}
    />
  );
}
