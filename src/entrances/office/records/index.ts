import type { Call, NavEntry, Page, Rules } from '../../../kernel/access/index.ts';
import type { Reply } from '../../../platform/http/index.ts';
import { recordFile } from './files.ts';
import { recordList } from './list.tsx';
import type { RecordDeps } from './reader.ts';
import { recordPage } from './record.tsx';
import { asidePost, conflictPost } from './resolve.ts';

export { recordTodos } from './list.tsx';
export { messages as recordPageMessages } from './messages/index.ts';
export type { RecordDeps } from './reader.ts';

/** Records are for those who work with them and for auditors; a funder opens one by the evidence that stands on it. */
export const recordRules: Rules = {
  'records.list': ['coordinator', 'reviewer', 'auditor'],
  'records.view': ['coordinator', 'reviewer', 'auditor', 'funder'],
  'records.resolve': ['coordinator', 'reviewer'],
};

export const recordNav: readonly NavEntry[] = [
  {
    ...{ place: 'office', group: 'registers', href: '/office/records', label: 'office.records.title', icon: 'inbox' },
    ...{ action: 'records.list', order: 200 },
  },
];

/** The pages of records. */
export function recordPages(deps: RecordDeps): readonly Page[] {
  const on = (
    method: 'GET' | 'POST',
    path: string,
    action: string,
    handle: (call: Call, deps: RecordDeps) => Promise<Reply>,
  ): Page => ({ method, path, action, languages: 'paths', handle: (call) => handle(call, deps) });
  return [
    on('GET', '/office/records', 'records.list', recordList),
    on('GET', '/office/records/:id', 'records.view', (call) => recordPage(call, deps)),
    on('POST', '/office/records/:id/asides/:aside', 'records.resolve', asidePost),
    on('POST', '/office/records/:id/conflicts/:conflict', 'records.resolve', conflictPost),
    { ...on('GET', '/office/records/:id/files/:name', 'records.view', recordFile), languages: 'none' },
  ];
}
