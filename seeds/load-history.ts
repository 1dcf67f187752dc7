import { freeze } from '../src/kernel/freezes/index.ts';
import {
  drawPictures,
  type RecordHandler,
  receive,
  type StoredAttachment,
  storeAttachment,
} from '../src/kernel/records/index.ts';
import {
  acceptFix,
  agreeVisit,
  checkVisit,
  planRound,
  publishVisit,
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
  PROJECTS,
  photoBytes,
  ROUNDS,
  VISITS,
  type Visit,
  visitInstanceXml,
} from './story/index.ts';

const OVERSIGHT = 'primary-care-oversight';

/** One thing that happened, to be told in the order of time. */
type Event = { readonly at: Date; readonly order: number; readonly tell: () => Promise<void> };

type Told = Chapter & {
  readonly register: Register;
  readonly actors: StoryActors;
  readonly handlers: ReadonlyMap<string, RecordHandler>;
  /** The assignment of a facility in a round, 'round/facility'. */
  readonly assignments: Map<string, string>;
  /** Visits whose day was agreed: a sheet that is sent again does not agree it again. */
  readonly agreed: Set<string>;
};

/** Plans both rounds and lets everything that followed happen again, each step at its own time and by its own person. */
export async function loadHistory(
  chapter: Chapter,
  register: Register,
  actors: StoryActors,
  projects: ReadonlyMap<string, string>,
): Promise<void> {
  const handlers = new Map(chapter.kinds.flatMap((kind) => Object.entries(kind.records)));
  const told: Told = { ...chapter, register, actors, handlers, assignments: new Map(), agreed: new Set() };
  const projectId = idOf(projects, OVERSIGHT);
  for (const round of ROUNDS) await planOne(told, round, projectId);
  const events = [
    ...VISITS.flatMap((visit) => visitEvents(told, visit)),
    ...FACILITY_ANSWERS.map((answer) => answerEvent(told, answer)),
    ...FIXES.flatMap((fix) => fixEvents(told, fix)),
  ];
  events.sort((a, b) => a.at.getTime() - b.at.getTime() || a.order - b.order);
  for (const event of events) await event.tell();
  for (const round of ROUNDS) {
    await freeze(chapter.tx, actors.coordinator, {
      projectId,
      from: round.from,
      to: round.to,
      title: round.report,
      asOf: new Date(round.frozenAt),
    });
  }
}

async function planOne(told: Told, round: (typeof ROUNDS)[number], projectId: string): Promise<void> {
  const { tx, register, actors } = told;
  const monitors = [...new Set(FACILITIES.map((facility) => monitorOf(facility.key)))].map((key) => ({
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
      facilityIds: FACILITIES.map((facility) => idOf(register.facilities, facility.key)),
      monitors,
      from: round.from,
      to: round.to,
    },
    plannedAt,
  );
  for (const [i, facility] of FACILITIES.entries())
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
  const reviewedAt = new Date(fix.reviewedAt);
  return [
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
    {
      at: reviewedAt,
      order: 7,
      tell: () =>
        acceptFix(tx, { spaceId: told.space.id, recordId: fix.instanceId, by: actors.reviewer, at: reviewedAt }),
    },
  ];
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
    const bytes = await photoBytes(name);
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
