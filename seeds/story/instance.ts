import { ANSWER_FORM, FIX_FORM, type FormRow, type FormSheets, VISIT_FORM } from './checklist.ts';
import { facilityOf, typeOn } from './facilities.ts';
import type { FacilityAnswer, Fix } from './responses.ts';
import { type Visit, visitOf } from './visits.ts';

/** What the loader knows and the story does not: how facilities and assignments are called in this space. */
export interface InstanceIds {
  /** Value of the facility question for a facility key; the key itself if absent. */
  readonly facilityId?: (facilityKey: string) => string;
  readonly assignmentId?: string;
  /** Version of the published form; the workbook's own if absent. */
  readonly version?: string;
}

/** Answers by question name; a repeat holds one record of answers for each of its instances. */
interface Values {
  readonly [name: string]: string | number | undefined | readonly Values[];
}

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;');

const NOT_IN_INSTANCE = ['end group', 'end repeat'];

/** The rows between a `begin` at `from` and its `end`, and the index after that end. */
function inside(rows: readonly FormRow[], from: number): { rows: readonly FormRow[]; next: number } {
  let depth = 1;
  let index = from + 1;
  for (; depth > 0; index++) {
    const type = rows[index]?.type;
    if (type === undefined) throw new Error(`"${rows[from]?.name}" has no end`);
    if (type.startsWith('begin ')) depth++;
    if (NOT_IN_INSTANCE.includes(type)) depth--;
  }
  return { rows: rows.slice(from + 1, index - 1), next: index };
}

/** Elements in the order of the form. A question that is not relevant (it has a condition and no answer) is left out. */
function elements(rows: readonly FormRow[], values: Values): string {
  let xml = '';
  for (let index = 0; index < rows.length; ) {
    const row = rows[index] as FormRow;
    const name = row.name ?? '';
    if (row.type.startsWith('begin ')) {
      const block = inside(rows, index);
      const held = values[name];
      const instances = row.type === 'begin group' ? [values] : Array.isArray(held) ? (held as readonly Values[]) : [];
      xml += instances.map((one) => `<${name}>${elements(block.rows, one)}</${name}>`).join('');
      index = block.next;
      continue;
    }
    const value = values[name];
    if (value !== undefined && typeof value !== 'object') xml += `<${name}>${escapeXml(String(value))}</${name}>`;
    else if (!row.relevant) xml += `<${name}/>`;
    index++;
  }
  return xml;
}

interface Meta {
  readonly instanceId: string;
  readonly supersedes?: string;
  readonly name: string;
}

function instanceXml(form: FormSheets, values: Values, meta: Meta, ids: InstanceIds): string {
  const deprecated = meta.supersedes ? `<deprecatedID>uuid:${meta.supersedes}</deprecatedID>` : '';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<data id="${form.formId}" version="${escapeXml(ids.version ?? form.version)}">`,
    elements(form.survey, values),
    `<meta><instanceID>uuid:${meta.instanceId}</instanceID>${deprecated}`,
    `<instanceName>${escapeXml(meta.name)}</instanceName></meta>`,
    '</data>',
  ].join('');
}

const times = (from: string, to: string): Values => ({
  start: from.replace('+06:00', '.000+06:00'),
  end: to.replace('+06:00', '.000+06:00'),
  today: from.slice(0, 10),
});

/** The visit as ODK Collect or the field app sends it: the instance of `oversight_visit`. */
export function visitInstanceXml(visit: Visit, ids: InstanceIds = {}): string {
  const facility = ids.facilityId?.(visit.facilityKey) ?? visit.facilityKey;
  const { lat, lon, accuracy } = visit.arrival;
  const photos = Object.entries(visit.photos).map(([item, photo]) => [`photo_${item}`, photo.name] as const);
  const comments = Object.entries(visit.comments).map(([domain, text]) => [`comment_${domain}`, text] as const);
  const values: Values = {
    ...times(visit.startedAt, visit.endedAt),
    assignment_id: ids.assignmentId,
    facility,
    facility_id: facility,
    facility_type: typeOn(facilityOf(visit.facilityKey), visit.visitedOn),
    visited_on: visit.visitedOn,
    arrival_point: `${lat} ${lon} 0.0 ${accuracy.toFixed(1)}`,
    head_told: 'OK',
    ...visit.answers,
    ...Object.fromEntries(photos),
    ...Object.fromEntries(comments),
    problem_count: visit.problems.length,
    problem: visit.problems.map((problem) => ({
      problem_no: problem.no,
      description: problem.description,
      row: problem.row,
      severity: problem.severity,
      photo_before: problem.photo?.name,
    })),
    interview_count: visit.interviews.length,
    interview: visit.interviews.map((talk) => ({
      consent: 'OK',
      // An empty choice of groups is an answer: the person is in none of them.
      groups: talk.groups.join(' '),
      sex: talk.sex,
      age_band: talk.ageBand,
      waiting_minutes: talk.waitingMinutes,
      consultation_minutes: talk.consultationMinutes,
      politeness: talk.politeness,
      asked_payment: talk.askedPayment,
    })),
  };
  const meta = {
    instanceId: visit.instanceId,
    name: `${facility} ${visit.visitedOn}`,
    ...(visit.supersedes ? { supersedes: visitOf(visit.supersedes.visit).instanceId } : {}),
  };
  return instanceXml(VISIT_FORM, values, meta, ids);
}

/** The facility's answer as an instance of `oversight_answer`. */
export function answerInstanceXml(answer: FacilityAnswer, ids: InstanceIds = {}): string {
  const facility = ids.facilityId?.(answer.facilityKey) ?? answer.facilityKey;
  const values: Values = {
    ...times(answer.receivedAt, answer.receivedAt),
    assignment_id: ids.assignmentId,
    facility_id: facility,
    visit_id: answer.visitInstanceId,
    answered_on: answer.answeredOn,
    position: answer.position,
    read_card: 'yes',
    problem_count: answer.problems.length,
    problem: answer.problems.map(({ no, ...rest }) => ({ problem_no: no, ...rest })),
    comment: answer.comment === '' ? undefined : answer.comment,
  };
  const meta = { instanceId: answer.instanceId, name: `${facility} ${answer.answeredOn}` };
  return instanceXml(ANSWER_FORM, values, meta, ids);
}

/** Word of a fix as an instance of `oversight_fix`. */
export function fixInstanceXml(fix: Fix, ids: InstanceIds = {}): string {
  const facility = ids.facilityId?.(fix.facilityKey) ?? fix.facilityKey;
  const checked = `${fix.checkedOn}T12:30:00+06:00`;
  const values: Values = {
    ...times(checked, checked),
    assignment_id: ids.assignmentId,
    facility_id: facility,
    problem_ref: fix.problemRef,
    checked_on: fix.checkedOn,
    state: fix.state,
    what_done: fix.whatDone ?? undefined,
    photo_after: fix.photo?.name,
    confirmed_by: fix.confirmedBy,
    users_confirmed: fix.usersConfirmed,
  };
  return instanceXml(FIX_FORM, values, { instanceId: fix.instanceId, name: `${fix.problemRef} ${fix.checkedOn}` }, ids);
}
