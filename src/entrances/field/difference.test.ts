import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceFrom, piecesOf } from './difference.ts';

const row = fc
  .tuple(fc.uuid(), fc.constantFrom('Ак-Дөбө ФАП', 'Кең-Суу', 'Үч-Булак'), fc.nat(99))
  .map((x) => x.join(','));
const list = fc.array(row, { maxLength: 400 }).map((rows) => `name,label,oblast\n${rows.join('\n')}\n`);

/** What a phone does with the answer. */
function put(text: string, known: string): string {
  const here = new Map(piecesOf(known).map((piece) => [piece.digest, piece.text]));
  return differenceFrom(text, new Set(here.keys()))
    .pieces.map((piece) => piece.text ?? here.get(piece.digest))
    .join('');
}

test('the pieces together are the text, whatever it is and whatever the phone had', () => {
  fc.assert(
    fc.property(fc.oneof(list, fc.string()), fc.oneof(list, fc.string()), (text, known) => {
      expect(put(text, known)).toBe(text);
    }),
  );
});

test('of two thousand facilities with one renamed, one added and one gone, a few kilobytes go over the line', () => {
  const rows = Array.from(
    { length: 2000 },
    (_, i) => `${String(i).padStart(8, '0')}-aaaa,ФАП № ${i},ФАП № ${i},fap,Чүй`,
  );
  const before = rows.join('\n');
  const after = [...rows.slice(0, 700), 'fffffff0-aaaa,Жаңы ФАП,Новый ФАП,fap,Талас', ...rows.slice(700, 1999)]
    .join('\n')
    .replace('ФАП № 1500', 'Кең-Суу ФАП');
  const have = new Set(piecesOf(before).map((piece) => piece.digest));
  const { pieces } = differenceFrom(after, have);
  const sent = pieces.reduce((sum, piece) => sum + (piece.text?.length ?? 0), 0);
  expect(after.length).toBeGreaterThan(70_000);
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThan(8_000);
});

test('a form in one line is cut at its tags', () => {
  const form = `<h:html>${'<text id="q"><value>Суроо</value></text>'.repeat(300)}</h:html>`;
  expect(piecesOf(form).length).toBeGreaterThan(3);
});
