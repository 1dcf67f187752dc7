import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { SHARE_CARD, shareCardSvg } from './shareCard.ts';
import { canDraw, drawLine, fitText, widthOf, wrap } from './type.ts';

const KYRGYZ = 'АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнҢңОоӨөПпРрСсТтУуҮүФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя';

/** How many pixels of a line are darker than half, drawn in black on white by sharp. */
async function inkOf(text: string): Promise<number> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="120"><rect width="400" height="120" fill="#fff"/>${drawLine(text, 10, 90, 80, '#000')}</svg>`;
  const pixels = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  return pixels.filter((value) => value < 128).length;
}

describe('the picture of a shared link', () => {
  test('has an outline for every letter of the Kyrgyz alphabet, the som sign and the quotes', () => {
    expect([...KYRGYZ, ...'⃀№«»–—0123456789'].filter((letter) => !canDraw(letter))).toEqual([]);
  });

  test('draws ө as о with a bar, ү unlike у, and ң as н with a tail', async () => {
    const ink = async (letter: string) => [letter, (await inkOf(letter)) > 300] as const;
    expect(await Promise.all(['ө', 'ү', 'ң', 'Ө', 'Ү', 'Ң'].map(ink))).toEqual(
      ['ө', 'ү', 'ң', 'Ө', 'Ү', 'Ң'].map((letter) => [letter, true]),
    );
    expect(await inkOf('ө')).toBeGreaterThan(await inkOf('о'));
    expect(await inkOf('ң')).toBeGreaterThan(await inkOf('н'));
    expect(drawLine('ү', 0, 0, 10, '#000')).not.toBe(drawLine('у', 0, 0, 10, '#000'));
  });

  test('is a PNG of 1200 × 630 that needs no font: the score card of Bakai-Ata', async () => {
    const svg = shareCardSvg({
      title: 'Бакай-Ата үй-бүлөлүк дарыгерлер борбору',
      space: 'Өзгөрүү агенттери',
      kicker: 'Талас облусу',
      figure: { value: '71', label: 'балл, 100дөн' },
    });
    expect(svg.match(/<text|font-family|<image|href/g)).toBe(null);
    const { width, height, format } = await sharp(await sharp(Buffer.from(svg)).png().toBuffer()).metadata();
    expect({ width, height, format }).toEqual({ width: SHARE_CARD.width, height: SHARE_CARD.height, format: 'png' });
  });

  test('lets no title put markup into the picture', () => {
    const svg = shareCardSvg({ title: '</svg><script>alert(1)</script>&"', space: '<b>&amp;' });
    expect(svg.match(/script|alert|<b>|&/g)).toBe(null);
  });

  test('draws a hollow box for a sign that the font does not have', () => {
    expect(canDraw('漢')).toBe(false);
    expect(widthOf('漢', 100)).toBe(60);
  });

  test('breaks any text into lines that fit and loses no letter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom(...KYRGYZ, '-', '7') }), { maxLength: 12 }),
        fc.integer({ min: 60, max: 900 }),
        (words, width) => {
          const lines = wrap(words.join(' '), 40, width);
          expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
          expect(lines.filter((line) => widthOf(line, 40) > width)).toEqual([]);
        },
      ),
    );
  });

  test('takes the greatest size at which a title fits, and ends a title that never fits with an ellipsis', () => {
    expect(
      fitText(
        'Талас',
        [
          [76, 1],
          [40, 1],
        ],
        700,
      ),
    ).toEqual({ size: 76, lines: ['Талас'] });
    const long = fitText(
      'Байкоо жыйынтыктары '.repeat(20),
      [
        [76, 3],
        [44, 5],
      ],
      700,
    );
    expect([long.size, long.lines.length, long.lines.at(-1)?.endsWith('…')]).toEqual([44, 5, true]);
  });
});
