import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type Actor,
  type ActorRow,
  actorForDevice,
  actorForToken,
  type Call,
  can,
  demand,
  type NavEntry,
  type Page,
  type Rules,
} from '../../kernel/access/index.ts';
import { anySpace, type Space, spaceForHost } from '../../kernel/spaces/index.ts';
import type { Sql } from '../../platform/db/index.ts';
import type { FileStore } from '../../platform/files/index.ts';
import {
  type Assets,
  type CachedPage,
  type Mount,
  makePageCache,
  type Packed,
  type PageCache,
  pack,
  type Reply,
} from '../../platform/http/index.ts';
import { isLanguage, type Language, type Locale } from '../../platform/i18n/index.ts';
import { notFound, Problem } from '../../platform/problem.ts';
import type { Settings } from '../../platform/settings.ts';
import { renderPage } from '../../ui/index.ts';
import { flashCookie, readFlash, SIGN_IN_COOKIE } from './cookies.ts';
import { problemJson, problemOf, problemPage } from './problems.tsx';

export type WebOptions = {
  readonly sql: Sql;
  readonly files: FileStore;
  readonly assets: Assets;
  readonly settings: Settings;
  readonly rules: Rules;
  readonly nav: readonly NavEntry[];
  readonly locales: Readonly<Record<Language, Locale>>;
  readonly now: () => Date;
};

/** Before the first space is founded, pages stand on this one; only the set-up opens. */
const NO_SPACE: Space = {
  id: '00000000-0000-0000-0000-000000000000',
  slug: 'new',
  host: null,
  name: {},
  languages: ['ky', 'ru', 'en'],
  profile: {},
};
const SET_UP = 'space.setUp';
const SPACE_SECONDS = 5;
const CACHE_BYTES = 32 * 1_048_576;

/** How a request becomes a call, an answer becomes bytes, and an error becomes words. */
export function makeMount(options: WebOptions): Mount<Call> & { readonly cache: PageCache } {
  const cache = makePageCache(CACHE_BYTES);
  const spaces = new Map<string, KnownSpace>();
  const spaceOf = spaceFinder(options.sql, spaces);
  return {
    cache,
    open: (request, route, language) => openCall(options, spaceOf, request, route, language),
    send: async (request, reply, answer, call, route) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        cache.clear();
        spaces.clear();
      }
      rememberLanguage(request, reply, call.l.language, route);
      return await send(cache, request, reply, answer, call, route);
    },
    fail: async (request, reply, error, language) => {
      const problem = problemOf(error, request);
      const l = options.locales[language ?? askedLanguage(request)];
      if (problem.status === 401 && request.method === 'GET' && language) {
        const next = request.url.startsWith('/') ? `?next=${encodeURIComponent(request.url)}` : '';
        return await reply
          .status(302)
          .header('cache-control', 'no-store')
          .header('location', `/${language}/sign-in${next}`)
          .send();
      }
      reply.header('cache-control', 'no-store');
      const space = await spaceOf(request.hostname).catch(() => undefined);
      // On a server without an association every page leads to its founding.
      if (space === null && request.method === 'GET' && language && problem.status === 404)
        return await reply.status(302).header('location', `/${language}/set-up`).send();
      reply.status(problem.status);
      if (!wantsPage(request))
        return await reply.type('application/problem+json; charset=utf-8').send(problemJson(problem, l));
      return await reply
        .type('text/html; charset=utf-8')
        .send(problemPage(problem, l, space?.name ?? {}, options.assets));
    },
  };
}

async function openCall(
  options: WebOptions,
  spaceOf: (host: string) => Promise<Space | null>,
  request: FastifyRequest,
  route: Page,
  language: Language | null,
): Promise<Call> {
  const space = (await spaceOf(request.hostname)) ?? NO_SPACE;
  if (space === NO_SPACE && language && route.action !== SET_UP)
    throw notFound(request.url.split('?')[0]!.slice(0, 80));
  const actor = space === NO_SPACE ? null : await actorOf(options.sql, space.id, request, route);
  demand(options.rules, actor, route.action);
  const l = options.locales[language ?? actor?.language ?? askedLanguage(request)];
  const flash = readFlash(request.cookies);
  const path = request.url.split('?')[0] ?? '/';
  const theme = request.cookies.theme;
  return {
    sql: options.sql,
    files: options.files,
    assets: options.assets,
    space,
    actor,
    l,
    locales: options.locales,
    params: (request.params ?? {}) as Record<string, string>,
    query: (request.query ?? {}) as Record<string, string | string[] | undefined>,
    request,
    baseUrl: options.settings.BASE_URL
      ? addressOf(options.settings.BASE_URL, space)
      : `${request.protocol}://${request.host}`,
    path: (language ? path.slice(3) : path).replace(/\/+$/, '') || '/',
    can: (action) => can(options.rules, actor, action),
    nav: options.nav.filter((entry) => can(options.rules, actor, entry.action)),
    now: options.now,
    maxUpload: options.settings.MAX_UPLOAD_MB * 1_048_576,
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    cookies: [],
    flash: flash ? { text: l.t(flash.key, flash.params), undo: flash.undo ?? null } : null,
  };
}

/** BASE_URL names the server; a space with a host name of its own stands under that one, and its links must lead there. */
function addressOf(base: string, space: Space): string {
  if (!space.host) return base;
  const url = new URL(base);
  url.hostname = space.host;
  return url.href.replace(/\/+$/, '');
}

/** A person by cookie, a phone by the token in its address or its Authorization header. */
async function actorOf(
  sql: Sql,
  spaceId: string,
  request: FastifyRequest,
  route: Page,
): Promise<(Actor & { language: Language }) | null> {
  const inPath = (request.params as Record<string, string> | undefined)?.deviceToken;
  // A phone's key opens the doors of phones and programs, never the office: there a second step may stand before the person.
  const bearer =
    route.path.startsWith('/api/') && /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
  const key = inPath ?? bearer;
  if (key) return await actorForDevice(sql, spaceId, key);
  const token = request.cookies[SIGN_IN_COOKIE];
  if (!token) return null;
  const actor: ActorRow | null = await actorForToken(sql, spaceId, token);
  if (!actor) return null;
  // With a passkey, a password alone opens only the second step.
  return actor.secondStep === 'wanted' && route.action !== 'access.secondStep' ? null : actor;
}

type KnownSpace = { readonly space: Space; readonly until: number };

/** The space of a host name, asked again after some seconds: it stands in front of every page. */
function spaceFinder(sql: Sql, known: Map<string, KnownSpace>): (host: string) => Promise<Space | null> {
  return async (host) => {
    const held = known.get(host);
    if (held && held.until > Date.now()) return held.space;
    const space = await spaceForHost(sql, host);
    if (!space)
      return (await anySpace(sql)) ? Promise.reject(new Problem(404, 'platform.notFound', { thing: host })) : null;
    if (known.size > 1000) known.clear();
    known.set(host, { space, until: Date.now() + SPACE_SECONDS * 1000 });
    return space;
  };
}

async function send(
  cache: PageCache,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Reply,
  call: Call,
  route: Page,
): Promise<unknown> {
  if (call.cookies.length > 0) reply.header('set-cookie', call.cookies);
  switch (answer.kind) {
    case 'redirect':
      if (answer.flash)
        reply.setCookie('flash', flashCookie(answer.flash), { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });
      return await reply.status(answer.status).header('location', answer.to).header('cache-control', 'no-store').send();
    case 'json':
      return await reply
        .status(answer.status)
        .headers(answer.headers)
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(answer.value));
    case 'empty':
      return await reply.status(answer.status).headers(answer.headers).send();
    case 'stream':
      return await reply
        .headers({ ...unrunnable(answer.mediaType), ...answer.headers })
        .type(answer.mediaType)
        .send(answer.body);
    case 'text':
      return await sendText(request, reply, answer);
    case 'page': {
      if (call.flash) reply.clearCookie('flash', { path: '/' });
      const html = Buffer.from(renderPage(answer.view));
      let page: CachedPage = { html, etag: etagOf(html), br: null, gzip: null, until: 0 };
      if (answer.status === 200 && cacheable(request, call, route)) {
        page = { ...page, until: Date.now() + (route.cacheSeconds ?? 0) * 1000 };
        cache.set(cacheKey(request), page);
      }
      reply.headers(answer.headers);
      return await sendPage(request, reply, page, answer.status, !call.actor);
    }
  }
}

/** Files come from people. What is no picture, sound or film is saved; nothing of it may run beside our pages. */
function unrunnable(mediaType: string): Record<string, string> {
  const shown =
    /^(image\/(jpeg|png|webp|gif|avif)|audio\/[\w.+-]+|video\/[\w.+-]+|font\/woff2|application\/json\b.*)$/.test(
      mediaType,
    );
  const sandboxed = { 'content-security-policy': "default-src 'none'; sandbox" };
  return shown ? sandboxed : { ...sandboxed, 'content-disposition': 'attachment' };
}

async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Extract<Reply, { kind: 'text' }>,
): Promise<unknown> {
  const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(answer.body);
  const etag = etagOf(body);
  reply.headers({ etag, ...answer.headers }).type(answer.mediaType);
  if (request.headers['if-none-match'] === etag && answer.status === 200) return await reply.status(304).send();
  const packed = /^(image|font)\/(?!svg)/.test(answer.mediaType)
    ? { body, encoding: null }
    : await pack(body, String(request.headers['accept-encoding'] ?? ''));
  if (packed.encoding) reply.header('content-encoding', packed.encoding);
  return await reply.status(answer.status).header('vary', 'accept-encoding').send(packed.body);
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: CachedPage,
  status: number,
  isPublic: boolean,
): Promise<unknown> {
  reply.headers({
    etag: page.etag,
    vary: 'accept-encoding, cookie',
    // What a handler said itself stands: a page with a secret in it is kept by nobody.
    'cache-control':
      reply.getHeader('cache-control') ?? (isPublic ? 'public, max-age=0, must-revalidate' : 'private, no-cache'),
  });
  if (status === 200 && request.headers['if-none-match'] === page.etag) return await reply.status(304).send();
  const accepts = String(request.headers['accept-encoding'] ?? '');
  const packed = await packedFor(page, accepts);
  if (packed.encoding) reply.header('content-encoding', packed.encoding);
  return await reply.status(status).type('text/html; charset=utf-8').send(packed.body);
}

/** Packs once for all readers of a page that is kept. */
async function packedFor(page: CachedPage, accepts: string): Promise<Packed> {
  const held = /\bbr\b/.test(accepts) ? page.br : /\bgzip\b/.test(accepts) ? page.gzip : null;
  if (held) return { body: held, encoding: held === page.br ? 'br' : 'gzip' };
  const packed = await pack(page.html, accepts);
  if (packed.encoding) page[packed.encoding] = packed.body;
  return packed;
}

/** A ready page is answered before the call is even opened: no database, no rendering. */
export async function fromCache(cache: PageCache, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  if (request.method !== 'GET' || request.cookies[SIGN_IN_COOKIE] || request.cookies.flash) return false;
  const page = cache.get(cacheKey(request), Date.now());
  if (!page) return false;
  await sendPage(request, reply, page, 200, true);
  return true;
}

function cacheable(request: FastifyRequest, call: Call, route: Page): boolean {
  return (
    request.method === 'GET' &&
    !!route.cacheSeconds &&
    !call.actor &&
    !call.flash &&
    !request.cookies[SIGN_IN_COOKIE] &&
    request.url.length < 500
  );
}

const cacheKey = (request: FastifyRequest): string => `${request.host} ${request.cookies.theme ?? ''} ${request.url}`;
const etagOf = (body: Buffer): string => `"${createHash('sha1').update(body).digest('base64url')}"`;

/** The language of an address without one: the remembered choice, else what the browser asks for, else Kyrgyz. */
export function askedLanguage(request: FastifyRequest): Language {
  const inPath = request.url.slice(1, 3);
  if (isLanguage(inPath) && /^\/..(\/|\?|$)/.test(request.url)) return inPath;
  if (isLanguage(request.cookies?.language)) return request.cookies.language;
  for (const part of String(request.headers['accept-language'] ?? '').split(',')) {
    const code = part.trim().slice(0, 2).toLowerCase();
    if (isLanguage(code)) return code;
  }
  return 'ky';
}

function rememberLanguage(request: FastifyRequest, reply: FastifyReply, language: Language, route: Page): void {
  if (route.languages !== 'paths' || request.cookies.language === language) return;
  reply.setCookie('language', language, { path: '/', sameSite: 'lax', maxAge: 31_536_000 });
}

function wantsPage(request: FastifyRequest): boolean {
  return /^\/(ky|ru|en)(\/|\?|$)/.test(request.url) && !/application\/json/.test(String(request.headers.accept ?? ''));
}
