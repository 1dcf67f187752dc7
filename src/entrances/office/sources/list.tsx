import { type Call, officePage } from '../../../kernel/access/index.ts';
import { type Source, sources } from '../../../kernel/sources/index.ts';
import { page, type Reply } from '../../../platform/http/index.ts';
import { folds } from '../../../platform/i18n/index.ts';
import { DataTable, EmptyState, FilterBar, LinkButton } from '../../../ui/index.ts';
import { asked } from '../registers/common.tsx';

/** The sources of the space, searched by title and code. */
export async function list(call: Call): Promise<Reply> {
  const { l } = call;
  const q = asked(call, 'q');
  const all = await sources(call.sql, call.space.id);
  const rows = all.filter((row) => {
    const words = folds([row.key, ...Object.values(row.title)].join(' '));
    return folds(q).every((beginning) => words.some((word) => word.startsWith(beginning)));
  });
  const add = call.can('sources.edit') && (
    <LinkButton look="main" icon="plus" href={l.href('/office/sources/new')}>
      {l.t('registers.sources.add')}
    </LinkButton>
  );
  return page(
    officePage(
      call,
      { title: l.t('registers.sources.title'), actions: add },
      <div class="flow">
        <FilterBar
          l={l}
          action={l.href('/office/sources')}
          search={{ value: q, label: l.t('registers.sources.search') }}
        />
        <DataTable<Source>
          l={l}
          caption={l.t('registers.sources.title')}
          rows={rows}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'title',
              label: l.t('registers.title'),
              head: true,
              cell: (row) => <a href={l.href(`/office/sources/${row.id}`)}>{l.pick(row.title)}</a>,
            },
            { key: 'key', label: l.t('registers.code'), cell: (row) => row.key },
          ]}
          empty={
            <EmptyState title={l.t(q ? 'registers.nothingFound' : 'registers.sources.none')} icon="book" action={add}>
              {l.t(q ? 'registers.nothingFoundMore' : 'registers.sources.noneMore')}
            </EmptyState>
          }
        />
      </div>,
    ),
  );
}
