import type { Call } from '../../../kernel/access/index.ts';
import { type Question, questionsOf } from '../../../kernel/forms/index.ts';
import {
  type Aside,
  type Conflict,
  conflicts,
  type JudgedRecord,
  partText,
  questionAt,
  type RecordDetail,
  setAsideList,
  versionsOf,
} from '../../../kernel/records/index.ts';
import type { Locale } from '../../../platform/i18n/index.ts';
import { Alert, Button, ButtonRow, DataTable, ScrollBox, Section, TextArea } from '../../../ui/index.ts';
import { type Change, changesBetween } from '../changes.ts';

export type Notices = {
  readonly asides: readonly Aside[];
  readonly conflicts: readonly Conflict[];
  readonly questions: readonly Question[];
};

const questionsFor = async (call: Call, record: Pick<JudgedRecord, 'formVersionId'>): Promise<readonly Question[]> =>
  record.formVersionId ? await questionsOf(call.sql, call.space.id, record.formVersionId) : [];

/** What about a record waits for a person. */
export async function noticesOf(call: Call, record: JudgedRecord): Promise<Notices> {
  const { sql, space } = call;
  const [asides, both, questions] = await Promise.all([
    setAsideList(sql, space.id, record.id),
    conflicts(sql, space.id, record.id),
    questionsFor(call, record),
  ]);
  return {
    asides: asides.filter((aside) => !aside.resolvedAt),
    conflicts: both.filter((conflict) => !conflict.resolvedAt),
    questions,
  };
}

type ListProps = {
  readonly call: Call;
  readonly record: Pick<JudgedRecord, 'id' | 'incomplete' | 'clockOff' | 'authorId'>;
  readonly notices: Notices;
  /** The visit to come back to. */
  readonly back: string;
};

/** Why the record waits, each reason with the decision that a second person may take. */
export function NoticeList({ call, record, notices, back }: ListProps) {
  const { l, actor } = call;
  const decides = call.can('oversight.review') && record.authorId !== actor?.accountId;
  return (
    <>
      {notices.asides.map((aside) => (
        <Alert key={aside.id} tone="warn" title={l.t('oversight.aside.title')}>
          <p>{l.t(aside.key, aside.details)}</p>
          {aside.parts.length > 0 && (
            <ul>
              {aside.parts.map((part) => (
                <li key={part.at}>
                  {l.pick(questionAt(notices.questions, part.at)?.labels) || part.at}: {partText(l, part)}
                </li>
              ))}
            </ul>
          )}
          {decides && <AsideDecision l={l} aside={aside} back={back} />}
        </Alert>
      ))}
      {notices.conflicts.map((conflict) => (
        <Alert key={conflict.id} tone="warn" title={l.t('oversight.twice.title')}>
          <p>{l.t('oversight.twice.lead', { when: l.dateTime(conflict.receivedAt) })}</p>
          <details>
            <summary>{l.t('oversight.twice.second')}</summary>
            <ScrollBox label={l.t('oversight.twice.second')}>
              <pre class="small">{conflict.xml}</pre>
            </ScrollBox>
          </details>
          {decides && (
            <form method="post" action={l.href(`/office/oversight/twice/${conflict.id}`)}>
              <input type="hidden" name="visit" value={back} />
              <ButtonRow>
                <Button name="resolution" value="kept_first">
                  {l.t('oversight.twice.keepFirst')}
                </Button>
                <Button name="resolution" value="took_second">
                  {l.t('oversight.twice.takeSecond')}
                </Button>
              </ButtonRow>
            </form>
          )}
        </Alert>
      ))}
      {record.incomplete && <Alert tone="info" title={l.t('oversight.incomplete')} />}
      {record.clockOff && <Alert tone="info" title={l.t('oversight.clockOff')} />}
    </>
  );
}

/** One decision on one reason, with its own reason. */
function AsideDecision({ l, aside, back }: { l: Locale; aside: Aside; back: string }) {
  return (
    <form method="post" action={l.href(`/office/oversight/asides/${aside.id}`)} class="form flow">
      <input type="hidden" name="visit" value={back} />
      <TextArea
        l={l}
        name="reason"
        id={`reason-${aside.id}`}
        label={l.t('oversight.reason')}
        rows={2}
        required
        maxLength={1000}
      />
      <ButtonRow>
        <Button name="resolution" value="accepted" icon="check">
          {l.t('oversight.aside.accept')}
        </Button>
        <Button name="resolution" value="rejected" look="danger">
          {l.t('oversight.aside.reject')}
        </Button>
        <Button name="resolution" value="superseded" look="quiet">
          {l.t('oversight.aside.superseded')}
        </Button>
      </ButtonRow>
    </form>
  );
}

export type ShownVersion = {
  readonly record: RecordDetail;
  readonly changes: readonly Change[];
  readonly questions: readonly Question[];
};

/** The corrections of a record, the newest first, each with what it changed. Nothing for a record that was never corrected. */
export async function versionsShown(call: Call, record: JudgedRecord): Promise<readonly ShownVersion[]> {
  const versions = await versionsOf(call.sql, call.space.id, record.rootId);
  const questions = await questionsFor(call, record);
  const byId = new Map(versions.map((one) => [one.id, one]));
  return versions
    .flatMap((one) => {
      const before = byId.get(one.supersedes ?? '');
      return before ? [{ record: one, changes: changesBetween(before.answers, one.answers), questions }] : [];
    })
    .reverse();
}

/** An answer's path as people read it: the question, and which one of a repeat. */
function questionWords(l: Locale, questions: readonly Question[], path: string): string {
  const words = l.pick(questionAt(questions, `/data/${path}`)?.labels);
  const which = /\[(\d+)\]/.exec(path)?.[1];
  return words ? (which ? `${which}. ${words}` : words) : path;
}

function answerWords(l: Locale, questions: readonly Question[], path: string, value: string | null): string {
  if (value === null) return '–';
  const choice = questionAt(questions, `/data/${path}`)?.choices.find((one) => one.value === value);
  return l.pick(choice?.labels) || value;
}

/** What each correction changed, the old answer beside the new one. */
export function Versions({ call: { l }, versions }: { call: Call; versions: readonly ShownVersion[] }) {
  return (
    <Section title={l.t('oversight.versions.title')} id="versions">
      {versions.map(({ record, changes, questions }) => (
        <DataTable
          key={record.id}
          l={l}
          showCaption
          caption={l.t('oversight.versions.of', { when: l.dateTime(record.receivedAt) })}
          rows={changes}
          rowKey={(change) => change.path}
          empty={<p class="soft">{l.t('oversight.versions.same')}</p>}
          columns={[
            {
              key: 'question',
              label: l.t('oversight.versions.question'),
              head: true,
              cell: (change) => questionWords(l, questions, change.path),
            },
            {
              key: 'before',
              label: l.t('oversight.versions.before'),
              cell: (change) => <del>{answerWords(l, questions, change.path, change.before)}</del>,
            },
            {
              key: 'after',
              label: l.t('oversight.versions.after'),
              cell: (change) => <ins>{answerWords(l, questions, change.path, change.after)}</ins>,
            },
          ]}
        />
      ))}
    </Section>
  );
}
