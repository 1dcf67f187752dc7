import type { Page } from '../../../kernel/access/index.ts';
import type { Follows, SubjectKind } from '../../../kernel/subjects/index.ts';
import { SHELF } from './common.tsx';
import { changeForm, reopen, saveChange } from './subject-change.tsx';
import {
  createSubject,
  decide,
  nameForm,
  saveName,
  saveSubject,
  subjectForm,
  subjectOf,
  takeBack,
} from './subject-edit.tsx';
import { subjectList } from './subject-list.tsx';
import { showSubject } from './subject-page.tsx';
import { endFact, relateForm, saveRelation } from './subject-relate.tsx';

/**
 * The addresses of one register. People have no splits and mergers; they have "the same person". `follows` is what a fact that is stated
 * here has as its consequence.
 */
export function subjectRoutes(kind: SubjectKind, follows: Follows): readonly Page[] {
  const { path, view, edit } = SHELF[kind];
  const at = (method: 'GET' | 'POST', below: string, action: string, handle: Page['handle']): Page => ({
    method,
    path: path + below,
    action,
    languages: 'paths',
    handle,
  });
  const change: readonly Page[] =
    kind === 'person'
      ? []
      : [
          at('GET', '/:id/change', edit, (call) => changeForm(call, kind)),
          at('POST', '/:id/change', edit, (call) => saveChange(call, kind, follows)),
          at('POST', '/:id/reopen', edit, (call) => reopen(call, kind)),
        ];
  return [
    at('GET', '', view, (call) => subjectList(call, kind)),
    at('GET', '/new', edit, (call) => subjectForm(call, kind, null)),
    at('POST', '', edit, (call) => createSubject(call, kind)),
    at('GET', '/:id', view, (call) => showSubject(call, kind)),
    at('GET', '/:id/edit', edit, async (call) => subjectForm(call, kind, await subjectOf(call, kind))),
    at('POST', '/:id/edit', edit, (call) => saveSubject(call, kind)),
    at('GET', '/:id/name', edit, (call) => nameForm(call, kind)),
    at('POST', '/:id/name', edit, (call) => saveName(call, kind)),
    at('GET', '/:id/relate', edit, (call) => relateForm(call, kind)),
    at('POST', '/:id/relate', edit, (call) => saveRelation(call, kind, follows)),
    at('POST', '/:id/relations/:relation/undo', edit, (call) => takeBack(call, kind, follows)),
    at('POST', '/:id/relations/:relation/end', edit, (call) => endFact(call, kind, follows)),
    at('POST', '/:id/decide', edit, (call) => decide(call, kind)),
    ...change,
  ];
}
