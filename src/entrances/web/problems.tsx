import type { FastifyRequest } from 'fastify';
import { isConnectionLost } from '../../platform/db/index.ts';
import { type Assets, loggedPath } from '../../platform/http/index.ts';
import { LANGUAGES, type Locale, type Text3 } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { LinkButton, PlainLayout, ProblemSummary, renderPage } from '../../ui/index.ts';

/** What the framework refuses before a handler runs, by its status. */
const FRAMEWORK: Readonly<Record<number, string>> = {
  400: 'platform.input.broken',
  404: 'platform.notFound',
  405: 'platform.method',
  406: 'platform.input.unsupported',
  408: 'platform.input.broken',
  411: 'platform.input.broken',
  413: 'platform.input.tooLarge',
  414: 'platform.input.tooLarge',
  415: 'platform.input.unsupported',
  417: 'platform.input.broken',
  429: 'platform.tooMany',
  431: 'platform.input.tooLarge',
};

/** The Problem that an error is; anything that nobody foresaw is our bug: logged whole, shown as a mark only. */
export function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  const status = (error as { statusCode?: number } | null)?.statusCode;
  const known = status === undefined ? undefined : FRAMEWORK[status];
  if (status !== undefined && known) return new Problem(status, known, { thing: shownUrl(request) });
  if (isBadText(error)) return new Problem(400, 'platform.input.wrong');
  if (isConnectionLost(error)) return new Problem(503, 'platform.away');
  request.log.error({ err: error, id: request.id, url: loggedPath(request.url) }, 'bug');
  return new Problem(500, 'platform.bug', { id: String(request.id).slice(0, 8) });
}

/** PostgreSQL takes no NUL characters and no number or date out of range: what a client can write, it can also write wrong. */
function isBadText(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code;
  return (
    code === '22021' || code === '22P05' || code === '22P02' || code === '22003' || code === '22007' || code === '22008'
  );
}

function shownUrl(request: FastifyRequest): string {
  return request.url.split('?')[0]!.slice(0, 80);
}

/** RFC 9457 problem details in the reader's language. */
export function problemJson(problem: Problem, l: Locale): Record<string, unknown> {
  return {
    type: 'about:blank',
    title: l.t(problem.key, problem.details),
    status: problem.status,
    key: problem.key,
    details: problem.details,
    ...(problem.parts.length > 0 && {
      parts: problem.parts.map((part) => ({ ...part, text: l.t(part.key, part.details) })),
    }),
  };
}

export function problemPage(problem: Problem, l: Locale, siteName: Text3, assets: Assets): string {
  return renderPage(
    <PlainLayout
      page={{ l, asset: assets.url }}
      title={l.t('platform.problem')}
      siteName={l.pick(siteName) || 'Demilge'}
      home={l.href('/')}
      languages={Object.fromEntries(LANGUAGES.map((language) => [language, `/${language}`]))}
    >
      <ProblemSummary
        title={l.t(problem.key, problem.details)}
        problems={problem.parts.map((part) => ({ text: `${part.at}: ${l.t(part.key, part.details)}` }))}
      />
      <p>
        <LinkButton href={l.href('/')} icon="home">
          {l.t('platform.home')}
        </LinkButton>
      </p>
    </PlainLayout>,
  );
}
