import { freeze } from '../src/kernel/freezes/index.ts';
import {
  drawPictures,
  type RecordHandler,
  receive,
  resolveAside,
  type StoredAttachment,
  setAsideList,
  storeAttachment,
} from '../src/kernel/records/index.ts';
import {
  acceptFix,
  agreeVisit,
  checkVisit,
  planRound,
  publishVisit,
  returnVisit,
  shareVisit,
} from '../src/programmes/oversight/index.ts';
import type { Chapter } from './load.ts';
import type { StoryActors } from './load-accounts.ts';
import { idOf, type Register } from './load-register.ts';
import {
  answerInstanceXml,
  FACILITIES,
  FACILITY_ANSWERS,
  type FacilityAnswer,
  FIXES,
  type Fix,
  fixInstanceXml,
  monitorOf,
  type PhotoWish,
  PROJECTS,
  photoBytes,
  ROUNDS,
  type Round,
  type Season,
  seasonOf,
  VISITS,
  type Visit,
  visitInstanceXml,
  wishesOf,
} from './story/index.ts';

const OVERSIGHT = 'primary-care-oversight';

/** One thing that happened, to be told in the order of time. */
type Event = { readonly at: Date; readonly order: number; readonly tell: () => Promise<void> };

type Told = Chapter & {
  readonly register: Register;
  readonly actors: StoryActors;
  readonly handlers: ReadonlyMap<string, RecordHandler>;
  /** Every picture of the story by its name. */
  readonly wishes: ReadonlyMap<string, PhotoWish>;
  /** The assignment of a facility in a round, 'round/facility'. */
  readonly assignments: Map<string, string>;
  /** Visits whose day was agreed: a sheet that is sent again does not agree it again. */
  readonly agreed: Set<string>;
};

/** Plans all rounds and lets everything that followed happen again, each step at its own time and by its own person. */
export async function loadHistory(
  chapter: Chapter,
  register: Register,
  actors: StoryActors,
  projects: ReadonlyMap<string, string>,
): Promise<void> {
  const handlers = new Map(chapter.kinds.flatMap((kind) => Object.entries(kind.records)));
  const season = seasonOf(chapter.today);
  const [visits, fixes] = [
    [...VISITS, ...season.visits],
    [...FIXES, ...season.fixes],
  ];
  const wishes = wishesOf(visits, fixes);
  const told: Told = { ...chapter, register, actors, handlers, wishes, assignments: new Map(), agreed: new Set() };
  const projectId = idOf(projects, OVERSIGHT);
  for (const round of [...ROUNDS, season.round]) await planOne(told, round, projectId);
  const events = [
    ...visits.flatMap((visit) => visitEvents(told, visit)),
    ...season.agreed.map((one) => agreedEvent(told, season.round.key, one)),
    ...[...FACILITY_ANSWERS, ...season.answers].map((answer) => answerEvent(told, answer)),
    ...fixes.flatMap((fix) => fixEvents(told, fix)),
  ];
  events.sort((a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order);
  for (const event of events) await event.tell();
  for (const round of ROUNDS) {
    if (!round.frozenAt) continue;
    await freeze(chapter.tx, actors.coordinator, {
      projectId,
      from: round.from,
      to: round.to,
      title: round.report,
      asOf: new Date(round.frozenAt),
    });
  }
}

async function planOne(told: Told, round: Round, projectId: string): Promise<void> {
  const { tx, register, actors } = told;
  const facilities = FACILITIES.filter(({ key }) => round.facilities?.includes(key) ?? true);
  const monitors = [...new Set(facilities.map((facility) => monitorOf(facility.key)))].map((key) => ({
    accountId: actors.all.get(key)?.accountId ?? '',
    placeIds: FACILITIES.filter((facility) => monitorOf(facility.key) === key).map((facility) =>
      idOf(register.places, facility.village),
    ),
  }));
  const title =
    PROJECTS.find((project) => project.key === OVERSIGHT)?.activities.find((activity) => activity.key === round.key)
      ?.title ?? round.report;
  const plannedAt = new Date(`${round.plannedOn}T10:00:00+06:00`);
  const { assignmentIds } = await planRound(
    tx,
    actors.coordinator,
    {
      title,
      projectIds: [projectId],
      facilityIds: facilities.map((facility) => idOf(register.facilities, facility.key)),
      monitors,
      from: round.from,
      to: round.to,
    },
    plannedAt,
  );
  for (const [i, facility] of facilities.entries())
    told.assignments.set(`${round.key}/${facility.key}`, assignmentIds[i] ?? '');
}

const morning = (day: string): Date => new Date(`${day}T10:00:00+06:00`);

function visitEvents(told: Told, visit: Visit): readonly Event[] {
  const { tx, actors } = told;
  const assignmentId = idOf(told.assignments, `${visit.round}/${visit.facilityKey}`);
  const by = actors.coordinator;
  const events: Event[] = [
    { at: new Date(visit.receivedAt), order: 1, tell: () => receiveVisit(told, visit, assignmentId) },
  ];
  if (!told.agreed.has(assignmentId)) {
    told.agreed.add(assignmentId);

    events.push({
      at: morning(visit.agreedOn),
      order: 0,
      tell: () => agreeVisit(tx, { assignmentId, by, at: morning(visit.agreedOn) }),
    });
  }
  if (visit.decidedAt) {
    const at = new Date(visit.decidedAt);
    events.push({ at, order: 2, tell: () => decideAside(told, visit, at) });
  }
  if (visit.returned) {
    const { reason } = visit.returned;
    const at = new Date(visit.returned.at);
    const given = { spaceId: by.spaceId, assignmentId, by: actors.reviewer, reason, at };
    events.push({ at, order: 2, tell: () => returnVisit(tx, given) });
  }
  if (visit.reviewedAt) {
    const at = new Date(visit.reviewedAt);
    events.push({
      at,
      order: 2,
      tell: () => checkVisit(tx, { spaceId: by.spaceId, assignmentId, by: actors.reviewer, at }),
    });
  }
  if (visit.sharedOn) {
    const at = morning(visit.sharedOn);
    events.push({ at, order: 3, tell: async () => void (await shareVisit(tx, { assignmentId, by, at })) });
  }
  if (visit.publishedOn) {
    const at = morning(visit.publishedOn);
    events.push({ at, order: 5, tell: async () => void (await publishVisit(tx, { assignmentId, by, at })) });
  }
  return events;
}

/** A facility agreed to a day on which nobody has come yet. */
function agreedEvent(told: Told, round: string, one: Season['agreed'][number]): Event {
  const assignmentId = idOf(told.assignments, `${round}/${one.facility}`);
  const at = morning(one.on);
  return {
    at,
    order: 0,
    tell: () => agreeVisit(told.tx, { assignmentId, by: told.actors.coordinator, day: one.day, at }),
  };
}

/** What was set aside is laid down by the reviewer: a good record took its place. */
async function decideAside({ tx, space, actors, handlers }: Told, visit: Visit, at: Date): Promise<void> {
  const [aside] = await setAsideList(tx, space.id, visit.instanceId);
  if (!aside) throw new Error(`the story's visit "${visit.key}" was not set aside`);
  await resolveAside(
    { sql: tx, handlers },
    { spaceId: space.id, asideId: aside.id, resolution: 'superseded', by: actors.reviewer, reason: SLIP, at },
  );
}

const SLIP = 'Описка: 190 вместо 19,0. Монитор прислал запись заново.';

async function receiveVisit(told: Told, visit: Visit, assignmentId: string): Promise<void> {
  const names = [...Object.values(visit.photos), ...visit.problems.flatMap((problem) => problem.photo ?? [])].map(
    (photo) => photo.name,
  );
  await send(told, {
    xml: visitInstanceXml(visit, { facilityId: (key) => idOf(told.register.facilities, key), assignmentId }),
    names,
    author: visit.monitorKey,
    receivedAt: visit.receivedAt,
    door: 'field',
  });
}

function answerEvent(told: Told, answer: FacilityAnswer): Event {
  const xml = answerInstanceXml(answer, { facilityId: (key) => idOf(told.register.facilities, key) });
  return {
    at: new Date(answer.receivedAt),
    order: 4,
    tell: () => send(told, { xml, names: [], author: null, receivedAt: answer.receivedAt, door: 'web' }),
  };
}

function fixEvents(told: Told, fix: Fix): readonly Event[] {
  const { tx, actors } = told;
  const xml = fixInstanceXml(fix, { facilityId: (key) => idOf(told.register.facilities, key) });
  const { reviewedAt } = fix;
  const received: Event[] = [
    {
      at: new Date(fix.receivedAt),
      order: 6,
      tell: () =>
        send(told, {
          xml,
          names: fix.photo ? [fix.photo.name] : [],
          author: fix.monitorKey,
          receivedAt: fix.receivedAt,
          door: 'field',
        }),
    },
  ];
  if (!reviewedAt) return received;
  const given = { spaceId: told.space.id, recordId: fix.instanceId, by: actors.reviewer, at: new Date(reviewedAt) };
  return [...received, { at: given.at, order: 7, tell: () => acceptFix(tx, given) }];
}

type Sending = {
  readonly xml: string;
  readonly names: readonly string[];
  readonly author: string | null;
  readonly receivedAt: string;
  readonly door: 'field' | 'web';
};

/** Sends a document with its photos through the door of records, and draws the pictures for all eyes at once. */
async function send(told: Told, sending: Sending): Promise<void> {
  const attachments: StoredAttachment[] = [];
  for (const name of sending.names) {
    const bytes = await photoBytes(told.wishes, name);
    attachments.push(await storeAttachment(told.files, { name, bytes: once(bytes), maxBytes: bytes.byteLength }));
  }
  const { recordId } = await receive(
    { sql: told.tx, handlers: told.handlers },
    {
      spaceId: told.space.id,
      xml: sending.xml,
      attachments,
      door: sending.door,
      authorId: sending.author ? (told.actors.all.get(sending.author)?.accountId ?? null) : null,
      receivedAt: new Date(sending.receivedAt),
    },
  );
  // A card that is published later in the story shows them, so they cannot wait for the job.
  await drawPictures(told.tx, told.files, told.space.id, recordId);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
