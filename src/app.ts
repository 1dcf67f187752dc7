import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { apiMessages, apiPages, apiRules } from './entrances/api/index.ts';
import { type FieldDeps, fieldMessages, fieldNav, fieldPages, fieldRules } from './entrances/field/index.ts';
import {
  figureMessages,
  figureNav,
  figurePages,
  figureRules,
  formNav,
  formPageMessages,
  formPages,
  formRules,
  officeMessages,
  officeNav,
  officePages,
  officeRules,
  recordNav,
  recordPageMessages,
  recordPages,
  recordRules,
  recordTodos,
  registerMessages,
  registerNav,
  registerPages,
  registerRules,
  registerSearches,
} from './entrances/office/index.ts';
import { openRosaMessages, openRosaRoutes, openRosaRules } from './entrances/openrosa/index.ts';
import { siteMessages, siteNav, sitePages, siteRules } from './entrances/site/index.ts';
import { askedLanguage, fromCache, makeMount } from './entrances/web/index.ts';
import { accessMessages, type NavEntry, type Page, type Rules } from './kernel/access/index.ts';
import { activityMessages } from './kernel/activities/index.ts';
import { assignmentsMessages } from './kernel/assignments/index.ts';
import {
  evidenceFollows,
  evidenceMessages,
  REPORTED_FORM,
  reported,
  reportedHandler,
} from './kernel/evidence/index.ts';
import { flowMessages } from './kernel/flow/index.ts';
import { formsMessages } from './kernel/forms/index.ts';
import { freezeJobs, freezeMessages } from './kernel/freezes/index.ts';
import { indicatorMessages } from './kernel/indicators/index.ts';
import type { Kind } from './kernel/kinds/index.ts';
import { projectMessages } from './kernel/projects/index.ts';
import { publicationMessages } from './kernel/publications/index.ts';
import { recordJobs, recordsMessages } from './kernel/records/index.ts';
import { sourceMessages } from './kernel/sources/index.ts';
import { anySpace, spaceMessages } from './kernel/spaces/index.ts';
import { subjectMessages } from './kernel/subjects/index.ts';
import type { Sql } from './platform/db/index.ts';
import type { FileStore } from './platform/files/index.ts';
import { createServer, loadAssets, mountRoutes } from './platform/http/index.ts';
import {
  type Catalogue,
  LANGUAGES,
  type Language,
  type Locale,
  makeLocale,
  makeTranslator,
} from './platform/i18n/index.ts';
import type { JobHandler } from './platform/jobs/index.ts';
import { messages as platformMessages } from './platform/messages/index.ts';
import { notFound } from './platform/problem.ts';
import { ROOT } from './platform/root.ts';
import type { Settings } from './platform/settings.ts';
import { registry } from './programmes/registry.ts';
import { donorMessages } from './reports/donor/index.ts';
import { formControlMessages } from './ui/form/index.ts';
import { uiMessages } from './ui/index.ts';

export type AppOptions = {
  readonly sql: Sql;
  readonly files: FileStore;
  readonly settings: Settings;
  readonly kinds?: readonly Kind[];
  readonly now?: () => Date;
  readonly requestsPerMinute?: number;
};

/** All that the server answers, joined from the rooms: pages, the one table of rules, the menus and the words. */
export type App = {
  readonly http: FastifyInstance;
  readonly pages: readonly Page[];
  readonly rules: Rules;
  readonly locales: Readonly<Record<Language, Locale>>;
};

/** All work that is done for later: pictures for all eyes, and frozen reports. */
export function jobsOf(files: FileStore): ReadonlyMap<string, JobHandler> {
  return new Map([...recordJobs(files), ...freezeJobs()]);
}

/** Joins the rooms into one server that does not listen yet. */
export async function createApp(options: AppOptions): Promise<App> {
  const kinds = options.kinds ?? registry;
  const rules: Rules = joinRules([
    officeRules,
    registerRules,
    siteRules,
    recordRules,
    apiRules,
    formRules,
    figureRules,
    openRosaRules,
    fieldRules,
    ...kinds.map((kind) => kind.rules),
  ]);
  const nav: readonly NavEntry[] = [
    ...officeNav,
    ...siteNav,
    ...registerNav,
    ...recordNav,
    ...formNav,
    ...fieldNav,
    ...figureNav,
    ...kinds.flatMap((kind) => kind.nav),
  ].sort((a, b) => a.order - b.order);
  const locales = localesOf([
    ...KERNEL_MESSAGES,
    officeMessages,
    registerMessages,
    siteMessages,
    recordPageMessages,
    apiMessages,
    formPageMessages,
    figureMessages,
    donorMessages,
    fieldMessages,
    openRosaMessages,
    ...kinds.map((kind) => kind.messages),
  ]);
  const measures = [reported, ...kinds.flatMap((kind) => kind.measures)];
  const pages: readonly Page[] = [
    ...sitePages({ kinds, measures }),
    ...officePages(kinds, [recordTodos], registerSearches),
    ...registerPages(evidenceFollows(measures)),
    ...recordPages({
      handlers: fieldDeps(kinds).handlers,
      measures,
    }),
    ...apiPages,
    ...formPages({
      kindOfKey: new Map(kinds.flatMap((kind) => kind.forms.map((form) => [form.key, kind.name] as const))),
      lists: fieldDeps(kinds).media,
    }),
    ...figurePages(measures),
    ...openRosaRoutes({ kinds }),
    ...fieldPages(fieldDeps(kinds)),
    ...kinds.flatMap((kind) => kind.pages),
  ];

  const assets = loadAssets([join(ROOT, 'dist/assets')]);
  const http = await createServer({
    settings: options.settings,
    assets,
    ready: async () => (await options.files.ready()) && (await options.sql`select 1`).length === 1,
    ...(options.requestsPerMinute !== undefined && { requestsPerMinute: options.requestsPerMinute }),
  });
  const now = options.now ?? (() => new Date());
  const mount = makeMount({
    sql: options.sql,
    files: options.files,
    assets,
    settings: options.settings,
    rules,
    nav,
    locales,
    now,
  });
  for (const page of pages)
    if (!(page.action in rules))
      throw new Error(`The address ${page.path} names the action ${page.action}, which has no rule`);

  http.addHook('preHandler', async (request, reply) => {
    if (await fromCache(mount.cache, request, reply)) return reply;
  });
  http.setErrorHandler((error, request, reply) => mount.fail(request, reply, error, null));
  http.setNotFoundHandler((request, reply) =>
    mount.fail(request, reply, notFound(request.url.split('?')[0]!.slice(0, 80)), null),
  );
  http.get('/', async (request, reply) => {
    const page = (await anySpace(options.sql)) ? '' : '/set-up';
    return await reply.redirect(`/${askedLanguage(request)}${page}`, 302);
  });
  mountRoutes(http, pages, mount);
  return { http, pages, rules, locales };
}

const KERNEL_MESSAGES: readonly Catalogue[] = [
  platformMessages,
  uiMessages,
  formControlMessages,
  spaceMessages,
  accessMessages,
  subjectMessages,
  sourceMessages,
  projectMessages,
  activityMessages,
  formsMessages,
  recordsMessages,
  assignmentsMessages,
  flowMessages,
  evidenceMessages,
  indicatorMessages,
  freezeMessages,
  publicationMessages,
];

/** How each form's kind takes its records, and the lists that forms choose from. */
function fieldDeps(kinds: readonly Kind[]): FieldDeps {
  const handlers = new Map(kinds.flatMap((kind) => Object.entries(kind.records)));
  handlers.set(REPORTED_FORM.key, reportedHandler);
  return { handlers, media: Object.assign({}, ...kinds.map((kind) => kind.media ?? {})) as FieldDeps['media'] };
}

function localesOf(catalogues: readonly Catalogue[]): Record<Language, Locale> {
  return Object.fromEntries(
    LANGUAGES.map((language) => [language, makeLocale(language, makeTranslator(language, catalogues))]),
  ) as Record<Language, Locale>;
}

/** One table; two rooms that claim one action are an error at start. */
function joinRules(tables: readonly Rules[]): Rules {
  const joined: Record<string, Rules[string]> = {};
  for (const table of tables) {
    for (const [action, who] of Object.entries(table)) {
      if (action in joined) throw new Error(`Two rules for the action ${action}`);
      joined[action] = who;
    }
  }
  return joined;
}
