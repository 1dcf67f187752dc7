import type { ReceivedBound } from '../../kernel/records/index.ts';
import { Problem } from '../../platform/problem.ts';

/** What a client of a feed asked for. */
export type FeedQuery = {
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
  readonly received: readonly ReceivedBound[];
  readonly state: string | null;
  /** Names of properties; null for all. */
  readonly select: ReadonlySet<string> | null;
};

const KNOWN = new Set(['$top', '$skip', '$count', '$filter', '$select', '$orderby', '$format']);
const STATES = new Set(['waiting', 'accepted', 'returned', 'rejected', 'withdrawn']);
const DATE =
  /^__system\/submissionDate (lt|le|gt|ge|eq|ne) (\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?)$/;
const STATE = /^__system\/reviewState eq '(\w+)'$/;

/**
 * Reads the options of a feed.
 * @throws Problem 501 api.odata.unsupported for an option that we do not have; 400 api.odata.wrong for one that makes no sense
 */
export function readFeedQuery(query: Readonly<Record<string, string | string[] | undefined>>): FeedQuery {
  const options = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    if (!name.startsWith('$')) continue;
    if (!KNOWN.has(name)) throw new Problem(501, 'api.odata.unsupported', { option: name.slice(0, 40) });
    if (typeof value !== 'string') throw wrong(name);
    options.set(name, value.trim());
  }
  const order = options.get('$orderby');
  if (order !== undefined && !/^__system\/submissionDate desc$/i.test(order))
    throw new Problem(501, 'api.odata.unsupported', { option: '$orderby' });
  if (!/^(json|application\/json.*)?$/.test(options.get('$format') ?? ''))
    throw new Problem(501, 'api.odata.unsupported', { option: '$format' });
  const count = options.get('$count') ?? 'false';
  if (!/^(true|false)$/i.test(count)) throw wrong('$count');
  return {
    top: wholeNumber(options, '$top') ?? Number.POSITIVE_INFINITY,
    skip: wholeNumber(options, '$skip') ?? 0,
    count: count.toLowerCase() === 'true',
    ...filterOf(options.get('$filter')),
    select: options.has('$select')
      ? new Set(
          options
            .get('$select')!
            .split(',')
            .map((name) => name.trim().split('/')[0] ?? ''),
        )
      : null,
  };
}

function wholeNumber(options: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw wrong(name);
  return Number(text);
}

function filterOf(filter: string | undefined): Pick<FeedQuery, 'received' | 'state'> {
  const received: ReceivedBound[] = [];
  let state: string | null = null;
  for (const clause of filter ? filter.replace(/[()]/g, ' ').split(/\s+and\s+/i) : []) {
    const plain = clause.trim().replace(/\s+/g, ' ');
    const [, op, text] = DATE.exec(plain) ?? [];
    const wanted = STATE.exec(plain)?.[1];
    const at = new Date(text ?? Number.NaN);
    if (op && !Number.isNaN(at.getTime())) received.push({ op: op as ReceivedBound['op'], at });
    else if (wanted && STATES.has(wanted) && state === null) state = wanted;
    else throw wrong('$filter');
  }
  return { received, state };
}

function wrong(option: string): Problem {
  return new Problem(400, 'api.odata.wrong', { option });
}
