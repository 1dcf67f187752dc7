import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { Problem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import type { Assets } from './assets.ts';
import { addMetrics } from './metrics.ts';

export type ServerOptions = {
  readonly settings: Settings;
  readonly assets: Assets;
  /** Whether the database answers; what /readyz tells. */
  readonly ready: () => Promise<boolean>;
  /** Requests a minute from one address; schools and villages share one, so it is generous. */
  readonly requestsPerMinute?: number;
};

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * An address as the log may keep it: without what people search for, and without the keys that open a door by being in the address
 * (phones, programs, invitations, a facility's link).
 */
export function loggedPath(url: string): string {
  return url.split('?')[0]!.replace(/(\/(?:or|key|invitation|answer)\/)[^/]+/g, '$1…');
}

/** The bare server: parsing with limits, security headers, forgery guard, static files, health. Routes come with `mountRoutes`. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { settings } = options;
  const app = Fastify({
    logger: settings.LOG_LEVEL === 'silent' ? false : { level: settings.LOG_LEVEL },
    // One line for each request, when it is answered.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: settings.TRUST_PROXY,
    bodyLimit: 1_048_576,
    requestTimeout: 300_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    genReqId: () => crypto.randomUUID(),
  });
  await app.register(cookie);
  await app.register(formbody, { bodyLimit: 1_048_576 });
  await app.register(multipart, { throwFileSizeLimit: true });
  await app.register(rateLimit, { global: true, max: options.requestsPerMinute ?? 3000, timeWindow: '1 minute' });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self)',
      ...(settings.BASE_URL?.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
    if (!safeOrigin(request.method, request.headers, request.host)) throw new Problem(403, 'platform.forged');
  });

  app.addHook('onResponse', async (request, reply) => {
    const { method, url, host, ip } = request;
    const seen = {
      method,
      url: loggedPath(url),
      host,
      ip,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    };
    request.log.info(seen, 'answered');
  });

  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  addMetrics(app, settings.METRICS_TOKEN);
  app.get('/healthz', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const ok = await options.ready().catch(() => false);
    return reply.status(ok ? 200 : 503).send({ ok });
  });
  app.get<{ Params: { file: string } }>('/assets/:file', async (request, reply) => {
    const asset = options.assets.find(request.params.file);
    if (!asset) throw new Problem(404, 'platform.notFound', { thing: request.params.file.slice(0, 80) });
    reply.headers({
      'cache-control': 'public, max-age=31536000, immutable',
      etag: asset.etag,
      vary: 'accept-encoding',
    });
    if (request.headers['if-none-match'] === asset.etag) return reply.status(304).send();
    const accepts = String(request.headers['accept-encoding'] ?? '');
    reply.type(asset.mediaType);
    if (asset.br && /\bbr\b/.test(accepts)) return reply.header('content-encoding', 'br').send(asset.br);
    if (asset.gzip && /\bgzip\b/.test(accepts)) return reply.header('content-encoding', 'gzip').send(asset.gzip);
    return reply.send(asset.bytes);
  });
  return app;
}

/**
 * Guards against forged requests: a browser tells with Sec-Fetch-Site or Origin where a changing request comes from. A client with
 * neither is no browser and brings no cookie of one (OpenRosa clients, scripts), so a cookie without either is refused.
 */
function safeOrigin(
  method: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  host: string,
): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = headers.origin;
  if (origin === undefined) return headers.cookie === undefined;
  return URL.canParse(String(origin)) && new URL(String(origin)).host === host;
}
