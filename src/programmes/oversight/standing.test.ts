import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceRow } from '../../kernel/sources/index.ts';
import { meansOf } from './cards.ts';
import { changesBetween } from './changes.ts';
import { DOMAINS, type Verdict } from './checklist.ts';
import { compareVisits, type Seen } from './compare.ts';
import { problemFlow } from './flows.ts';
import { CHECKLIST } from './items.ts';
import { breaksOf } from './past.ts';
import { fixRate, latenessOf } from './standing.ts';

const aState = fc.constantFrom(...problemFlow.states);

describe('the rate of solved problems', () => {
  test('of thirty problems in Talas twelve are solved, five of them confirmed; two were closed as none and count nowhere', () => {
    const states = [
      ...Array(13).fill('agreed'),
      ...Array(5).fill('acted'),
      ...Array(7).fill('fixed'),
      ...Array(5).fill('confirmed'),
      ...Array(2).fill('closed'),
    ];
    expect(fixRate(states)).toEqual({ fixed: 12, confirmed: 5, base: 30, closed: 2, share: 0.4 });
  });

  test('does not exist where nothing was found: that is no nought', () => {
    expect(fixRate(['closed']).share).toBeNull();
  });

  test('lies between nought and one and does not depend on the order of the problems', () => {
    fc.assert(
      fc.property(
        fc
          .array(aState)
          .chain((states) => fc.tuple(fc.constant(states), fc.shuffledSubarray(states, { minLength: states.length }))),
        ([states, mixed]) => {
          const rate = fixRate(states);
          expect(fixRate(mixed)).toEqual(rate);
          return rate.share === null || (rate.share >= 0 && rate.share <= 1 && rate.confirmed <= rate.fixed);
        },
      ),
    );
  });
});

describe('a visit is late', () => {
  const visit = { state: 'planned', deadline: '2016-05-31', to: '2016-05-31', occurredOn: null, receivedOn: null };
  test.each([
    ['not on the last day of its window', {}, '2016-05-31', null],
    ['the day after, while nothing came', {}, '2016-06-01', 'overdue'],
    ['when it was sent back and the window is over', { state: 'returned' }, '2016-06-01', 'overdue'],
    [
      'in coming: Кайың-Сай was visited in time and heard of in June',
      { state: 'done', occurredOn: '2016-05-30', receivedOn: '2016-06-14' },
      '2016-06-20',
      'received',
    ],
    [
      'when it was made after its window',
      { state: 'done', occurredOn: '2016-06-02', receivedOn: '2016-06-02' },
      '2016-06-20',
      'after',
    ],
    [
      'no more when all was in time',
      { state: 'done', occurredOn: '2016-05-30', receivedOn: '2016-05-31' },
      '2016-06-20',
      null,
    ],
    [
      'in its answer when the facility’s days are over',
      { state: 'shared', deadline: '2016-06-10' },
      '2016-06-11',
      'answer',
    ],
    ['never when it was cancelled', { state: 'cancelled' }, '2016-06-11', null],
  ])('%s', (_name, change, today, expected) => {
    expect(latenessOf({ ...visit, ...change }, today)).toBe(expected);
  });
});

const row = (rowKey: string, meaning: string | null): SourceRow => ({
  rowKey,
  ordinal: 1,
  title: {},
  text: {},
  meaning,
  numbers: {},
});

function seen(verdict: Verdict, meaning: (rowKey: string) => string | null, items = CHECKLIST): Seen {
  return {
    items: items.map((item) => ({ item, verdict, value: null, base: null, line: null, weight: 1 })),
    rows: new Map(items.map((item) => [item.row, row(item.row, meaning(item.row))])),
  };
}

describe('two visits are compared', () => {
  test('where the rows of both standards mean the same', () => {
    const { compared, left } = compareVisits(
      seen('not_met', (key) => key),
      seen('met', (key) => key),
    );
    expect([new Set(compared.map((one) => one.change)), left]).toEqual([new Set(['better']), []]);
  });

  test('not on a row whose meaning the amendment changed, nor on one that was never declared the same', () => {
    const before = seen('met', (key) => (key === 'information' ? null : key));
    const after = seen('not_met', (key) => (key === 'formats' ? 'formats-2016' : key));
    const { compared, left } = compareVisits(before, after);
    expect(new Set(left.map((item) => item.row))).toEqual(new Set(['information', 'formats']));
    expect(new Set(compared.map((one) => one.change))).toEqual(new Set(['worse']));
  });

  test('not on an item that only the later visit asked', () => {
    const [first, ...rest] = CHECKLIST;
    const { left } = compareVisits(
      seen('met', (key) => key, rest),
      seen('met', (key) => key),
    );
    expect(left).toEqual([first]);
  });

  test('and say nothing where one of them could not see', () => {
    const { compared } = compareVisits(
      seen('not_observed', (key) => key),
      seen('met', (key) => key),
    );
    expect(new Set(compared.map((one) => one.change))).toEqual(new Set(['unsaid']));
  });
});

test('the line over visits is cut where the facility was another one, or of another type', () => {
  const visits = [
    { facilityId: 'old', type: 'fap' },
    { facilityId: 'new', type: 'fap' },
    { facilityId: 'new', type: 'fap' },
    { facilityId: 'new', type: 'fgp' },
  ];
  expect(breaksOf(visits)).toEqual([1, 3]);
});

test('the means of an oblast lie among its facilities’ scores and do not depend on their order', () => {
  const aScore = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null });
  const aCard = fc.record({
    mean: aScore,
    domains: fc
      .tuple(...DOMAINS.map(() => aScore))
      .map((scores) => DOMAINS.map(({ key }, i) => ({ domain: key, score: scores[i]!, points: 0, of: 0 }))),
  });
  fc.assert(
    fc.property(fc.array(aCard, { minLength: 1, maxLength: 20 }), (cards) => {
      const means = meansOf(cards);
      const given = cards.flatMap((card) => card.mean ?? []);
      const turned = meansOf([...cards].reverse());
      expect(turned.mean === null).toBe(means.mean === null);
      if (means.mean === null) return given.length === 0;
      expect(turned.mean).toBeCloseTo(means.mean, 10);
      return means.mean >= Math.min(...given) - 1e-9 && means.mean <= Math.max(...given) + 1e-9;
    }),
  );
});

test('a correction shows the old answer beside the new one, and not what the form notes of itself', () => {
  const before = {
    start: '1',
    access: { ramp: 'met', hours_kept: 'partly' },
    problems: { problem: [{ description: 'Жол баткак' }] },
  };
  const after = { start: '2', access: { ramp: 'not_met', hours_kept: 'partly' }, problems: { problem: [] } };
  expect(changesBetween(before, after)).toEqual([
    { path: 'access/ramp', before: 'met', after: 'not_met' },
    { path: 'problems/problem[1]/description', before: 'Жол баткак', after: null },
  ]);
});
