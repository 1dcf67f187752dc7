import { type ChecklistItem, type FacilityType, itemsFor, type Verdict } from './checklist.ts';
import type { Random } from './random.ts';

/** What the monitor ticked or measured; items that are computed from interviews are not in it. */
export type ItemAnswers = Readonly<Record<string, Verdict | number>>;

export interface Interview {
  readonly groups: readonly string[];
  readonly sex: 'f' | 'm';
  readonly ageBand: string;
  readonly waitingMinutes: number;
  readonly consultationMinutes: number;
  readonly politeness: 1 | 2 | 3 | 4 | 5;
  readonly askedPayment: 'yes' | 'no' | 'no_answer';
}

/** How good a type of facility is to begin with; a feldsher point has the worst building. */
const QUALITY: Readonly<Record<FacilityType, { rest: number; access: number }>> = {
  fmc: { rest: 0.72, access: 0.8 },
  fgp: { rest: 0.64, access: 0.62 },
  fap: { rest: 0.58, access: 0.42 },
};

/** [usual, when a problem was found, later and better], each as lowest and highest. */
type Range = readonly [number, number];
const NUMBERS: Readonly<Record<string, Readonly<Record<FacilityType, { usual: Range; bad: Range; better: Range }>>>> = {
  door_width: {
    fmc: { usual: [90, 118], bad: [78, 84], better: [90, 118] },
    fgp: { usual: [82, 100], bad: [74, 79], better: [82, 100] },
    fap: { usual: [74, 94], bad: [68, 76], better: [74, 94] },
  },
  room_temperature: {
    fmc: { usual: [18, 22], bad: [14, 16], better: [19, 22] },
    fgp: { usual: [17, 20], bad: [13, 15], better: [18, 21] },
    fap: { usual: [15, 19], bad: [9, 13], better: [17, 20] },
  },
  registry_minutes: {
    fmc: { usual: [12, 26], bad: [34, 55], better: [7, 19] },
    fgp: { usual: [9, 20], bad: [31, 44], better: [5, 14] },
    fap: { usual: [5, 10], bad: [15, 20], better: [5, 10] },
  },
};

function draw(random: Random, [low, high]: Range, decimals: 0 | 1): number {
  return decimals === 0 ? random.between(low, high) : random.between(low * 10, high * 10) / 10;
}

function firstAnswer(random: Random, item: ChecklistItem, type: FacilityType, broken: boolean): Verdict | number {
  if (item.answer.kind === 'number') {
    const ranges = NUMBERS[item.id]?.[type];
    if (!ranges) throw new Error(`no numbers for "${item.id}"`);
    return draw(random, broken ? ranges.bad : ranges.usual, item.answer.decimals);
  }
  const roll = random.next();
  if (broken) return 'not_met';
  if (item.method === 'document' && roll > 0.97) return 'not_observed';
  const good = QUALITY[type][item.domain === 'access' ? 'access' : 'rest'];
  if (roll < good) return 'met';
  return roll < good + (1 - good) * 0.55 ? 'partly' : 'not_met';
}

/** Answers of a first visit. `broken` names the items with which a problem was found. */
export function firstAnswers(random: Random, type: FacilityType, broken: ReadonlySet<string>): ItemAnswers {
  const ticked = itemsFor(type).filter((item) => item.answer.kind !== 'interviews');
  return Object.fromEntries(ticked.map((item) => [item.id, firstAnswer(random, item, type, broken.has(item.id))]));
}

/** Answers half a year later: what was fixed is met, some of the rest is better, what broke anew is not met. */
export function laterAnswers(
  random: Random,
  type: FacilityType,
  before: ItemAnswers,
  change: {
    readonly fixed: ReadonlySet<string>;
    readonly open: ReadonlySet<string>;
    readonly broken: ReadonlySet<string>;
  },
): ItemAnswers {
  const later = (item: ChecklistItem): Verdict | number => {
    const old = before[item.id];
    if (item.answer.kind === 'number') {
      const ranges = NUMBERS[item.id]?.[type];
      if (!ranges) throw new Error(`no numbers for "${item.id}"`);
      if (item.id === 'door_width' && typeof old === 'number') return old;
      const range = change.broken.has(item.id) || change.open.has(item.id) ? ranges.bad : ranges.better;
      return draw(random, range, item.answer.decimals);
    }
    const roll = random.next();
    if (change.broken.has(item.id)) return 'not_met';
    if (change.fixed.has(item.id)) return 'met';
    if (change.open.has(item.id)) return roll < 0.3 ? 'partly' : 'not_met';
    if (old === undefined || typeof old === 'number') return firstAnswer(random, item, type, false);
    if (old === 'partly' || old === 'not_observed') return roll < 0.4 ? 'met' : 'partly';
    if (old === 'not_met') return roll < 0.25 ? 'partly' : 'not_met';
    return roll < 0.92 ? old : 'partly';
  };
  const ticked = itemsFor(type).filter((item) => item.answer.kind !== 'interviews');
  return Object.fromEntries(ticked.map((item) => [item.id, later(item)]));
}

function interview(random: Random, type: FacilityType, spring: boolean): Interview {
  const sex = random.chance(0.7) ? 'f' : 'm';
  const ageBand = random.pick(['a18_28', 'a18_28', 'a29_44', 'a29_44', 'a29_44', 'a45_59', 'a60']);
  const young = ageBand === 'a18_28';
  const mother = sex === 'f' && (young || ageBand === 'a29_44');
  const groups = [
    ...(random.chance(0.3) ? ['poor'] : []),
    ...(mother && random.chance(0.35) ? ['pregnant'] : []),
    ...(mother && !young && random.chance(0.5) ? ['many_children'] : []),
    ...(young ? ['youth'] : []),
    ...(random.chance(0.03) ? ['disability'] : []),
  ];
  const longest = { fmc: 80, fgp: 55, fap: 40 }[type];
  const paid = random.next();
  const paidLimit = (type === 'fmc' ? 0.1 : 0.03) * (spring ? 0.5 : 1);
  const politeness = random.pick([3, 3, 4, 4, 4, 5, 5, spring ? 5 : 2] as const);
  return {
    groups,
    sex,
    ageBand,
    waitingMinutes: random.between(5, spring ? Math.round(longest * 0.75) : longest),
    consultationMinutes: random.between(spring ? 9 : 6, 21),
    politeness,
    askedPayment: paid < paidLimit ? 'yes' : paid > 0.97 ? 'no_answer' : 'no',
  };
}

/** Talks of one visit: more where more people wait. */
export function interviews(random: Random, type: FacilityType, spring: boolean): readonly Interview[] {
  const [low, high] = { fmc: [5, 7], fgp: [4, 5], fap: [3, 4] }[type] as [number, number];
  return Array.from({ length: random.between(low, high) }, () => interview(random, type, spring));
}
