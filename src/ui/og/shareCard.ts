import { drawLine, fitText } from './type.ts';

/** The size that WhatsApp, Telegram and the others expect, in pixels. */
export const SHARE_CARD = { width: 1200, height: 630 } as const;

export interface ShareCard {
  /** The page's title; up to five lines are shown. */
  readonly title: string;
  /** The association's name. */
  readonly space: string;
  /** Small words over the title: a place, a round, a period. */
  readonly kicker?: string;
  /** One number, written in the reader's language, and what it counts. */
  readonly figure?: { readonly value: string; readonly label: string };
}

const PAPER = '#fbf8f2';
const INK = '#2a211c';
const SOFT = '#5f5249';
const MADDER = '#94301f';
const HORN = '#f6e7cf';
const OCHRE = '#e0a84c';
const LEFT = 72;
const BAND = 66;

/** A pair of horns in a box of 48 × 24, as in ../felt. */
const HORNS =
  '<path d="M24 25V15C24 8 19.500 4.500 14.500 5.200C9 6 6.800 12.600 10.600 15.600C13.600 17.800 17.200 15.200 15.800 12.200M24 15C24 8 28.500 4.500 33.500 5.200C39 6 41.200 12.600 37.400 15.600C34.400 17.800 30.800 15.200 32.200 12.200"/>';
const SEED = `<path fill="${OCHRE}" stroke="none" d="M24 1.500l2 2.200l-2 2.200l-2-2.200z"/>`;
const STROKE = 'fill="none" stroke-width="3.400" stroke-linecap="round" stroke-linejoin="round"';

/** The felt border along the foot, two colours taking turns. */
function band(): string {
  const scale = BAND / 36;
  const step = 48 * scale;
  const pairs = Array.from({ length: Math.ceil(SHARE_CARD.width / step) + 1 }, (_, index) => {
    const x = index * 48;
    return (
      `<g stroke="${HORN}" transform="translate(${x} 11)">${HORNS}${SEED}</g>` +
      `<g stroke="${OCHRE}" transform="translate(${x - 24} 25) scale(1 -1)">${HORNS}${SEED}</g>`
    );
  });
  const top = SHARE_CARD.height - BAND;
  return (
    `<rect y="${top}" width="${SHARE_CARD.width}" height="${BAND}" fill="${MADDER}"/>` +
    `<svg y="${top}" width="${SHARE_CARD.width}" height="${BAND}" overflow="hidden"><g ${STROKE} transform="scale(${scale.toFixed(4)})">${pairs.join('')}</g></svg>`
  );
}

/** The medallion of four pairs of horns. (x, y) is its middle, `size` its height. */
function medallion(x: number, y: number, size: number): string {
  const horns = [0, 90, 180, 270].map(
    (turn) => `<g stroke="${HORN}" transform="rotate(${turn} 56 56) translate(32 27)">${HORNS}${SEED}</g>`,
  );
  return (
    `<g transform="translate(${x - size / 2} ${y - size / 2}) scale(${(size / 112).toFixed(4)})">` +
    `<path fill="${MADDER}" d="M56 3L109 56L56 109L3 56Z"/>` +
    `<path fill="none" stroke="${OCHRE}" stroke-width="1.400" d="M56 8L104 56L56 104L8 56Z"/>` +
    `<g ${STROKE} transform="translate(56 56) scale(1.24) translate(-56 -56)">${horns.join('')}<path fill="${OCHRE}" d="M56 50l6 6l-6 6l-6-6z"/></g></g>`
  );
}

function paragraph(
  lines: readonly string[],
  x: number,
  y: number,
  size: number,
  leading: number,
  color: string,
): string {
  return lines.map((line, index) => drawLine(line, x, y + index * size * leading, size, color)).join('');
}

/** The number in its column at the right, with what it counts under it. */
function figureColumn(figure: NonNullable<ShareCard['figure']>): string {
  const x = 850;
  const width = SHARE_CARD.width - x - 64;
  const value = fitText(
    figure.value,
    [
      [150, 1],
      [120, 1],
      [96, 1],
      [76, 1],
      [60, 1],
      [46, 1],
    ],
    width,
  );
  const label = fitText(
    figure.label,
    [
      [34, 4],
      [30, 4],
      [26, 5],
    ],
    width,
  );
  return (
    `<path fill="${OCHRE}" d="M${x - 44} 170h4v300h-4z"/>` +
    paragraph(value.lines, x, 290, value.size, 1, MADDER) +
    paragraph(label.lines, x, 350, label.size, 1.3, SOFT)
  );
}

/**
 * The picture that stands beside a shared link: title, name of the association, felt motif, and one number if there is
 * one. An SVG of 1200 × 630 made of outlines only, so that it can be turned into a PNG on a machine without fonts.
 */
export function shareCardSvg(card: ShareCard): string {
  const { width, height } = SHARE_CARD;
  const textWidth = card.figure ? 700 : 760;
  const title = fitText(
    card.title,
    [
      [76, 3],
      [66, 4],
      [58, 4],
      [50, 5],
      [44, 5],
    ],
    textWidth,
  );
  const space = fitText(
    card.space,
    [
      [34, 1],
      [28, 1],
    ],
    900,
  );
  const kicker = card.kicker ? fitText(card.kicker, [[30, 1]], textWidth) : undefined;
  const block = title.lines.length * title.size * 1.18;
  // The title stands in the middle of what the name above and the band below leave free.
  const first =
    165 +
    Math.max(0, (height - BAND - 30 - 165 - block - (kicker ? 50 : 0)) / 2) +
    title.size * 0.82 +
    (kicker ? 50 : 0);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>` +
    `<rect x="${LEFT}" y="56" width="64" height="64" rx="14" fill="${MADDER}"/>` +
    `<g ${STROKE} stroke="${HORN}" transform="translate(${LEFT - 6.4} 70.400) scale(1.600)">${HORNS}${SEED}</g>` +
    paragraph(space.lines, LEFT + 86, 100, space.size, 1, INK) +
    (kicker ? paragraph(kicker.lines, LEFT, first - title.size - 14, kicker.size, 1, MADDER) : '') +
    paragraph(title.lines, LEFT, Math.round(first), title.size, 1.18, INK) +
    (card.figure ? figureColumn(card.figure) : medallion(1000, 330, 330)) +
    band() +
    '</svg>'
  );
}
