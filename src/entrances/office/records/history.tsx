import type { Call } from '../../../kernel/access/index.ts';
import type { JudgedRecord, RecordDetail } from '../../../kernel/records/index.ts';
import { DataTable, type Happening, Section, Timeline } from '../../../ui/index.ts';
import { answerText, type Change } from './answers.ts';
import { changeLabel } from './decide.tsx';
import { seesPeople } from './reader.ts';

const LOOK = {
  accepted: { icon: 'check', tone: 'good' },
  returned: { icon: 'undo', tone: 'warn' },
  rejected: { icon: 'close', tone: 'bad' },
  withdrawn: { icon: 'hidden', tone: 'warn' },
} as const;

/** The versions of a record, what this one changed, and what was said of it, the newest first. */
export function History(props: {
  call: Call;
  record: JudgedRecord;
  versions: readonly RecordDetail[];
  who: (id: string | null) => string;
  changes: readonly Change[];
  names: ReadonlyMap<string, string>;
}) {
  const { call, record, versions, who, changes, names } = props;
  const { l } = call;
  const came = versions.map((version, i): Happening & { at: Date } => ({
    key: version.id,
    at: version.receivedAt,
    iso: version.receivedAt.toISOString(),
    when: l.dateTime(version.receivedAt),
    who: who(version.authorId),
    icon: i === 0 ? 'inbox' : 'edit',
    what:
      version.id === record.id ? (
        l.t(i === 0 ? 'office.records.came' : 'office.records.correction')
      ) : (
        <a href={l.href(`/office/records/${version.id}`)}>
          {l.t(i === 0 ? 'office.records.came' : 'office.records.correction')}
        </a>
      ),
  }));
  const said = record.judgements.map((judgement): Happening & { at: Date } => ({
    key: judgement.id,
    at: judgement.at,
    iso: judgement.at.toISOString(),
    when: l.dateTime(judgement.at),
    who: who(judgement.byId),
    what: l.t(`office.records.said.${judgement.verdict}`),
    ...LOOK[judgement.verdict],
    ...(judgement.reason && seesPeople(call) && { note: judgement.reason }),
  }));
  const items = [...came, ...said].sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <Section title={l.t('office.records.history')}>
      <Timeline label={l.t('office.records.history')} items={items} />
      {changes.length > 0 && (
        <DataTable
          l={l}
          caption={l.t('office.records.changed')}
          showCaption
          rows={changes}
          rowKey={(change) => change.question.path + change.turn}
          columns={[
            {
              key: 'question',
              label: l.t('office.records.question'),
              head: true,
              cell: (change) => changeLabel(l, change),
            },
            {
              key: 'before',
              label: l.t('office.records.before'),
              cell: (change) => answerText(l, change.question, change.before, names) || '–',
            },
            {
              key: 'after',
              label: l.t('office.records.after'),
              cell: (change) => answerText(l, change.question, change.after, names) || '–',
            },
          ]}
        />
      )}
    </Section>
  );
}
