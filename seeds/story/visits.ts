import { createHash } from 'node:crypto';
import { CHECKLIST, type PhotoKind } from './checklist.ts';
import { firstAnswers, type Interview, type ItemAnswers, interviews, laterAnswers } from './draw-answers.ts';
import { FACILITIES, type Facility, typeOn } from './facilities.ts';
import { PROBLEM_PLANS, type ProblemPlan } from './problems.ts';
import { type Random, random } from './random.ts';
import { addDays, at, CORRECTED, LATE, monitorOf, ROUNDS, type RoundKey, SET_ASIDE, workday } from './rounds.ts';

export interface VisitPhoto {
  /** File name of the attachment, unique inside the story. */
  readonly name: string;
  readonly kind: PhotoKind;
  readonly moment: 'before' | 'after' | 'good';
}

export interface VisitProblem {
  /** Counts from 1 inside the visit; a problem is `instanceId/no`. */
  readonly no: number;
  readonly item: string;
  readonly row: string;
  readonly severity: 'minor' | 'serious' | 'urgent';
  readonly description: string;
  readonly photo?: VisitPhoto;
}

export interface Visit {
  readonly key: string;
  /** The id that the phone made, without `uuid:`. */
  readonly instanceId: string;
  readonly round: RoundKey;
  readonly facilityKey: string;
  readonly monitorKey: string;
  /** Day on which the visit was agreed with the facility. */
  readonly agreedOn: string;
  readonly visitedOn: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly receivedAt: string;
  readonly language: 'ky' | 'ru';
  readonly arrival: { readonly lat: number; readonly lon: number; readonly accuracy: number };
  readonly answers: ItemAnswers;
  /** Photo questions by item. */
  readonly photos: Readonly<Record<string, VisitPhoto>>;
  readonly problems: readonly VisitProblem[];
  readonly interviews: readonly Interview[];
  /** A remark by domain. */
  readonly comments: Readonly<Record<string, string>>;
  /** Key of the visit that this record corrects, and why. */
  readonly supersedes?: { readonly visit: string; readonly reason: string };
  /** Sent back by the reviewer, with why. */
  readonly returned?: { readonly at: string; readonly reason: string };
  /** When a person decided on what the receiving door had set aside; `null` while it waits. */
  readonly decidedAt?: string | null;
  /** What the receiving door must do with it. */
  readonly expect: 'taken' | 'set_aside';
  /** The reviewer's word; `null` while nobody has looked. */
  readonly reviewedAt: string | null;
  /** Days of the steps that followed; `null` where they have not come. */
  readonly sharedOn: string | null;
  readonly publishedOn: string | null;
}

/** An id of the form of a UUID, made from a name: the same on every machine. */
export function storyId(name: string): string {
  const hex = createHash('sha256').update(`demilge-story:${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function chooseProblems(
  dice: Random,
  facility: Facility,
  on: string,
  count: number,
  taken: ReadonlySet<string>,
): ProblemPlan[] {
  const type = typeOn(facility, on);
  const chosen: ProblemPlan[] = [];
  while (chosen.length < count) {
    const open = PROBLEM_PLANS.filter((one) => one.often[type] > 0 && !taken.has(one.item) && !chosen.includes(one));
    chosen.push(dice.pick(open.flatMap((one) => Array.from({ length: one.often[type] }, () => one))));
  }
  return chosen;
}

/** Whether a problem of the first round was fixed by the second; the same answer wherever it is asked. */
export function isFixed(facilityKey: string, plan: ProblemPlan): boolean {
  return random(`fixed:${facilityKey}:${plan.item}`).chance(plan.fixChance);
}

function visitDay(round: RoundKey, facility: Facility): string {
  if (round === 'round-2016-spring' && facility.key === LATE.facility) return LATE.visitedOn;
  const { from } = ROUNDS.find((one) => one.key === round) ?? {};
  if (!from) throw new Error(`no round "${round}"`);
  const place = FACILITIES.indexOf(facility);
  const step = round === 'round-2015-autumn' ? 59 : 51;
  return workday(addDays(from, Math.floor((((place * 7) % 20) * step) / 20)));
}

export interface Known {
  readonly answers: ItemAnswers;
  readonly plans: readonly ProblemPlan[];
}

/** What a monitor found on a day, drawn by chance from what was known of the facility before; `least` problems at least. */
export function makeVisit(
  round: RoundKey,
  facility: Facility,
  before: Known | null,
  { visitedOn = visitDay(round, facility), least = 0 }: { visitedOn?: string; least?: number } = {},
): { visit: Visit; known: Known } {
  const key = `${round}/${facility.key}`;
  const dice = random(key);
  const type = typeOn(facility, visitedOn);
  const monitorKey = monitorOf(facility.key);
  const language = monitorKey === 'timur' ? 'ru' : 'ky';
  const old = new Set(before?.plans.map((plan) => plan.item));
  const plans = chooseProblems(dice, facility, visitedOn, before ? dice.between(least, 2) : dice.between(2, 4), old);
  const broken = new Set(plans.map((plan) => plan.item));
  const answers = before
    ? laterAnswers(dice, type, before.answers, {
        fixed: new Set(before.plans.filter((plan) => isFixed(facility.key, plan)).map((plan) => plan.item)),
        open: new Set(before.plans.filter((plan) => !isFixed(facility.key, plan)).map((plan) => plan.item)),
        broken,
      })
    : firstAnswers(dice, type, broken);
  const begun = dice.between(9 * 60, 11 * 60);
  const ended = begun + dice.between(75, 160);
  // Most send from the road home; some only when there is signal again.
  const receivedAt = dice.chance(0.7)
    ? at(visitedOn, ended + dice.between(5, 240))
    : at(addDays(visitedOn, dice.between(1, 3)), dice.between(8 * 60, 20 * 60));
  const reviewedOn = workday(addDays(receivedAt.slice(0, 10), dice.between(1, 3)));
  const sharedOn = workday(addDays(reviewedOn, 2));
  const photoOf = (name: string, kind: PhotoKind, moment: VisitPhoto['moment']): VisitPhoto => ({
    name: `${visitedOn}-${facility.key}-${name}.jpg`,
    kind,
    moment,
  });
  const shown = CHECKLIST.find((item) => item.photo && answers[item.id] === 'met' && item.photo !== 'path');
  const visit: Visit = {
    key,
    instanceId: storyId(key),
    round,
    facilityKey: facility.key,
    monitorKey,
    agreedOn: addDays(visitedOn, -4),
    visitedOn,
    startedAt: at(visitedOn, begun),
    endedAt: at(visitedOn, ended),
    receivedAt,
    language,
    arrival: {
      lat: Number((facility.at.lat + (dice.next() - 0.5) / 5_000).toFixed(6)),
      lon: Number((facility.at.lon + (dice.next() - 0.5) / 5_000).toFixed(6)),
      accuracy: dice.between(4, 18),
    },
    answers,
    photos: shown?.photo && dice.chance(0.5) ? { [shown.id]: photoOf(shown.id, shown.photo, 'good') } : {},
    problems: plans.map((plan, index) => {
      const row = CHECKLIST.find((item) => item.id === plan.item)?.row;
      if (!row) throw new Error(`no item "${plan.item}"`);
      return {
        no: index + 1,
        item: plan.item,
        row,
        severity: plan.severity,
        description: plan.found[language],
        ...(plan.photo ? { photo: photoOf(`problem-${index + 1}`, plan.photo, 'before') } : {}),
      };
    }),
    interviews: interviews(dice, type, before !== null),
    comments: {},
    expect: 'taken',
    reviewedAt: at(reviewedOn, 11 * 60),
    sharedOn,
    publishedOn: workday(addDays(sharedOn, 21)),
  };
  return { visit, known: { answers, plans } };
}

/** The phone was without signal until after the report was frozen. */
function late(visit: Visit): Visit {
  return {
    ...visit,
    receivedAt: LATE.receivedAt,
    reviewedAt: '2016-06-15T11:00:00+06:00',
    sharedOn: '2016-06-17',
    publishedOn: '2016-07-08',
    comments: { access: 'Айылда байланыш жок экен, шаарга чыкканда жөнөттүм.' },
  };
}

const CORRECTION = 'Каттоого кеткен убакытты ката жазыптырмын, блокноттогу сан башка экен.';

/** The first sending had the minutes of registration wrong; the correction came after the freeze. */
function corrected(visit: Visit): readonly Visit[] {
  const key = `${visit.key}/corrected`;
  return [
    { ...visit, answers: { ...visit.answers, registry_minutes: 65 }, publishedOn: null },
    {
      ...visit,
      key,
      instanceId: storyId(key),
      receivedAt: CORRECTED.receivedAt,
      supersedes: { visit: visit.key, reason: CORRECTION },
      comments: { process: CORRECTION },
      reviewedAt: '2016-06-14T10:30:00+06:00',
      sharedOn: '2016-06-15',
      publishedOn: '2016-07-06',
    },
  ];
}

/** A slip of the finger (190 for 19.0) came from a client that does not check; a good record followed. */
export function withSlip(visit: Visit): readonly [slip: Visit, good: Visit] {
  const key = `${visit.key}/slip`;
  const slip: Visit = {
    ...visit,
    key,
    instanceId: storyId(key),
    receivedAt: at(visit.visitedOn, 13 * 60 + 5),
    answers: { ...visit.answers, room_temperature: 190 },
    photos: {},
    problems: visit.problems.map(({ photo: _photo, ...problem }) => problem),
    expect: 'set_aside',
    decidedAt: at(addDays(visit.visitedOn, 2), 12 * 60),
    reviewedAt: null,
    sharedOn: null,
    publishedOn: null,
  };
  return [slip, { ...visit, receivedAt: at(addDays(visit.visitedOn, 1), 9 * 60 + 20) }];
}

/** What was known of each facility after the spring of 2016. */
export const KNOWN = new Map<string, Known>();

function tell(): readonly Visit[] {
  return FACILITIES.flatMap((facility) => {
    const first = makeVisit('round-2015-autumn', facility, null);
    const second = makeVisit('round-2016-spring', facility, first.known);
    KNOWN.set(facility.key, second.known);
    if (facility.key === LATE.facility) return [first.visit, late(second.visit)];
    if (facility.key === CORRECTED.facility) return [first.visit, ...corrected(second.visit)];
    if (facility.key === SET_ASIDE.facility) return [first.visit, ...withSlip(second.visit)];
    return [first.visit, second.visit];
  }).sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
}

/** Every record of the two rounds, in the order in which they came in. */
export const VISITS: readonly Visit[] = tell();

/** The visit of this key; an unknown key throws. */
export function visitOf(key: string): Visit {
  const found = VISITS.find((one) => one.key === key);
  if (!found) throw new Error(`the story has no visit "${key}"`);
  return found;
}

/** The distinct facilities whose accepted visit of a round had come in by a moment. */
export function facilitiesVisited(round: RoundKey, asOf: string): number {
  const counted = VISITS.filter(
    (visit) => visit.round === round && visit.reviewedAt !== null && Date.parse(visit.reviewedAt) <= Date.parse(asOf),
  );
  return new Set(counted.map((visit) => visit.facilityKey)).size;
}
