import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/**
 * Counts and times every request by route (never by address: ids and tokens stay out) and serves /metrics in Prometheus' text format.
 * With `token` set, the reader must bring it as a bearer token; without one only this machine may read.
 */
export function addMetrics(app: FastifyInstance, token: string | undefined): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labels = ['method', 'route', 'status'] as const;
  const seconds = new Histogram({
    name: 'demilge_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: labels,
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 1, 5],
    registers: [registry],
  });
  const problems = new Counter({
    name: 'demilge_http_5xx_total',
    help: 'Answers that were our bug',
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    );
    // 503 and 507 say that the database, the storage or the disk is away or full: told by the histogram above.
    if (reply.statusCode === 500) problems.inc();
  });
  app.get('/metrics', async (request, reply) => {
    // A proxy on this machine speaks for the whole world; it says so in this header.
    const local =
      (request.ip === '127.0.0.1' || request.ip === '::1') && request.headers['x-forwarded-for'] === undefined;
    const allowed = token ? request.headers.authorization === `Bearer ${token}` : local;
    if (!allowed) return reply.status(403).send();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}
