import { type Call, plainPage, sitePage } from '../../../kernel/access/index.ts';
import { type AtAddress, publicationAt } from '../../../kernel/publications/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import {
  Breakable,
  Card,
  CardGrid,
  DataTable,
  Facts,
  LinkButton,
  PageHead,
  type Photo,
  PhotoGrid,
  Section,
  Stat,
  StatRow,
} from '../../../ui/index.ts';
import { ITEMS, type Card as ScoreCard } from '../card.ts';
import { cardIn, cardsOfFacility, type PublicCard, picturesAfter, problemsOfCards } from '../cards.ts';
import { SCORE_CARD } from '../publish.ts';
import { fixRate, type ProblemNow } from '../standing.ts';
import { fixRateWords, ProblemChip, placeWords, ScoreParts, score100, severityName, typeName } from './common.tsx';
import { pictureOf, SITE } from './site-rounds.tsx';
import { Answers, rowName } from './visit-answers.tsx';

const SLUG = /^[a-z0-9-]{1,200}$/;

/** What stands at the address. @throws Problem 404 where nothing ever stood */
export async function atAddress(call: Call): Promise<AtAddress> {
  const slug = call.params.slug ?? '';
  const found = SLUG.test(slug) ? await publicationAt(call.sql, call.space.id, SCORE_CARD, slug) : null;
  if (!found) throw notFound(slug.slice(0, 80));
  return found;
}

/** The page of a card that was taken back: what stood there, since when not any more, and why. */
export function tombstone(call: Call, found: Extract<AtAddress, { state: 'withdrawn' }>): Reply {
  const { l } = call;
  return page(
    plainPage(
      call,
      { title: l.pick(found.title) },
      <div class="flow">
        <h1>{l.pick(found.title)}</h1>
        <p class="lead">{l.t('oversight.gone', { day: l.dateTime(found.withdrawnAt) })}</p>
        {found.reason && (
          <p>
            {l.t('oversight.reason')}: {found.reason}
          </p>
        )}
        <p>
          <LinkButton href={l.href(SITE)} icon="facility">
            {l.t('oversight.site.title')}
          </LinkButton>
        </p>
      </div>,
    ),
    410,
  );
}

/** A published score card: what was found, what the facility says, and what has become of it. */
export async function siteCard(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const found = await atAddress(call);
  if (found.state === 'withdrawn') return tombstone(call, found);
  const shown = cardIn(found.publication);
  const { card, slug } = shown;
  const problems = await problemsOfCards(sql, space.id, [card]);
  const [after, others] = await Promise.all([
    picturesAfter(sql, space.id, problems),
    cardsOfFacility(sql, space.id, card.facilityId),
  ]);
  const rate = fixRate(problems.map((one) => one.state));
  const title = l.pick(card.facility);
  const score = score100(l, card.mean);
  return page(
    sitePage(
      call,
      {
        title,
        description: l.t('oversight.card.description', {
          score,
          day: l.date(card.visitedOn),
          fixed: fixRateWords(l, rate),
        }),
        kind: 'article',
        published: shown.publishedAt.toISOString(),
        image: pictureOf(call, slug, title),
        crumbs: [{ label: l.t('oversight.site.title'), href: l.href(SITE) }, { label: title }],
        jsonLd: [clinicData(call, shown)],
      },
      <>
        <PageHead
          title={title}
          kicker={`${typeName(l, card.type)} · ${placeWords(l, card.places, true)}`}
          lead={<p>{l.t('oversight.card.lead', { day: l.date(card.visitedOn), by: l.pick(space.name) })}</p>}
        >
          <LinkButton icon="print" href={l.href(`${SITE}/facilities/${slug}/poster`)}>
            {l.t('oversight.card.poster')}
          </LinkButton>
          <LinkButton icon="share" look="quiet" href={shareHref(call, title, score)} rel="noreferrer">
            {l.t('oversight.card.share')}
          </LinkButton>
        </PageHead>
        <ScoreParts l={l} label={l.t('oversight.card.score')} scored={card} />
        <StatRow>
          <Stat
            value={score100(l, card.sides.users)}
            label={l.t('oversight.card.users')}
            note={l.t('oversight.card.usersNote')}
          />
          <Stat
            value={score100(l, card.sides.providers)}
            label={l.t('oversight.card.providers')}
            note={l.t('oversight.card.providersNote')}
          />
          <Stat
            value={rate.base === 0 ? '–' : l.t('oversight.ofBase', { n: rate.fixed, base: rate.base })}
            label={l.t('oversight.fixRate.title')}
            note={l.t('oversight.card.confirmed', { n: rate.confirmed })}
          />
        </StatRow>
        <Section title={l.t('oversight.problems.title')} id="problems" lead={fixRateWords(l, rate)}>
          <ProblemCards l={l} card={card} slug={slug} problems={problems} after={after} />
        </Section>
        <Section title={l.t('oversight.answer.word')} id="answer">
          <FacilityWord l={l} card={card} />
        </Section>
        <CardPhotos l={l} card={card} slug={slug} />
        <Answers l={l} card={card} />
        {card.talks && (
          <Section title={l.t('oversight.talks.title')} id="talks" lead={l.t('oversight.talks.lead')}>
            <Facts
              facts={[
                { term: l.t('oversight.talks.count'), value: l.number(card.talks.count) },
                ...(card.talks.waiting === null
                  ? []
                  : [
                      {
                        term: l.t('oversight.talks.waiting'),
                        value: l.t('oversight.unit.minutes', { n: l.number(card.talks.waiting, 1) }),
                      },
                    ]),
                ...(card.talks.politeness === null
                  ? []
                  : [
                      {
                        term: l.t('oversight.talks.politeness'),
                        value: l.t('oversight.unit.scale', { n: l.number(card.talks.politeness, 1) }),
                      },
                    ]),
              ]}
            />
          </Section>
        )}
        <History l={l} cards={others} slug={slug} />
        <Section title={l.t('oversight.card.basis')} id="basis">
          <Facts facts={basis(l, shown)} />
        </Section>
      </>,
    ),
  );
}

/** What the card stands on: the standard, the form, when it was published, and its digest. */
function basis(l: Locale, { card, publishedAt, digest }: PublicCard) {
  return [
    ...(card.standard
      ? [
          {
            term: l.t('oversight.standard'),
            value: l.t('oversight.standardVersion', {
              version: card.standard.version,
              from: l.date(card.standard.validFrom),
            }),
          },
        ]
      : []),
    { term: l.t('oversight.formVersion'), value: card.formVersion },
    { term: l.t('oversight.card.publishedAt'), value: l.dateTime(publishedAt) },
    { term: 'SHA-256', value: <Breakable text={digest} /> },
  ];
}

function shareHref(call: Call, title: string, score: string): string {
  const words = call.l.t('oversight.card.shareWords', { facility: title, score });
  return `https://wa.me/?text=${encodeURIComponent(`${words} ${call.baseUrl}${call.l.href(call.path)}`)}`;
}

function clinicData(call: Call, { card, publishedAt }: PublicCard): unknown {
  const { l, space } = call;
  return {
    '@context': 'https://schema.org',
    '@type': 'MedicalClinic',
    name: l.pick(card.facility),
    url: `${call.baseUrl}${l.href(call.path)}`,
    address: { '@type': 'PostalAddress', addressCountry: 'KG', addressRegion: placeWords(l, card.places, true) },
    ...(card.position && {
      geo: { '@type': 'GeoCoordinates', latitude: card.position.lat, longitude: card.position.lon },
    }),
    ...(card.mean !== null && {
      review: {
        '@type': 'Review',
        datePublished: publishedAt.toISOString().slice(0, 10),
        author: { '@type': 'NGO', name: l.pick(space.name) },
        reviewRating: { '@type': 'Rating', ratingValue: Math.round(card.mean * 100), bestRating: 100, worstRating: 0 },
      },
    }),
  };
}

export const photoAddress = (slug: string, sha256: string): string => `${SITE}/photos/${slug}/${sha256}`;

function photoOf(slug: string, id: string, sha256: string, caption: string): Photo {
  return { id, src: photoAddress(slug, sha256), alt: caption, caption, width: 1600, height: 1200 };
}

type ProblemsProps = {
  l: Locale;
  card: ScoreCard;
  slug: string;
  problems: readonly ProblemNow[];
  after: ReadonlyMap<string, string>;
};

/** What was found, with the pictures of then and now and what the facility promised. */
function ProblemCards({ l, card, slug, problems, after }: ProblemsProps) {
  const byId = new Map(problems.map((one) => [one.id, one]));
  if (card.problems.length === 0) return <p>{l.t('oversight.problems.noneFound')}</p>;
  return (
    <CardGrid min="large">
      {card.problems.map((one) => {
        const now = byId.get(one.id);
        const later = after.get(one.id);
        const photos = [
          ...(one.photo ? [photoOf(slug, `b${one.number}`, one.photo.sha256, l.t('oversight.photo.before'))] : []),
          ...(later ? [photoOf(slug, `a${one.number}`, later, l.t('oversight.photo.after'))] : []),
        ];
        return (
          <Card
            key={one.id}
            title={one.description}
            kicker={`${rowName(l, one.row)} · ${severityName(l, one.severity)}`}
            aside={now && <ProblemChip l={l} state={now.state} />}
          >
            {photos.length > 0 && <PhotoGrid l={l} id={`photos-${one.number}`} photos={photos} />}
            {now && <Promised l={l} problem={now} />}
          </Card>
        );
      })}
    </CardGrid>
  );
}

function Promised({ l, problem }: { l: Locale; problem: ProblemNow }) {
  const facts: { term: string; value: string }[] = [];
  const put = (key: string, value: string | null): void => {
    if (value) facts.push({ term: l.t(key), value });
  };
  put('oversight.answer.word', problem.answer && l.t(`oversight.answer.${problem.answer}`));
  put('oversight.answer.reason', problem.answerReason);
  put('oversight.answer.plan', problem.plan);
  put('oversight.problem.owner', problem.owner);
  put('oversight.problem.deadline', problem.deadline && l.date(problem.deadline));
  put('oversight.fix.whatDone', problem.whatDone);
  put(
    'oversight.fix.on',
    problem.state === 'fixed' || problem.state === 'confirmed' ? problem.fixedOn && l.date(problem.fixedOn) : null,
  );
  put('oversight.fix.users', problem.usersConfirmed ? l.number(problem.usersConfirmed) : null);
  return facts.length > 0 ? <Facts facts={facts} /> : null;
}

function FacilityWord({ l, card }: { l: Locale; card: ScoreCard }) {
  if (!card.answer) return <p>{l.t('oversight.card.noAnswer')}</p>;
  return (
    <div class="prose">
      <p>{l.t('oversight.card.answered', { day: l.date(card.answer.on), position: card.answer.position ?? '–' })}</p>
      {card.answer.comment && <blockquote>{card.answer.comment}</blockquote>}
    </div>
  );
}

function CardPhotos({ l, card, slug }: { l: Locale; card: ScoreCard; slug: string }) {
  const photos = card.items.flatMap((item) =>
    item.photo ? [photoOf(slug, `i-${item.id}`, item.photo.sha256, l.pick(ITEMS.get(item.id)?.question))] : [],
  );
  return (
    photos.length > 0 && (
      <Section title={l.t('oversight.photos')} id="pictures">
        <PhotoGrid l={l} id="photos" photos={photos} />
      </Section>
    )
  );
}

/** Other cards of the same facility; only versions of the standard that mean the same are compared, so no arrows here. */
function History({ l, cards, slug }: { l: Locale; cards: readonly PublicCard[]; slug: string }) {
  if (cards.length < 2) return null;
  return (
    <Section title={l.t('oversight.card.history')} id="history">
      <DataTable
        l={l}
        caption={l.t('oversight.card.history')}
        rows={cards}
        rowKey={(one) => one.slug}
        columns={[
          {
            key: 'day',
            label: l.t('oversight.visitedOn'),
            head: true,
            cell: (one) =>
              one.slug === slug ? (
                l.date(one.card.visitedOn)
              ) : (
                <a href={l.href(`${SITE}/facilities/${one.slug}`)}>{l.date(one.card.visitedOn)}</a>
              ),
          },
          { key: 'type', label: l.t('oversight.type'), cell: (one) => typeName(l, one.card.type) },
          { key: 'standard', label: l.t('oversight.standard'), cell: (one) => one.card.standard?.version ?? '–' },
          { key: 'score', label: l.t('oversight.score'), numeric: true, cell: (one) => score100(l, one.card.mean) },
        ]}
      />
    </Section>
  );
}
