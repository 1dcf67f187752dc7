// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the pages of the little house are source code as text
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { findWordFaults } from '../../scripts/words.ts';
import { ROOT } from '../../src/platform/root.ts';

test('every word of the house exists in ky, ru and en, with the same placeholders, and is used', () => {
  expect(findWordFaults(ROOT)).toEqual([]);
});

let root = '';
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A house with one room whose words and page are given. */
function faultsOf(words: { ky: object; ru: object; en: object }, page: string): string[] {
  root = mkdtempSync(join(tmpdir(), 'demilge-words-'));
  const files: Record<string, string> = { 'src/kernel/visits/page.tsx': page };
  for (const [language, catalogue] of Object.entries(words)) {
    files[`src/kernel/visits/messages/${language}.json`] = JSON.stringify(catalogue);
  }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return findWordFaults(root);
}

test('a page whose words are complete is silent, also where a part of the key is a state', () => {
  const words = {
    ky: { 'visits.due': '{n|сапар} калды, PDFти ачыңыз', 'visits.state.done': 'Аткарылды', 'visits.late': 'Кечикти' },
    ru: {
      'visits.due': 'Осталось {n|визит|визита|визитов}',
      'visits.state.done': 'Выполнен',
      'visits.late': 'Опоздал',
    },
    en: { 'visits.due': '{n|visit|visits} left', 'visits.state.done': 'Done', 'visits.late': 'Late' },
  };
  const page = "const p = (t, s) => [t('visits.due'), t(`visits.state.${s}`), <p title={t('visits.late')} />];";
  expect(faultsOf(words, page)).toEqual([]);
});

test('each way of leaving a reader without words is named', () => {
  const words = {
    ky: { 'visits.a': 'Салам, {name}', 'visits.b': 'Кыpгызча', 'visits.n': '{n|сапар|сапарлар}', 'visits.lost': 'Жок' },
    ru: {
      'visits.a': 'Здравствуйте, {person}',
      'visits.b': 'Киргизский',
      'visits.n': '{n|визит|визиты}',
      'visits.lost': 'Нет',
    },
    en: { 'visits.a': 'Hello {name}', 'visits.n': '{n|visit|visits}', 'visits.lost': 'None' },
  };
  const page = "t('visits.a'); t('visits.b'); t('visits.n'); t('visits.c'); throw new Problem(422, 'visits.d');";
  expect(faultsOf(words, page)).toEqual([
    'src/kernel/visits/messages: visits.a has other placeholders in each language: ky {name}, ru {person}, en {name}',
    'src/kernel/visits/messages: visits.b (en) has no words',
    'src/kernel/visits/messages: visits.b (ky) mixes Latin letters into a Cyrillic word: "Кыpгызча"',
    'src/kernel/visits/messages: visits.b (ru) says "Киргизский"; write Кыргызстан, кыргызский',
    'src/kernel/visits/messages: visits.n (ky): the noun counted by {n} needs 1 forms, not 2',
    'src/kernel/visits/messages: visits.n (ru): the noun counted by {n} needs 3 forms, not 2',
    'src/kernel/visits/page.tsx asks for the words "visits.c", and no catalogue has them',
    'src/kernel/visits/page.tsx asks for the words "visits.d", and no catalogue has them',
    'visits.lost is used nowhere',
  ]);
});

test('a state without any words is named by its pattern', () => {
  const words = { ky: { 'visits.a': 'А' }, ru: { 'visits.a': 'А' }, en: { 'visits.a': 'A' } };
  expect(faultsOf(words, "t('visits.a'); t(`visits.verdict.${verdict}`);")).toEqual([
    'the words "visits.verdict.*" are asked for, and no catalogue has any of them',
  ]);
});
