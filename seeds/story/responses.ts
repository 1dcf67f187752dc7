import { facilityOf, SUCCESSIONS, typeOn } from './facilities.ts';
import { headOf } from './people.ts';
import { problemPlanOf, type Words } from './problems.ts';
import { random } from './random.ts';
import { addDays, at, ROUNDS, workday } from './rounds.ts';
import { isFixed, storyId, VISITS, type Visit, type VisitPhoto, type VisitProblem } from './visits.ts';

export interface ProblemAnswer {
  readonly no: number;
  readonly agreed: 'agreed' | 'partly' | 'refused';
  readonly plan?: string;
  readonly owner?: string;
  readonly deadline?: string;
  readonly reason?: string;
}

/** A facility's answer to a visit. */
export interface FacilityAnswer {
  readonly key: string;
  readonly instanceId: string;
  readonly visit: string;
  readonly visitInstanceId: string;
  readonly facilityKey: string;
  readonly personKey: string;
  readonly answeredOn: string;
  readonly receivedAt: string;
  readonly language: 'ky' | 'ru';
  readonly position: string;
  readonly problems: readonly ProblemAnswer[];
  readonly comment: string;
}

/** Word on whether a problem was fixed. */
export interface Fix {
  readonly key: string;
  readonly instanceId: string;
  readonly visit: string;
  /** `visit instanceId/problem number`. */
  readonly problemRef: string;
  readonly facilityKey: string;
  readonly monitorKey: string;
  readonly checkedOn: string;
  readonly receivedAt: string;
  /** The second person's word; `null` while nobody has looked. */
  readonly reviewedAt: string | null;
  readonly state: 'fixed' | 'started' | 'not_fixed';
  readonly whatDone: string | null;
  readonly photo?: VisitPhoto;
  readonly confirmedBy: 'seen' | 'meeting' | 'phone';
  readonly usersConfirmed: number;
}

const HEADS: Readonly<Record<'fmc' | 'fgp' | 'fap', Words>> = {
  fmc: { ky: 'борбордун директору', ru: 'директор центра' },
  fgp: { ky: 'топтун жетекчиси', ru: 'руководитель группы' },
  fap: { ky: 'пункттун башчысы, фельдшер', ru: 'заведующая пунктом, фельдшер' },
};

const OWNERS: readonly Words[] = [
  { ky: 'чарба башчы', ru: 'завхоз' },
  { ky: 'ага медайым', ru: 'старшая медсестра' },
  { ky: 'мекеме башчысы', ru: 'руководитель учреждения' },
];

const THANKS: readonly Words[] = [
  {
    ky: 'Баа үчүн рахмат. Кийинки жолу натыйжасын көрсөтөбүз.',
    ru: 'Спасибо за оценку. В следующий раз покажем, что сделали.',
  },
  { ky: 'Айыл өкмөтү менен чогуу талкууладык.', ru: 'Обсудили вместе с айыл окмоту.' },
  { ky: '', ru: '' },
];

/** Silent so far: two in autumn, and in spring those whose time has not run out. */
function isSilent(visit: Visit): boolean {
  if (visit.expect === 'set_aside' || visit.problems.length === 0) return true;
  if (visit.round === 'round-2015-autumn') return ['kara-jylga-fap', 'chong-chynar-fmc'].includes(visit.facilityKey);
  return visit.visitedOn > '2016-05-10' || visit.facilityKey === 'sary-aryk-fgp';
}

function answerProblem(visit: Visit, problem: VisitProblem, answeredOn: string, language: 'ky' | 'ru'): ProblemAnswer {
  const dice = random(`answer:${visit.key}:${problem.item}`);
  const plan = problemPlanOf(problem.item);
  const agreed = plan.refusal && dice.chance(0.4) ? (dice.chance(0.5) ? 'partly' : 'refused') : 'agreed';
  return {
    no: problem.no,
    agreed,
    ...(agreed === 'refused'
      ? {}
      : {
          plan: plan.plan[language],
          owner: dice.pick(OWNERS)[language],
          deadline: workday(addDays(answeredOn, dice.pick([14, 30, 45, 60, 90]))),
        }),
    ...(agreed !== 'agreed' && plan.refusal ? { reason: plan.refusal[language] } : {}),
  };
}

function answerTo(visit: Visit): readonly FacilityAnswer[] {
  if (isSilent(visit) || !visit.sharedOn) return [];
  const days = random(`answer days:${visit.key}`).between(4, 16);
  return [answerOn(visit, workday(addDays(visit.sharedOn, days)))];
}

/** What the head of a facility says on a day to what was found. */
export function answerOn(visit: Visit, answeredOn: string): FacilityAnswer {
  const dice = random(`answer:${visit.key}`);
  // The head of Kök-Döbö answers in Russian.
  const language = visit.facilityKey === 'kok-dobo-fmc' ? 'ru' : 'ky';
  const key = `answer/${visit.key}`;
  return {
    key,
    instanceId: storyId(key),
    visit: visit.key,
    visitInstanceId: visit.instanceId,
    facilityKey: visit.facilityKey,
    personKey: headOf(visit.facilityKey).key,
    answeredOn,
    receivedAt: at(answeredOn, dice.between(9 * 60, 17 * 60)),
    language,
    position: HEADS[typeOn(facilityOf(visit.facilityKey), answeredOn)][language],
    problems: visit.problems.map((problem) => answerProblem(visit, problem, answeredOn, language)),
    comment: dice.pick(THANKS)[language],
  };
}

/** Answers of the facilities, in the order in which they came in. */
export const FACILITY_ANSWERS: readonly FacilityAnswer[] = VISITS.flatMap(answerTo).sort(
  (a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt),
);

function fixOf(visit: Visit, problem: VisitProblem, next: Visit): readonly Fix[] {
  const dice = random(`fix:${visit.key}:${problem.item}`);
  const plan = problemPlanOf(problem.item);
  const fixed = isFixed(visit.facilityKey, plan);
  const state = fixed ? 'fixed' : dice.chance(0.4) ? 'started' : 'not_fixed';
  // Small repairs are told in winter; the rest is seen at the next visit.
  const early = fixed && plan.severity === 'minor' && dice.chance(0.5);
  const checkedOn = early ? workday(addDays('2016-01-18', dice.between(0, 50))) : next.visitedOn;
  const receivedAt = early ? at(checkedOn, dice.between(10 * 60, 18 * 60)) : next.receivedAt;
  const key = `fix/${visit.key}/${problem.no}`;
  return [
    {
      key,
      instanceId: storyId(key),
      visit: visit.key,
      problemRef: `${visit.instanceId}/${problem.no}`,
      facilityKey: visit.facilityKey,
      monitorKey: next.monitorKey,
      checkedOn,
      receivedAt,
      reviewedAt: at(workday(addDays(receivedAt.slice(0, 10), 2)), 11 * 60 + 30),
      state,
      whatDone:
        state === 'not_fixed' ? null : state === 'started' ? plan.plan[next.language] : plan.done[next.language],
      ...(fixed && plan.photo && !early
        ? {
            photo: {
              name: `${checkedOn}-${visit.facilityKey}-fix-${problem.no}.jpg`,
              kind: plan.photo,
              moment: 'after' as const,
            },
          }
        : {}),
      confirmedBy: early ? dice.pick(['phone', 'meeting'] as const) : 'seen',
      usersConfirmed: fixed ? dice.between(2, early ? 12 : 6) : 0,
    },
  ];
}

/** What became of a problem of the second round by late autumn: some were fixed, some begun, some wait beyond their deadline. */
function fixInAutumn(visit: Visit, problem: VisitProblem): readonly Fix[] {
  const plan = problemPlanOf(problem.item);
  const dice = random(`autumn fix:${visit.key}:${problem.item}`);
  const fixed = dice.chance(0.55);
  if (!fixed && dice.chance(0.6)) return [];
  const checkedOn = workday(addDays('2016-08-22', dice.between(0, 80)));
  const receivedAt = at(checkedOn, dice.between(10 * 60, 18 * 60));
  return [
    {
      ...fixWord(visit, problem, checkedOn, fixed ? 'fixed' : 'started'),
      receivedAt,
      reviewedAt: at(workday(addDays(checkedOn, 2)), 11 * 60 + 30),
      whatDone: fixed ? plan.done[visit.language] : plan.plan[visit.language],
      // Whoever came by saw it; not everywhere were there users to ask.
      usersConfirmed: fixed && dice.chance(0.6) ? dice.between(2, 8) : 0,
    },
  ];
}

/** Word that the monitor saw a problem fixed or begun, with a picture where the problem had one. */
export function fixWord(
  visit: Visit,
  problem: VisitProblem,
  checkedOn: string,
  state: 'fixed' | 'started',
): Omit<Fix, 'receivedAt' | 'reviewedAt' | 'whatDone' | 'usersConfirmed'> {
  const key = `fix/${visit.key}/${problem.no}`;
  const plan = problemPlanOf(problem.item);
  return {
    key,
    instanceId: storyId(key),
    visit: visit.key,
    problemRef: `${visit.instanceId}/${problem.no}`,
    facilityKey: visit.facilityKey,
    monitorKey: visit.monitorKey,
    checkedOn,
    state,
    ...(state === 'fixed' && plan.photo
      ? {
          photo: {
            name: `${checkedOn}-${visit.facilityKey}-fix-${problem.no}.jpg`,
            kind: plan.photo,
            moment: 'after' as const,
          },
        }
      : {}),
    confirmedBy: 'seen',
  };
}

/** What became of the problems of both rounds, in the order in which word of it came in. */
export const FIXES: readonly Fix[] = VISITS.filter((visit) => visit.expect === 'taken')
  .flatMap((visit) => {
    if (visit.round !== ROUNDS[0]?.key) {
      const corrected = VISITS.some((one) => one.supersedes?.visit === visit.key);
      const gone = visit.facilityKey === SUCCESSIONS[0]?.from;
      return corrected || gone ? [] : visit.problems.flatMap((problem) => fixInAutumn(visit, problem));
    }
    const next = VISITS.find(
      (one) => one.facilityKey === visit.facilityKey && one.round === ROUNDS[1]?.key && one.expect === 'taken',
    );
    return next ? visit.problems.flatMap((problem) => fixOf(visit, problem, next)) : [];
  })
  .sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
