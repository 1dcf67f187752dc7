import QR from 'qrcode-generator';
import { type Call, pageContext } from '../../../kernel/access/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import { LinkButton, PrintLayout, VerdictMark } from '../../../ui/index.ts';
import { cardIn, problemsOfCards } from '../cards.ts';
import { VERDICT_ORDER } from '../score.ts';
import { fixRate } from '../standing.ts';
import { domainName, fixRateWords, ProblemChip, placeWords, score100, shown, typeName } from './common.tsx';
import { atAddress, tombstone } from './site-card.tsx';
import { SITE } from './site-rounds.tsx';

/** One A4 sheet for the facility's own wall: the score with its parts, the problems as they stand, and the address. */
export async function posterPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const found = await atAddress(call);
  if (found.state === 'withdrawn') return tombstone(call, found);
  const { card, slug, digest } = cardIn(found.publication);
  const problems = await problemsOfCards(sql, space.id, [card]);
  const byId = new Map(problems.map((one) => [one.id, one]));
  const here = `${SITE}/facilities/${slug}`;
  const address = `${call.baseUrl}${l.href(here)}`;
  return page(
    <PrintLayout
      page={pageContext(call)}
      title={l.pick(card.facility)}
      siteName={l.pick(space.name)}
      kind="poster"
      tools={
        <>
          <LinkButton href={l.href(here)} icon="back">
            {l.t('oversight.poster.back')}
          </LinkButton>
          <span class="soft small">{l.t('oversight.poster.print')}</span>
        </>
      }
      source={
        <>
          <p>{address}</p>
          <p>
            {l.t('oversight.card.lead', { day: l.date(card.visitedOn), by: l.pick(space.name) })} SHA-256{' '}
            {digest.slice(0, 16)}
          </p>
        </>
      }
    >
      <p>
        {typeName(l, card.type)}, {placeWords(l, card.places, true)}
      </p>
      <div class="columns">
        <div>
          <p class="score-head">
            <strong class="score-number">{score100(l, card.mean)}</strong> <span>{l.t('ui.score.outOf')}</span>
          </p>
          <table class="table">
            <caption class="sr-only">{l.t('oversight.card.score')}</caption>
            <tbody>
              {card.domains.map(({ domain, score }) => (
                <tr key={domain}>
                  <th scope="row">{domainName(l, domain)}</th>
                  <td class="num">{score100(l, score)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div>
          <QrPicture text={address} label={l.t('oversight.poster.scan')} />
          <p class="small">{l.t('oversight.poster.scan')}</p>
          <ul class="list">
            {VERDICT_ORDER.filter((verdict) => card.counts[verdict] > 0).map((verdict) => (
              <li key={verdict}>
                <VerdictMark l={l} verdict={shown(verdict)} count={card.counts[verdict]} />
              </li>
            ))}
          </ul>
        </div>
      </div>
      <h2>{l.t('oversight.problems.title')}</h2>
      <p>{fixRateWords(l, fixRate(problems.map((one) => one.state)))}</p>
      <ul class="list">
        {card.problems.map((one) => {
          const now = byId.get(one.id);
          return (
            <li key={one.id}>
              {one.description} {now && <ProblemChip l={l} state={now.state} />}
            </li>
          );
        })}
      </ul>
    </PrintLayout>,
  );
}

function QrPicture({ text, label }: { text: string; label: string }) {
  const code = QR(0, 'M');
  code.addData(text);
  code.make();
  const n = code.getModuleCount();
  let path = '';
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (code.isDark(y, x)) path += `M${x + 4} ${y + 4}h1v1h-1z`;
  return (
    <svg class="qr" viewBox={`0 0 ${n + 8} ${n + 8}`} width="170" height="170" role="img" aria-label={label}>
      <rect width={n + 8} height={n + 8} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
