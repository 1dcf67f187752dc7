import type { Call } from '../../../kernel/access/index.ts';
import type { Aside, Conflict, RecordRow } from '../../../kernel/records/index.ts';
import { Alert, Button, ButtonRow, DataTable, Section, TextArea } from '../../../ui/index.ts';
import { answerText, type Change } from './answers.ts';

/** Why the record waits, answer by answer, and the decision or the person who made it. */
export function AsideBox(props: {
  call: Call;
  aside: Aside;
  who: (id: string | null) => string;
  parts: readonly { readonly label: string; readonly text: string }[];
}) {
  const { call, aside, who, parts } = props;
  const { l } = call;
  const words = (
    <>
      <p>{l.t(aside.key, aside.details)}</p>
      {parts.length > 0 && (
        <ul class="list">
          {parts.map((part) => (
            <li key={part.label + part.text}>
              <strong>{part.label}:</strong> {part.text}
            </li>
          ))}
        </ul>
      )}
    </>
  );
  if (aside.resolvedAt)
    return (
      <Alert tone="info" title={l.t(`office.records.aside.was.${aside.resolution ?? 'accepted'}`)}>
        {words}
        <p class="soft small">
          {l.dateTime(aside.resolvedAt)}, {who(aside.resolvedBy)}
          {aside.reason && `: ${aside.reason}`}
        </p>
      </Alert>
    );
  const action = l.href(`/office/records/${aside.recordId}/asides/${aside.id}`);
  return (
    <Section title={l.t('office.records.aside.title')}>
      {words}
      {call.can('records.resolve') && (
        <form method="post" action={action} class="form flow">
          <TextArea
            l={l}
            name="reason"
            id={`reason-${aside.id}`}
            label={l.t('office.records.reason')}
            hint={l.t('office.records.reasonHint')}
            rows={2}
            required
            maxLength={1000}
          />
          <ButtonRow>
            <Button look="main" icon="check" name="resolution" value="accepted">
              {l.t('office.records.aside.accept')}
            </Button>
            <Button look="danger" icon="close" name="resolution" value="rejected">
              {l.t('office.records.aside.reject')}
            </Button>
          </ButtonRow>
        </form>
      )}
    </Section>
  );
}

/** Two contents that came under one id, answer beside answer where they differ. */
export function ConflictBox(props: {
  call: Call;
  first: RecordRow;
  conflict: Conflict;
  changes: readonly Change[];
  names: ReadonlyMap<string, string>;
  who: (id: string | null) => string;
}) {
  const { call, first, conflict, changes, names, who } = props;
  const { l } = call;
  const cell = (change: Change, value: string) => answerText(l, change.question, value, names) || '–';
  return (
    <Section title={l.t('office.records.conflict.title')} lead={l.t('office.records.conflict.lead')}>
      <DataTable
        l={l}
        caption={l.t('office.records.conflict.title')}
        rows={changes}
        rowKey={(change) => change.question.path + change.turn}
        empty={<p class="soft">{l.t('office.records.conflict.same')}</p>}
        columns={[
          {
            key: 'question',
            label: l.t('office.records.question'),
            head: true,
            cell: (change) => changeLabel(l, change),
          },
          {
            key: 'first',
            label: l.t('office.records.conflict.first', {
              time: l.dateTime(first.receivedAt),
              who: who(first.authorId),
            }),
            cell: (change) => cell(change, change.before),
          },
          {
            key: 'second',
            label: l.t('office.records.conflict.second', {
              time: l.dateTime(conflict.receivedAt),
              who: who(conflict.authorId),
            }),
            cell: (change) => cell(change, change.after),
          },
        ]}
      />
      {conflict.resolvedAt ? (
        <p class="soft">
          {l.t(`office.records.conflict.${conflict.resolution ?? 'kept_first'}`)} {l.dateTime(conflict.resolvedAt)},{' '}
          {who(conflict.resolvedBy)}
        </p>
      ) : (
        call.can('records.resolve') && (
          <form method="post" action={l.href(`/office/records/${first.id}/conflicts/${conflict.id}`)}>
            <ButtonRow>
              <Button name="resolution" value="kept_first">
                {l.t('office.records.conflict.keepFirst')}
              </Button>
              <Button name="resolution" value="took_second">
                {l.t('office.records.conflict.takeSecond')}
              </Button>
            </ButtonRow>
          </form>
        )
      )}
    </Section>
  );
}

/** The question's words, with the turn of its repeat. */
export function changeLabel(l: Call['l'], { question, turn }: Change): string {
  return `${l.pick(question.labels) || question.name}${turn && ` (${turn})`}`;
}
