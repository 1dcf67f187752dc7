import { type Call, officePage } from '../../../kernel/access/index.ts';
import { assignmentsOf } from '../../../kernel/assignments/index.ts';
import { today } from '../../../kernel/subjects/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import { standing } from '../standing.ts';
import { VisitTable } from './board.tsx';
import { actorOf } from './common.tsx';

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
