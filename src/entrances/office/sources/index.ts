import type { NavEntry, Page, Rules } from '../../../kernel/access/index.ts';
import type { Follows } from '../../../kernel/subjects/index.ts';
import { list } from './list.tsx';
import { createSource, newSource } from './new-source.tsx';
import { createVersion, newVersion } from './new-version.tsx';
import { endVersionNow, showSource, undoVersionNow } from './source.tsx';

export const sourceRules: Rules = {
  'sources.view': ['coordinator', 'reviewer', 'auditor'],
  'sources.edit': ['coordinator'],
};
export const sourceNav: readonly NavEntry[] = [
  {
    place: 'office',
    group: 'registers',
    href: '/office/sources',
    label: 'registers.sources.title',
    icon: 'book',
    action: 'sources.view',
    order: 240,
  },
];

const route = (method: 'GET' | 'POST', path: string, action: string, handle: Page['handle']): Page => ({
  method,
  path,
  action,
  languages: 'paths',
  handle,
});

export const sourceRoutes = (follows: Follows): readonly Page[] => [
  route('GET', '/office/sources', 'sources.view', list),
  route('POST', '/office/sources', 'sources.edit', createSource),
  route('GET', '/office/sources/new', 'sources.edit', (call) => newSource(call)),
  route('GET', '/office/sources/:id', 'sources.view', (call) => showSource(call)),
  route('GET', '/office/sources/:id/new', 'sources.edit', (call) => newVersion(call)),
  route('POST', '/office/sources/:id/versions', 'sources.edit', (call) => createVersion(call, follows)),
  route('POST', '/office/sources/:id/versions/:version/end', 'sources.edit', (call) => endVersionNow(call, follows)),
  route('POST', '/office/sources/:id/versions/:version/undo', 'sources.edit', (call) => undoVersionNow(call, follows)),
];
