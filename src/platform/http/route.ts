import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../i18n/index.ts';
import type { Reply } from './reply.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** One address: what it is for (`action`, a key of the rules table) and the function that answers. C is what the handler gets. */
export type Route<C> = {
  readonly method: Method;
  /** Without the language; '/office/rounds/:id'. */
  readonly path: string;
  readonly action: string;
  /** 'paths': mounted under /ky, /ru and /en (pages). 'none': one address for all (api, OpenRosa, files). */
  readonly languages: 'paths' | 'none';
  readonly handle: (call: C) => Promise<Reply>;
  /** Public pages that are the same for everyone signed out may be kept ready for some seconds. */
  readonly cacheSeconds?: number;
  /** Largest body in bytes; the platform's default (1 MB) where it is absent. Multipart bodies are streamed and bounded apart. */
  readonly bodyLimit?: number;
};

export type Mount<C> = {
  /** Makes the call (space, person, language) and checks the rule. @throws Problem 401, 403 or 404 */
  readonly open: (request: FastifyRequest, route: Route<C>, language: Language | null) => Promise<C>;
  readonly send: (
    request: FastifyRequest,
    reply: FastifyReply,
    answer: Reply,
    call: C,
    route: Route<C>,
  ) => Promise<unknown>;
  readonly fail: (
    request: FastifyRequest,
    reply: FastifyReply,
    error: unknown,
    language: Language | null,
  ) => Promise<unknown>;
};

/** Puts every route on the server. Two routes with one address are an error at start. */
export function mountRoutes<C>(app: FastifyInstance, routes: readonly Route<C>[], mount: Mount<C>): void {
  for (const route of routes) {
    const languages: readonly (Language | null)[] = route.languages === 'paths' ? LANGUAGES : [null];
    for (const language of languages) {
      app.route({
        method: route.method,
        url: language ? `/${language}${route.path === '/' ? '' : route.path}` : route.path,
        ...(route.bodyLimit ? { bodyLimit: route.bodyLimit } : {}),
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          try {
            const call = await mount.open(request, route, language);
            return await mount.send(request, reply, await route.handle(call), call, route);
          } catch (error) {
            return await mount.fail(request, reply, error, language);
          }
        },
      });
    }
  }
}
