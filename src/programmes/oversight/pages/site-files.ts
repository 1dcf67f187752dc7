import sharp from 'sharp';
import type { Call } from '../../../kernel/access/index.ts';
import { activity } from '../../../kernel/activities/index.ts';
import { publicationAt } from '../../../kernel/publications/index.ts';
import { type Reply, stream, text, uuidParam } from '../../../platform/http/index.ts';
import { isLanguage, makeLocale, makeTranslator } from '../../../platform/i18n/index.ts';
import { notFound } from '../../../platform/problem.ts';
import { type ShareCard, shareCardSvg } from '../../../ui/og/index.ts';
import { cardIn, picturesAfter, picturesOf, problemsOfCards } from '../cards.ts';
import { messages } from '../messages/index.ts';
import { SCORE_CARD } from '../publish.ts';
import { placeWords, score100 } from './common.tsx';
import { atAddress } from './site-card.tsx';

/** A picture for all eyes that the published card shows, or that an accepted fix of one of its problems brought. Nothing else. */
export async function sitePhoto(call: Call): Promise<Reply> {
  const { sql, space } = call;
  const sha256 = call.params.sha256 ?? '';
  const found = await atAddress(call);
  if (found.state === 'withdrawn' || !/^[0-9a-f]{64}$/.test(sha256)) throw notFound('photo');
  const { card } = cardIn(found.publication);
  const after = async (): Promise<boolean> => {
    const later = await picturesAfter(sql, space.id, await problemsOfCards(sql, space.id, [card]));
    return [...later.values()].includes(sha256);
  };
  if (!picturesOf(card).has(sha256) && !(await after())) throw notFound('photo');
  const bytes = await call.files.read(sha256);
  if (!bytes) throw notFound('photo');
  return stream(bytes, 'image/jpeg', { 'cache-control': 'public, max-age=3600', etag: `"${sha256}"` });
}

/** Drawn pictures by the words on them: a shared link is asked for by many at once. */
const drawn = new Map<string, Promise<Buffer>>();
const KEPT = 40;

/** The picture of a shared link: a card by its address, a round by its id, or the whole. */
export async function sitePicture(call: Call): Promise<Reply> {
  const language = (call.params.file ?? '').replace(/\.png$/, '');
  if (!isLanguage(language)) throw notFound('picture');
  const l = makeLocale(language, makeTranslator(language, [messages]));
  const spaceName = l.pick(call.space.name);
  const card = await wordsOf(call, l, spaceName);
  const key = JSON.stringify(card);
  const picture =
    drawn.get(key) ??
    sharp(Buffer.from(shareCardSvg(card)))
      .png({ compressionLevel: 9, palette: true })
      .toBuffer();
  drawn.set(key, picture);
  picture.catch(() => drawn.delete(key));
  const [oldest] = drawn.keys();
  if (drawn.size > KEPT && oldest) drawn.delete(oldest);
  return text(await picture, 'image/png', { 'cache-control': 'public, max-age=3600' });
}

async function wordsOf(call: Call, l: ReturnType<typeof makeLocale>, space: string): Promise<ShareCard> {
  const name = call.params.name ?? '';
  if (name === 'oversight') return { title: l.t('oversight.site.title'), space };
  if (uuidParam.safeParse(name).success) {
    const round = await activity(call.sql, call.space.id, name);
    if (round?.kind !== 'oversight') throw notFound('picture');
    return { title: l.pick(round.title), space, kicker: l.t('oversight.site.title') };
  }
  const found = /^[a-z0-9-]{1,200}$/.test(name) ? await publicationAt(call.sql, call.space.id, SCORE_CARD, name) : null;
  if (found?.state !== 'live') throw notFound('picture');
  const { card } = cardIn(found.publication);
  return {
    title: l.pick(card.facility),
    space,
    kicker: placeWords(l, card.places),
    figure: { value: score100(l, card.mean), label: l.t('oversight.card.outOf') },
  };
}
