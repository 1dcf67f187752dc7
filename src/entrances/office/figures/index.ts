import type { Call, NavEntry, Page, Rules } from '../../../kernel/access/index.ts';
import type { Measure } from '../../../kernel/evidence/index.ts';
import type { Reply } from '../../../platform/http/index.ts';
import { definitionPage, goalPost, redefinePost } from './definition.tsx';
import { evidenceFile, evidenceList, evidenceListCsv, evidenceRow } from './evidence.tsx';
import {
  freezeChangesCsv,
  freezeConfirm,
  freezeEvidenceCsv,
  freezeFiguresCsv,
  freezeList,
  freezePage,
  freezePost,
  freezePrint,
  freezeProgress,
} from './freezes.tsx';
import { indicatorPage } from './indicator.tsx';
import { newIndicatorPage, newIndicatorPost } from './new-indicator.tsx';
import { liveEvidenceCsv, liveFiguresCsv, liveReport, projectFigures, projectList } from './project.tsx';
import type { Figures } from './reader.ts';

export { messages as figureMessages } from './messages/index.ts';

/** Figures, their evidence and frozen reports are for all who answer for results; who defines them works here. */
export const figureRules: Rules = {
  'figures.read': ['coordinator', 'reviewer', 'partner', 'funder', 'auditor'],
  'figures.define': ['coordinator'],
  'figures.freeze': ['coordinator'],
};

export const figureNav: readonly NavEntry[] = [
  {
    ...{ place: 'office', group: 'results', href: '/office/figures', label: 'figures.title', icon: 'figure' },
    ...{ action: 'figures.read', order: 300 },
  },
  {
    ...{ place: 'office', group: 'results', href: '/office/freezes', label: 'figures.freezes', icon: 'freeze' },
    ...{ action: 'figures.read', order: 310 },
  },
];

/** The pages of figures. `measures` are those of every kind, and `reported`: they give names to what is counted. */
export function figurePages(measures: readonly Measure[]): readonly Page[] {
  const figures: Figures = { measures };
  const on =
    (method: 'GET' | 'POST', action: string) =>
    (path: string, handle: (call: Call, figures: Figures) => Promise<Reply>) =>
      ({ method, path, action, languages: 'paths', handle: (call: Call) => handle(call, figures) }) as const;
  const read = on('GET', 'figures.read');
  const define = on('POST', 'figures.define');
  return [
    read('/office/figures', projectList),
    read('/office/figures/:project', projectFigures),
    read('/office/figures/:project/report', liveReport),
    read('/office/figures/:project/figures.csv', liveFiguresCsv),
    read('/office/figures/:project/evidence.csv', liveEvidenceCsv),
    on('GET', 'figures.freeze')('/office/figures/:project/freeze', (call) => freezeConfirm(call)),
    on('POST', 'figures.freeze')('/office/figures/:project/freeze', freezePost),
    on('GET', 'figures.define')('/office/indicators/new', newIndicatorPage),
    define('/office/indicators/new', newIndicatorPost),
    read('/office/indicators/:id', indicatorPage),
    read('/office/indicators/:id/evidence', evidenceList),
    read('/office/indicators/:id/evidence.csv', evidenceListCsv),
    read('/office/indicators/:id/definition', definitionPage),
    define('/office/indicators/:id/definition', redefinePost),
    define('/office/indicators/:id/goals', goalPost),
    read('/office/evidence/:id', evidenceRow),
    { ...read('/office/evidence/:id/files/:name', evidenceFile), languages: 'none' },
    read('/office/freezes', freezeList),
    on('GET', 'figures.freeze')('/office/freezes/asked/:id', (call) => freezeProgress(call)),
    read('/office/freezes/:id', freezePage),
    read('/office/freezes/:id/print', freezePrint),
    read('/office/freezes/:id/figures.csv', freezeFiguresCsv),
    read('/office/freezes/:id/evidence.csv', freezeEvidenceCsv),
    read('/office/freezes/:id/changes.csv', freezeChangesCsv),
  ];
}
