import type { Call, NavEntry, Page, Rules } from '../../../kernel/access/index.ts';
import type { Reply } from '../../../platform/http/index.ts';
import { formPage } from './form.tsx';
import { type FormDeps, formList, uploadPost } from './list.tsx';
import {
  publishPost,
  retirePost,
  templateFile,
  versionFile,
  versionPage,
  workbookFile,
  xformFile,
} from './version.tsx';

export type { FormDeps } from './list.tsx';
export { messages as formPageMessages } from './messages/index.ts';

export const formRules: Rules = {
  'forms.view': ['coordinator', 'reviewer', 'auditor'],
  'forms.edit': ['coordinator'],
};

export const formNav: readonly NavEntry[] = [
  {
    ...{ place: 'office', group: 'registers', href: '/office/forms', label: 'office.forms.title', icon: 'form' },
    ...{ action: 'forms.view', order: 210 },
  },
];

/** The pages of forms: bring a workbook, see what is wrong with it, look at it in three languages, publish and retire. */
export function formPages(deps: FormDeps): readonly Page[] {
  const on = (
    method: 'GET' | 'POST',
    path: string,
    action: string,
    handle: (call: Call, deps: FormDeps) => Promise<Reply>,
  ): Page => ({ method, path, action, languages: 'paths', handle: (call) => handle(call, deps) });
  const version = '/office/forms/:id/versions/:version';
  return [
    on('GET', '/office/forms', 'forms.view', (call) => formList(call, deps)),
    on('POST', '/office/forms', 'forms.edit', uploadPost),
    on('GET', '/office/forms/:id', 'forms.view', formPage),
    on('GET', version, 'forms.view', versionPage),
    on('POST', `${version}/publish`, 'forms.edit', publishPost),
    on('POST', `${version}/retire`, 'forms.edit', retirePost),
    { ...on('GET', '/office/forms/template.xlsx', 'forms.view', templateFile), languages: 'none' },
    { ...on('GET', `${version}/workbook.xlsx`, 'forms.view', workbookFile), languages: 'none' },
    { ...on('GET', `${version}/form.xml`, 'forms.view', xformFile), languages: 'none' },
    { ...on('GET', `${version}/files/:name`, 'forms.view', versionFile), languages: 'none' },
  ];
}
