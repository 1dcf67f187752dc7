import { createHash } from 'node:crypto';
import { readEnvelope } from '@demilge/openrosa';
import { languageCode, type Submission, type SubmissionProblem, validateSubmission, XFormError } from '@demilge/xform';
import { type Db, uuidFromName } from '../../platform/db/index.ts';
import { COUNTRY_MINUTES } from '../../platform/i18n/index.ts';
import { Problem, type ProblemPart } from '../../platform/problem.ts';
import { type FormToRead, formToRead } from '../forms/index.ts';
import type { NewAside } from './inserts.ts';
import { type Arrival, dayIn, momentIn, truerMoment } from './times.ts';

/** What a document says, once it has been read with its form: nothing of it is in the database yet. */
export type Understood = {
  readonly form: FormToRead;
  readonly version: string;
  readonly recordId: string;
  /** The record that this one corrects. */
  readonly corrects: string | null;
  readonly answers: Submission['answers'];
  /** Names of the files that the answers point to. */
  readonly files: readonly string[];
  /** Rules that it breaks. */
  readonly asides: readonly NewAside[];
  readonly xml: string;
  readonly xmlSha256: string;
  /** By the device's clock. */
  readonly capturedAt: Date | null;
  readonly day: string | null;
};

/** Bytes of one document; photographs travel beside it. */
export const MAX_XML_BYTES = 10_000_000;

/**
 * Reads a document once: which form, which id, which answers, what is wrong with them. Rules about time are judged by the day that the
 * device showed; where its clock is known to be wrong, an answer breaks them only if it breaks them on the truer day too.
 * @throws Problem 422 records.unreadable, 413 records.tooLarge, 404 records.formUnknown
 */
export async function understand(db: Db, spaceId: string, document: Uint8Array, arrival: Arrival): Promise<Understood> {
  if (document.byteLength > MAX_XML_BYTES)
    throw new Problem(413, 'records.tooLarge', { megabytes: MAX_XML_BYTES / 1e6 });
  const xml = decode(document);
  const envelope = readEnvelope(xml);
  if (!envelope?.formId) throw unreadable();
  const form = await formToRead(db, spaceId, envelope.formId, envelope.version);
  if (!form) throw new Problem(404, 'records.formUnknown', { form: envelope.formId.slice(0, 100) });

  const read = validate(form, xml);
  const xmlSha256 = createHash('sha256').update(document).digest('hex');
  const asides: NewAside[] = [];
  if (form.match !== 'exact')
    asides.push({
      key: `records.aside.${form.match}Version`,
      details: { version: envelope.version.slice(0, 100) },
      parts: [],
    });
  if (!read.instanceId) asides.push({ key: 'records.aside.noInstanceId', details: {}, parts: [] });
  const capturedAt = momentIn(read.answers.end) ?? momentIn(read.answers.start);
  const day = dayIn(read.answers.today) ?? dayIn(read.answers.start) ?? dayIn(read.answers.end);
  const broken = read.problems.filter((one) => breaks(one, form.match === 'exact'));
  const truer = broken.length > 0 ? truerMoment(capturedAt, day, arrival) : null;
  const parts = (truer ? alsoBroken(broken, validate(form, xml, truer)) : broken).map(partOf);
  if (parts.length > 0) asides.push({ key: 'records.aside.answers', details: { count: parts.length }, parts });

  return {
    form,
    version: envelope.version,
    recordId: read.instanceId ? recordIdOf(envelope.formId, read.instanceId) : uuidFromName('document', xmlSha256),
    corrects: read.deprecatedId ? recordIdOf(envelope.formId, read.deprecatedId) : null,
    answers: read.answers,
    files: [...new Set(read.attachments.map((name) => name.slice(0, 255)))],
    asides,
    xml,
    xmlSha256,
    capturedAt,
    day,
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(document: Uint8Array): string {
  try {
    return utf8.decode(document);
  } catch {
    throw unreadable();
  }
}

const unreadable = (): Problem => new Problem(422, 'records.unreadable');

function validate(form: FormToRead, xml: string, now?: Date): Submission {
  try {
    // Time on phones in the field is the country's, where the record does not tell its own.
    return validateSubmission(form.definition, xml, {
      utcOffset: () => COUNTRY_MINUTES,
      ...(now && { now: () => now }),
    });
  } catch (error) {
    if (error instanceof XFormError) throw unreadable();
    throw error;
  }
}

function alsoBroken(broken: readonly SubmissionProblem[], again: Submission): readonly SubmissionProblem[] {
  const keys = new Set(again.problems.map((one) => `${one.code} ${one.path}`));
  return broken.filter((one) => keys.has(`${one.code} ${one.path}`));
}

/** The id of the row: the UUID that the device made, or one made from whatever it sent, so that a retry finds it again. */
export function recordIdOf(formKey: string, instanceId: string): string {
  const uuid = /^(?:uuid:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(instanceId.trim())?.[1];
  return uuid ? uuid.toLowerCase() : uuidFromName('instance', formKey, instanceId);
}

/** Elements that the form does not know are kept in the document; only answers among them need a person's eye. */
function breaks(problem: SubmissionProblem, versionKnown: boolean): boolean {
  if (problem.code === 'instance-id' || problem.code === 'version') return false;
  if (problem.code === 'unknown-element') return versionKnown && !/\/meta(\/|$)/.test(problem.path);
  return true;
}

function partOf(problem: SubmissionProblem): ProblemPart {
  const details: Record<string, string> = { value: (problem.value ?? '').slice(0, 200) };
  for (const [language, text] of Object.entries(problem.messages))
    if (text && text !== '-') details[`message_${languageCode(language) || 'ky'}`] = text.slice(0, 500);
  return { at: problem.path.slice(0, 300), key: `records.part.${problem.code}`, details };
}
