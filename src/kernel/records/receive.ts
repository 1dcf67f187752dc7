import { audit } from '../../platform/audit/index.ts';
import { type Db, type Tx, transaction } from '../../platform/db/index.ts';
import { countryDay } from '../../platform/i18n/index.ts';
import { type Chain, chainOf } from './chain.ts';
import { consequences, linksOf } from './consequences.ts';
import { addFiles, keepFiles } from './files.ts';
import type { RecordHandler, RecordLinks } from './handler.ts';
import {
  insertAsides,
  insertConflict,
  insertRecord,
  lockState,
  missingFiles,
  moveRoot,
  type NewAside,
  type NewRecord,
  refreshState,
  standing,
  type WholeRecord,
} from './inserts.ts';
import { keptType } from './media.ts';
import { asideRows } from './queries.ts';
import type { Door, Receipt, StoredAttachment } from './record.ts';
import { type Arrival, clockAhead, implausible } from './times.ts';
import { type Understood, understand } from './understand.ts';

/** What receiving needs: the database, and how each form's kind takes its records. */
export type ReceiveContext = {
  readonly sql: Db;
  /** By form key. A form without a handler only collects. */
  readonly handlers: ReadonlyMap<string, RecordHandler>;
};

/** A document at the door. Its files lie in the store already (`storeAttachment`). */
export type Incoming = {
  readonly spaceId: string;
  readonly xml: Uint8Array | string;
  readonly attachments?: readonly StoredAttachment[];
  readonly door: Door;
  readonly authorId: string | null;
  readonly deviceId?: string | null;
  /** For history that is entered later; now, without it. */
  readonly receivedAt?: Date;
  /** What the device's clock said as it sent, where the device tells. */
  readonly sentAt?: Date | null;
};

/**
 * Takes a document in. The record, its files' names, the kind's consequences and the audit line are kept together or not at all.
 * The same document again is a success without a second row; another content under its id is kept as a conflict; what breaks a
 * rule is kept and set aside. Only what cannot be read, or belongs to no form of the space, is refused.
 * @throws Problem 422 records.unreadable, 413 records.tooLarge, 404 records.formUnknown
 */
export async function receive(ctx: ReceiveContext, sent: Incoming): Promise<Receipt> {
  const files = (sent.attachments ?? []).map((file) => ({ ...file, mediaType: keptType(file.name, file.mediaType) }));
  const given: Incoming = { ...sent, attachments: files };
  const document = typeof given.xml === 'string' ? new TextEncoder().encode(given.xml) : given.xml;
  const arrival: Arrival = { at: given.receivedAt ?? new Date(), sentAt: given.sentAt ?? null };
  const read = await understand(ctx.sql, given.spaceId, document, arrival);
  const handler = ctx.handlers.get(read.form.formKey);
  if (!handler && !read.corrects) {
    // Nothing else has a say: the one statement is the transaction.
    const whole = wholeOf(given, read, { rootId: read.recordId, supersedes: null, asides: [] }, {}, []);
    if (await insertRecord(ctx.sql, whole)) return receiptOf(whole, whole.asides);
    return await transaction(ctx.sql, (tx) => again(tx, given, read, whole.record.receivedAt));
  }
  return await transaction(ctx.sql, (tx) => keep(tx, handler, given, read));
}

/** Writes what was understood, in the caller's transaction. */
export async function keep(
  tx: Tx,
  handler: RecordHandler | undefined,
  given: Incoming,
  read: Understood,
): Promise<Receipt> {
  const { spaceId } = given;
  const chain = await chainOf(tx, given, read);
  const linked = await linksOf(tx, handler, spaceId, read.answers, given.authorId);
  const whole = wholeOf(given, read, chain, linked.links, linked.asides);
  const { record, asides } = whole;
  if (!(await insertRecord(tx, whole))) return await again(tx, given, read, record.receivedAt);
  if (record.rootId !== record.id) await moveRoot(tx, spaceId, record.id, record.rootId);
  const refused = await consequences(tx, handler, record, asides.length > 0);
  if (!refused) return receiptOf(whole, asides);
  await insertAsides(tx, spaceId, record.id, [refused], record.receivedAt);
  await refreshState(tx, spaceId, record.id);
  return receiptOf(whole, [...asides, refused]);
}

function receiptOf(whole: WholeRecord, [first]: readonly NewAside[]): Receipt {
  return {
    recordId: whole.record.id,
    outcome: 'received',
    receivedAt: whole.record.receivedAt,
    aside: first ? { key: first.key, details: first.details } : null,
    missing: whole.missing,
  };
}

function wholeOf(
  given: Incoming,
  read: Understood,
  chain: Chain,
  links: RecordLinks,
  linkAsides: readonly NewAside[],
): WholeRecord {
  const record = newRecord(given, read, chain, links, given.receivedAt ?? new Date());
  const asides = [...read.asides, ...chain.asides, ...linkAsides];
  const files = given.attachments ?? [];
  const details = {
    form: record.formKey,
    version: record.formVersion,
    door: record.door,
    ...(asides.length > 0 ? { aside: asides.map((aside) => aside.key) } : {}),
  };
  const { spaceId, authorId: actorId } = given;
  return {
    record,
    asides,
    files,
    missing: without(
      read.files,
      files.map((file) => file.name),
    ),
    line: { spaceId, actorId, action: 'record.receive', thingKind: 'record', thingId: record.id, details },
  };
}

function newRecord(given: Incoming, read: Understood, chain: Chain, links: RecordLinks, at: Date): NewRecord {
  const day = links.occurredOn ?? read.day;
  const byDevice = given.door === 'openrosa' || given.door === 'field' || given.door === 'web';
  return {
    spaceId: given.spaceId,
    id: read.recordId,
    formId: read.form.formId,
    formKey: read.form.formKey,
    formVersionId: read.form.match === 'unknown' ? null : read.form.versionId,
    formVersion: read.version,
    activityId: links.activityId ?? null,
    assignmentId: links.assignmentId ?? null,
    subjectId: links.subjectId ?? null,
    authorId: given.authorId,
    deviceId: given.deviceId ?? null,
    door: given.door,
    rootId: chain.rootId,
    supersedes: chain.supersedes,
    relatesTo: links.relatesTo ?? null,
    relatesAs: links.relatesAs ?? null,
    answers: read.answers,
    xml: read.xml,
    xmlSha256: read.xmlSha256,
    occurredOn: day ?? countryDay(at),
    capturedAt: read.capturedAt,
    clockOff:
      byDevice && (clockAhead({ at, sentAt: given.sentAt ?? null }) !== 0 || implausible(read.capturedAt, day, at)),
    receivedAt: at,
  };
}

/** The id stands already: the same document may bring more files; another one is a conflict. */
async function again(tx: Tx, given: Incoming, read: Understood, at: Date): Promise<Receipt> {
  const { spaceId } = given;
  const { recordId } = read;
  const stands = await standing(tx, spaceId, recordId);
  if (!stands) throw new Error(`Record ${recordId} was refused as present and is absent`);
  const same = stands.xmlSha256 === read.xmlSha256;
  if (same) await addFiles(tx, spaceId, recordId, given.attachments ?? [], at);
  else await keepConflict(tx, given, read, at);
  const open = (await asideRows(tx, spaceId, recordId)).find((aside) => !aside.resolvedAt);
  return {
    recordId,
    outcome: same ? 'already' : 'conflict',
    receivedAt: stands.receivedAt,
    aside: open ? { key: open.key, details: open.details } : null,
    missing: await missingFiles(tx, spaceId, recordId),
  };
}

async function keepConflict(tx: Tx, given: Incoming, read: Understood, at: Date): Promise<void> {
  const { spaceId, authorId } = given;
  const { recordId, xml, xmlSha256 } = read;
  const files = given.attachments ?? [];
  await lockState(tx, spaceId, recordId);
  await keepFiles(tx, spaceId, null, files);
  if (!(await insertConflict(tx, { spaceId, recordId, xml, xmlSha256, authorId, files, at }))) return;
  await refreshState(tx, spaceId, recordId);
  await audit(tx, { spaceId, actorId: authorId, action: 'record.conflict', thingKind: 'record', thingId: recordId });
}

function without(names: readonly string[], present: readonly string[]): string[] {
  const here = new Set(present);
  return names.filter((name) => !here.has(name)).sort();
}
