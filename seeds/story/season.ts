import { facilityOf } from './facilities.ts';
import { problemPlanOf } from './problems.ts';
import { answerOn, type FacilityAnswer, type Fix, fixWord } from './responses.ts';
import { addDays, at, type Round, workday, workdayUntil } from './rounds.ts';
import { KNOWN, makeVisit, type Visit, withSlip } from './visits.ts';

/** The round that is under way when somebody starts the demo: everybody who signs in finds something to do. */
export interface Season {
  readonly round: Round;
  readonly visits: readonly Visit[];
  readonly answers: readonly FacilityAnswer[];
  readonly fixes: readonly Fix[];
  /** Days that facilities agreed to and that nobody has come on: one is over, one is to come. */
  readonly agreed: readonly { readonly facility: string; readonly on: string; readonly day: string }[];
}

const FACE = 'На снимке доски видно лицо посетителя. Переснимите, пожалуйста, без людей.';

/** How far each visit has come, with the days since it was made; those without an entry are planned and no more. */
const MADE = {
  'kok-jayyk-fmc': { ago: 38, checked: 36, shared: 35, answered: 30, published: 20 },
  'chong-chynar-fmc': { ago: 30, checked: 28, shared: 26, answered: 20 },
  'altyn-bulak-fmc': { ago: 24, checked: 22, shared: 20 },
  'jangy-chynar-fmc': { ago: 9, checked: 7 },
  'kok-dobo-fmc': { ago: 3 },
  'ala-dobo-fgp': { ago: 2 },
  'jyluu-suu-fap': { ago: 7, returned: 4 },
  'sary-aryk-fgp': { ago: 2, aside: true },
} as const satisfies Readonly<Record<string, Way>>;

interface Way {
  readonly ago: number;
  readonly checked?: number;
  readonly shared?: number;
  readonly answered?: number;
  readonly published?: number;
  readonly returned?: number;
  readonly aside?: boolean;
}

const LATE = 'tal-bulak-fgp';
const TOMORROW = 'sary-bel-fap';
const PLANNED = ['ak-kashat-fap', 'bel-aryk-fap'];

/** The season around a day: the same day gives the same season. */
export function seasonOf(today: string): Season {
  const ago = (days: number): string => addDays(today, -days);
  const round: Round = {
    key: 'round-of-the-season',
    plannedOn: ago(50),
    from: ago(45),
    to: addDays(today, 21),
    frozenAt: null,
    report: {
      ky: 'Ушул мезгилдин кыдыруусу',
      ru: 'Обход этого сезона',
      en: 'The round of this season',
    },
    facilities: [...Object.keys(MADE), LATE, TOMORROW, ...PLANNED],
  };
  const visits = Object.entries(MADE).map(([key, way]) => visitOf(key, way, ago));
  const found = (key: string): Visit => visits.find((visit) => visit.facilityKey === key)!;
  const answered = Object.entries(MADE as Readonly<Record<string, Way>>).flatMap(([key, way]) =>
    way.answered === undefined ? [] : [answerOn(found(key), ago(way.answered))],
  );
  const deadlines = [ago(6), addDays(today, 12), addDays(today, 30)];
  return {
    round,
    visits,
    answers: answered.map((answer) => ({
      ...answer,
      // The first promise of each is overdue, the others are not.
      problems: answer.problems.map((one, i) =>
        one.deadline ? { ...one, deadline: deadlines[i % deadlines.length]! } : one,
      ),
    })),
    fixes: [found('kok-jayyk-fmc'), found('chong-chynar-fmc')].flatMap((visit, i) => fixesOf(visit, ago(2 + 2 * i))),
    agreed: [
      { facility: LATE, on: ago(12), day: workdayUntil(ago(5)) },
      { facility: TOMORROW, on: ago(6), day: workday(addDays(today, 1)) },
    ],
  };
}

function visitOf(facility: string, way: Way, ago: (days: number) => string): Visit {
  const visitedOn = workdayUntil(ago(way.ago));
  // Where a facility has answered, there was something to answer to.
  const least = way.answered === undefined ? 0 : 1;
  const before = KNOWN.get(facility) ?? null;
  const { visit } = makeVisit('round-of-the-season', facilityOf(facility), before, { visitedOn, least });
  const day = (days: number | undefined): string | null => (days === undefined ? null : ago(days));
  const made: Visit = {
    ...visit,
    receivedAt: at(visitedOn, 18 * 60),
    reviewedAt: way.checked === undefined ? null : at(ago(way.checked), 11 * 60),
    sharedOn: day(way.shared),
    publishedOn: day(way.published),
    ...(way.returned !== undefined && { returned: { at: at(ago(way.returned), 12 * 60), reason: FACE } }),
  };
  return way.aside ? { ...withSlip(made)[0], decidedAt: null } : made;
}

/** Word of a fix came in and waits for the second person. */
function fixesOf(visit: Visit, on: string): readonly Fix[] {
  return visit.problems.slice(0, 1).map((problem) => ({
    ...fixWord(visit, problem, on, 'fixed'),
    receivedAt: at(on, 16 * 60),
    reviewedAt: null,
    whatDone: problemPlanOf(problem.item).done[visit.language],
    usersConfirmed: 3,
  }));
}
