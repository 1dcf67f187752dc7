import type { NavEntry, Page } from '../../../kernel/access/index.ts';
import { answerNow, answerPage, answerPhoto } from './answer.tsx';
import { boardCsv, boardPage, VISITS } from './board.tsx';
import { facilitiesPage } from './facilities.tsx';
import { facilityPage } from './facility.tsx';
import { linePage, setNow, undoNow } from './line.tsx';
import { LINES, linesPage } from './lines.tsx';
import { myVisitsPage } from './my-visits.tsx';
import { changeRound, newRoundPage, planNow, previewRound } from './new-round.tsx';
import { posterPage } from './poster.tsx';
import { decideFix, fixNow, problemPage, stepNow } from './problem.tsx';
import { problemsPage } from './problems.tsx';
import { FACILITIES, PROBLEMS, ROUNDS, roundsPage } from './rounds.tsx';
import { siteCard } from './site-card.tsx';
import { sitePhoto, sitePicture } from './site-files.ts';
import { SITE, siteRound, siteRounds } from './site-rounds.tsx';
import { photoFile, visitPage } from './visit.tsx';
import {
  agreeNow,
  allowNow,
  cancelNow,
  checkNow,
  conflictNow,
  decideAside,
  decideTwice,
  publishNow,
  reopenNow,
  returnNow,
  shareNow,
  uncheckNow,
  undoCheckNow,
  withdrawNow,
} from './visit-acts.tsx';

type Handle = Page['handle'];

const get = (path: string, action: string, handle: Handle): Page => ({
  method: 'GET',
  path,
  action: `oversight.${action}`,
  languages: 'paths',
  handle,
});
const post = (path: string, action: string, handle: Handle): Page => ({ ...get(path, action, handle), method: 'POST' });

const office: readonly Page[] = [
  get(ROUNDS, 'view', roundsPage),
  get(`${ROUNDS}/new`, 'plan', (call) => newRoundPage(call)),
  post(`${ROUNDS}/preview`, 'plan', previewRound),
  post(`${ROUNDS}/change`, 'plan', changeRound),
  post(ROUNDS, 'plan', planNow),
  get(`${ROUNDS}/:id`, 'view', boardPage),
  get(`${ROUNDS}/:id/visits.csv`, 'view', boardCsv),
  get('/office/oversight/my', 'fieldWork', myVisitsPage),
  get(`${VISITS}/:id`, 'visit', (call) => visitPage(call)),
  post(`${VISITS}/:id/agree`, 'agree', agreeNow),
  post(`${VISITS}/:id/conflict`, 'agree', conflictNow),
  post(`${VISITS}/:id/allow`, 'plan', allowNow),
  post(`${VISITS}/:id/cancel`, 'plan', cancelNow),
  post(`${VISITS}/:id/reopen`, 'plan', reopenNow),
  post(`${VISITS}/:id/check`, 'review', checkNow),
  post(`${VISITS}/:id/return`, 'review', returnNow),
  post(`${VISITS}/:id/uncheck`, 'review', uncheckNow),
  post(`${VISITS}/:id/undo-check`, 'review', undoCheckNow),
  post(`${VISITS}/:id/share`, 'share', shareNow),
  post(`${VISITS}/:id/publish`, 'publish', publishNow),
  post(`${VISITS}/:id/withdraw`, 'publish', withdrawNow),
  post('/office/oversight/asides/:id', 'review', decideAside),
  post('/office/oversight/twice/:id', 'review', decideTwice),
  get(LINES, 'view', linesPage),
  get(`${LINES}/:line`, 'view', (call) => linePage(call)),
  post(`${LINES}/:line`, 'plan', setNow),
  post(`${LINES}/:line/:version/undo`, 'plan', undoNow),
  get(FACILITIES, 'view', facilitiesPage),
  get(`${FACILITIES}/:id`, 'view', facilityPage),
  get(PROBLEMS, 'view', problemsPage),
  get(`${PROBLEMS}/:id`, 'view', (call) => problemPage(call)),
  post(`${PROBLEMS}/:id/fix`, 'fix', fixNow),
  post(`${PROBLEMS}/:id/fixes/:recordId`, 'review', decideFix),
  post(`${PROBLEMS}/:id/step`, 'plan', stepNow),
  { ...get('/office/oversight/photos/:id/:name', 'visit', photoFile), languages: 'none' },
];

const file = (path: string, action: string, handle: Handle): Page => ({
  ...get(path, action, handle),
  languages: 'none',
});
/** Pages that are the same for everybody stay ready for a while. */
const open = (path: string, handle: Handle): Page => ({ ...get(path, 'public', handle), cacheSeconds: 20 });

const site: readonly Page[] = [
  open(SITE, siteRounds),
  open(`${SITE}/rounds/:id`, siteRound),
  open(`${SITE}/facilities/:slug`, siteCard),
  open(`${SITE}/facilities/:slug/poster`, posterPage),
  file(`${SITE}/photos/:slug/:sha256`, 'public', sitePhoto),
  file(`${SITE}/pictures/:name/:file`, 'public', sitePicture),
  get(`${SITE}/answer/:token`, 'answer', answerPage),
  post(`${SITE}/answer/:token`, 'answer', answerNow),
  file(`${SITE}/answer/:token/photos/:sha256`, 'answer', answerPhoto),
];

/** Every address of the oversight of facilities. */
export const pages: readonly Page[] = [...office, ...site];

export const nav: readonly NavEntry[] = [
  {
    place: 'site',
    href: SITE,
    label: 'oversight.site.nav',
    icon: 'facility',
    action: 'oversight.public',
    order: 25,
  },
  {
    place: 'office',
    href: ROUNDS,
    label: 'oversight.rounds.title',
    icon: 'round',
    action: 'oversight.view',
    order: 200,
  },
  {
    place: 'office',
    href: '/office/oversight/my',
    label: 'oversight.my.title',
    icon: 'checklist',
    action: 'oversight.fieldWork',
    order: 205,
  },
  {
    place: 'office',
    href: PROBLEMS,
    label: 'oversight.problems.title',
    icon: 'warning',
    action: 'oversight.view',
    order: 210,
  },
  {
    place: 'office',
    href: FACILITIES,
    label: 'oversight.facilities.nav',
    icon: 'facility',
    action: 'oversight.view',
    order: 215,
  },
  {
    place: 'office',
    group: 'registers',
    href: LINES,
    label: 'oversight.lines.title',
    icon: 'checklist',
    action: 'oversight.view',
    order: 245,
  },
];
