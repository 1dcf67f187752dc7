import { type Call, officePage } from '../../../kernel/access/index.ts';
import { activity } from '../../../kernel/activities/index.ts';
import { form } from '../../../kernel/forms/index.ts';
import {
  attachmentsOf,
  conflicts,
  type JudgedRecord,
  partText,
  questionAt,
  setAsideList,
  versionsOf,
} from '../../../kernel/records/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import type { Problem } from '../../../platform/problem.ts';
import { Alert, Facts, ProblemSummary, Section } from '../../../ui/index.ts';
import { AnswerList } from './answer-list.tsx';
import { changesBetween, linesOf } from './answers.ts';
import { fileOfLine, linesOfConflict, questionsFor, senders, subjectNames } from './content.ts';
import { AsideBox, ConflictBox } from './decide.tsx';
import { Evidence, figuresFed } from './evidence.tsx';
import { History } from './history.tsx';
import { openRecord, type RecordDeps, seesPeople } from './reader.ts';
import { StateChips } from './words.tsx';

/** One record: what was answered, by whom and when, what was said of it, and what counts because of it. */
export async function recordPage(call: Call, deps: RecordDeps, problem?: Problem): Promise<Reply> {
  const { l, sql, space } = call;
  const { record, evidence } = await openRecord(call);
  const open = seesPeople(call);
  const [questions, files, asides, contents, versions, formFound, activityFound] = await Promise.all([
    questionsFor(call, record),
    attachmentsOf(sql, space.id, record.id),
    open ? setAsideList(sql, space.id, record.id) : [],
    open ? conflicts(sql, space.id, record.id) : [],
    versionsOf(sql, space.id, record.rootId),
    form(sql, space.id, record.formId),
    record.activityId ? activity(sql, space.id, record.activityId) : null,
  ]);
  const lines = linesOf(questions, record.answers);
  const before = versions.find((one) => one.id === record.supersedes);
  const linesBefore = before ? linesOf(await questionsFor(call, before), before.answers) : [];
  const others = await Promise.all(contents.map((one) => linesOfConflict(call, record, one)));
  const names = await subjectNames(call, [...lines, ...linesBefore, ...others.flat()], [record.subjectId]);
  const who = await senders(call, [
    ...versions.map((one) => one.authorId),
    ...record.judgements.map((one) => one.byId),
    ...asides.map((one) => one.resolvedBy),
    ...contents.flatMap((one) => [one.authorId, one.resolvedBy]),
  ]);
  const title = l.pick(formFound?.title) || record.formKey;
  const about = names.get(record.subjectId ?? '');
  const missing = files.filter((file) => !file.sha256);
  return page(
    officePage(
      call,
      {
        title: about ? `${title}: ${about}` : title,
        crumbs: [
          ...(open ? [{ label: l.t('office.records.title'), href: l.href('/office/records') }] : []),
          { label: title },
        ],
      },
      <div class="flow">
        <p>
          <StateChips l={l} record={record} />
        </p>
        {problem && (
          <ProblemSummary
            title={l.t(problem.key, problem.details)}
            problems={problem.parts.map((part) => ({ text: l.t(part.key, part.details) }))}
          />
        )}
        {record.clockOff && (
          <Alert tone="warn" title={l.t('office.records.clock')}>
            {l.t('office.records.clockMore')}
          </Alert>
        )}
        {missing.length > 0 && (
          <Alert tone="warn" title={l.t('office.records.missing', { n: missing.length })}>
            {open ? missing.map((file) => file.name).join(', ') : l.t('office.records.missingMore')}
          </Alert>
        )}
        {asides.map((aside) => (
          <AsideBox
            key={aside.id}
            call={call}
            aside={aside}
            who={who}
            parts={aside.parts.map((part) => ({
              label: l.pick(questionAt(questions, part.at)?.labels) || part.at,
              text: partText(l, part),
            }))}
          />
        ))}
        {contents.map((conflict, i) => (
          <ConflictBox
            key={conflict.id}
            call={call}
            first={record}
            conflict={conflict}
            changes={changesBetween(lines, others[i] ?? [])}
            names={names}
            who={who}
          />
        ))}
        <Section title={l.t('office.records.answers')}>
          <AnswerList
            call={call}
            recordId={record.id}
            lines={lines}
            names={names}
            fileOf={(line) => fileOfLine(line, files)}
          />
        </Section>
        <Section title={l.t('office.records.when')} lead={l.t('office.records.whenMore')}>
          <Facts facts={times(call, record, who, activityFound ? l.pick(activityFound.title) : null)} />
        </Section>
        <Evidence call={call} deps={deps} rows={evidence} indicators={await figuresFed(call, evidence)} />
        <History
          call={call}
          record={record}
          versions={open ? versions : versions.filter((one) => one.id === record.id)}
          who={who}
          changes={open && before ? changesBetween(linesBefore, lines) : []}
          names={names}
        />
      </div>,
    ),
    problem?.status ?? 200,
  );
}

/** Three times are three questions: when it happened, when the phone says it was filled in, when it came here. */
function times(call: Call, record: JudgedRecord, who: (id: string | null) => string, activityTitle: string | null) {
  const { l } = call;
  return [
    { term: l.t('office.records.happened'), value: record.occurredOn ? l.date(record.occurredOn) : '–' },
    { term: l.t('office.records.captured'), value: record.capturedAt ? l.dateTime(record.capturedAt) : '–' },
    { term: l.t('office.records.received'), value: l.dateTime(record.receivedAt) },
    { term: l.t('office.records.person'), value: who(record.authorId) },
    { term: l.t('office.records.door'), value: l.t(`office.records.door.${record.door}`) },
    { term: l.t('office.records.version'), value: record.formVersion || '–' },
    ...(activityTitle ? [{ term: l.t('office.records.activity'), value: activityTitle }] : []),
    { term: l.t('office.records.number'), value: <code>{record.id}</code> },
  ];
}
