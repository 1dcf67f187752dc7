import { accountNames, type Call, officePage } from '../../../kernel/access/index.ts';
import { assignmentsOf } from '../../../kernel/assignments/index.ts';
import { recordsById, setAsideList } from '../../../kernel/records/index.ts';
import { subjects, today } from '../../../kernel/subjects/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import { Card, EmptyState } from '../../../ui/index.ts';
import { recordHandlers } from '../handlers.ts';
import { standing } from '../standing.ts';
import { VISITS, VisitTable } from './board.tsx';
import { actorOf } from './common.tsx';
import { AsideDecision } from './record-notices.tsx';

/** Far enough back and ahead for all that a person was ever asked. */
const EVER = ['1900-01-01', '2999-12-31'] as const;

/** What is asked of this monitor, what came back to them, what is due. */
export async function myVisitsPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const me = actorOf(call);
  const tasks = await assignmentsOf(sql, space.id, me.accountId, ...EVER);
  const visits = await standing(sql, space.id, tasks, today(call.now()));
  const due = (state: string): number => (['planned', 'agreed', 'returned'].includes(state) ? 0 : 1);
  const rows = [...visits].sort((a, b) => due(a.state) - due(b.state));
  return page(
    officePage(
      call,
      { title: l.t('oversight.my.title'), subheading: l.t('oversight.my.lead') },
      <VisitTable l={l} rows={rows} names={new Map([[me.accountId, me.name]])} caption={l.t('oversight.my.title')} />,
    ),
  );
}

/** Records of our forms that wait for a decision, wherever they belong. */
export async function asidesPage(call: Call): Promise<Reply> {
  const { l, sql, space } = call;
  const waiting = await openAsides(call);
  const [facilities, names] = await Promise.all([
    subjects(sql, space.id, [...new Set(waiting.flatMap(({ record }) => record.subjectId ?? []))]),
    accountNames(sql, space.id, [...new Set(waiting.flatMap(({ record }) => record.authorId ?? []))]),
  ]);
  const title = l.t('oversight.asides.title');
  return page(
    officePage(
      call,
      { title, subheading: l.t('oversight.asides.lead') },
      waiting.length === 0 ? (
        <EmptyState title={l.t('oversight.asides.none')} icon="done">
          {l.t('oversight.asides.noneMore')}
        </EmptyState>
      ) : (
        <div class="flow">
          {waiting.map(({ aside, record }) => (
            <Card
              key={aside.id}
              title={l.pick(facilities.get(record.subjectId ?? '')?.name) || l.t('oversight.asides.unknown')}
              {...(record.assignmentId && { href: l.href(`${VISITS}/${record.assignmentId}`) })}
              kicker={[names.get(record.authorId ?? ''), l.dateTime(record.receivedAt)].filter(Boolean).join(' · ')}
            >
              <p>{l.t(aside.key, aside.details)}</p>
              {record.authorId !== call.actor?.accountId && <AsideDecision l={l} aside={aside} back="" />}
            </Card>
          ))}
        </div>
      ),
    ),
  );
}

/** Reasons for which records of our forms wait, with the record. */
export async function openAsides(call: Call) {
  const { sql, space } = call;
  const asides = await setAsideList(sql, space.id);
  const records = await recordsById(sql, space.id, [...new Set(asides.map((aside) => aside.recordId))]);
  const byId = new Map(records.map((record) => [record.id, record]));
  return asides.flatMap((aside) => {
    const record = byId.get(aside.recordId);
    return record && record.formKey in recordHandlers ? [{ aside, record }] : [];
  });
}
