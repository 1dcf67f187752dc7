import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Tables } from '../../kernel/sources/index.ts';
import { DOMAINS, type Verdict } from './checklist.ts';
import { CHECKLIST } from './items.ts';
import { lineOf } from './lines.ts';
import { scoreOf } from './score.ts';

const ticks = CHECKLIST.filter((item) => item.answer.kind === 'verdict');
const VERDICTS: readonly Verdict[] = ['met', 'partly', 'not_met', 'na', 'not_observed'];
const DAY = '2015-10-05';
/** A space that set no lines of its own. */
const NONE: Tables = new Map();

/** A visit in which every tick has the same verdict. */
function allTicked(verdict: Verdict): Record<string, Record<string, string>> {
  return ticked(ticks.map(() => verdict));
}

/** One verdict per tick, in the order of the list. */
function ticked(verdicts: readonly Verdict[]): Record<string, Record<string, string>> {
  const answers: Record<string, Record<string, string>> = {};
  for (const [i, item] of ticks.entries()) answers[item.domain] = { ...answers[item.domain], [item.id]: verdicts[i]! };
  return answers;
}

const anyVisit = fc
  .array(fc.constantFrom(...VERDICTS), { minLength: ticks.length, maxLength: ticks.length })
  .map(ticked);

describe('the score of a visit', () => {
  test('is one where everything that was ticked is met, half where all is partly met, nought where nothing is', () => {
    expect(
      [allTicked('met'), allTicked('partly'), allTicked('not_met')].map(
        (answers) => scoreOf(answers, 'fmc', DAY, NONE).mean,
      ),
    ).toEqual([1, 0.5, 0]);
  });

  test('does not exist where nothing could be seen: that is no nought', () => {
    const score = scoreOf(allTicked('not_observed'), 'fap', DAY, NONE);
    expect([score.mean, score.sides]).toEqual([null, { users: null, providers: null }]);
  });

  test('asks of a feldsher point only what concerns it', () => {
    const asked = (type: 'fap' | 'fmc') => scoreOf({}, type, DAY, NONE).items.map(({ item }) => item.id);
    expect(asked('fmc')).toEqual(CHECKLIST.filter((item) => item.facilityTypes.includes('fmc')).map((item) => item.id));
    expect(asked('fap')).toEqual(CHECKLIST.filter((item) => item.facilityTypes.includes('fap')).map((item) => item.id));
    expect(asked('fap').length).toBeLessThan(asked('fmc').length);
  });

  test('lies between nought and one and is the mean of its domains, whatever the ticks', () => {
    fc.assert(
      fc.property(anyVisit, (answers) => {
        const { mean, domains } = scoreOf(answers, 'fmc', DAY, NONE);
        const scores = domains.flatMap((one) => (one.score === null ? [] : [one.score]));
        if (mean === null) return scores.length === 0;
        return (
          mean >= 0 && mean <= 1 && Math.abs(mean - scores.reduce((sum, one) => sum + one, 0) / scores.length) < 1e-12
        );
      }),
    );
  });

  test('never changes when an item that does not apply becomes one that was not observed', () => {
    fc.assert(
      fc.property(anyVisit, fc.nat(ticks.length - 1), (answers, i) => {
        const item = ticks[i]!;
        const set = (verdict: Verdict) =>
          scoreOf({ ...answers, [item.domain]: { ...answers[item.domain], [item.id]: verdict } }, 'fmc', DAY, NONE);
        return set('na').mean === set('not_observed').mean;
      }),
    );
  });

  test('never falls when one verdict gets better', () => {
    fc.assert(
      fc.property(anyVisit, fc.nat(ticks.length - 1), (answers, i) => {
        const item = ticks[i]!;
        const set = (verdict: Verdict) =>
          scoreOf({ ...answers, [item.domain]: { ...answers[item.domain], [item.id]: verdict } }, 'fmc', DAY, NONE)
            .mean ?? 0;
        return set('met') >= set('partly') && set('partly') >= set('not_met');
      }),
    );
  });

  test('counts every item once, whatever was answered', () => {
    fc.assert(
      fc.property(anyVisit, (answers) => {
        const { counts, items } = scoreOf(answers, 'fgp', DAY, NONE);
        return Object.values(counts).reduce((sum, one) => sum + one, 0) === items.length;
      }),
    );
  });

  test('takes an answer that is no verdict, or no text at all, as not observed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...DOMAINS.map((domain) => domain.key)), fc.anything()), (answers) => {
        return scoreOf(answers, 'fmc', DAY, NONE).mean === null;
      }),
    );
  });
});

test('a line that came with the checklist holds from its day on: an old visit keeps the line of its day', () => {
  const registry = CHECKLIST.find((item) => item.id === 'registry_minutes')!;
  expect(
    ['2014-06-02', '2014-06-03', '2016-02-29', '2016-03-01'].map((day) => lineOf(registry, NONE, day)?.met),
  ).toEqual([undefined, 15, 15, 10]);
});
