import { Readable } from 'node:stream';
import type { Call } from '../../kernel/access/index.ts';
import { type ExportFilter, exportCount } from '../../kernel/records/index.ts';
import { json, type Reply, stream, text } from '../../platform/http/index.ts';
import { notFound } from '../../platform/problem.ts';
import { batches, openFormData, type Row } from './form.ts';
import { type EntitySet, edmValue, entitySets, metadataXml, SYSTEM, setNamed } from './odata-model.ts';
import { type FeedQuery, readFeedQuery } from './odata-query.ts';
import { cellAt, turnsOf } from './tables.ts';

const VERSION = { 'odata-version': '4.0', 'cache-control': 'private, no-cache' };
const JSON_TYPE = 'application/json; odata.metadata=minimal; charset=utf-8';

/** The address of the feed itself, with the key in it when the client came by one. */
function feedRoot(call: Call): string {
  const path = call.request.url.split('?')[0] ?? '';
  return call.baseUrl + path.slice(0, path.indexOf('/odata') + '/odata'.length);
}

/** What the feed offers. */
export async function serviceDocument(call: Call): Promise<Reply> {
  const value = entitySets(await openFormData(call)).map(({ name }) => ({ name, kind: 'EntitySet', url: name }));
  return json({ '@odata.context': `${feedRoot(call)}/$metadata`, value }, 200, VERSION);
}

export async function metadata(call: Call): Promise<Reply> {
  return text(metadataXml(await openFormData(call)), 'application/xml; charset=utf-8', VERSION);
}

/** The rows of a set as they come from the database: nothing is held but one batch. */
export async function entities(call: Call): Promise<Reply> {
  const data = await openFormData(call);
  const name = String(call.params.set ?? '');
  const set = setNamed(data, name);
  if (!set) throw notFound(name.slice(0, 80));
  const query = readFeedQuery(call.query);
  const filter: ExportFilter = {
    formId: data.form.id,
    received: query.received,
    ...(query.state && { verdict: query.state }),
  };
  const count = query.count ? await countOf(call, set, filter) : null;
  const head = {
    '@odata.context': `${feedRoot(call)}/$metadata#${set.name}`,
    ...(count !== null && { '@odata.count': count }),
  };
  const body = feed(head, set.parent ? turnPages(call, set, filter, query) : recordPages(call, set, filter, query));
  return stream(Readable.from(body, { objectMode: false }), JSON_TYPE, VERSION);
}

/** Puts the rows' JSON between the head and the end of the document. */
async function* feed(head: object, pages: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"value":[`;
  let first = true;
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield (first ? '' : ',') + rows.join(',');
    first = false;
  }
  yield ']}';
}

async function* recordPages(call: Call, set: EntitySet, filter: ExportFilter, query: FeedQuery) {
  const write = writer(set, query);
  for await (const rows of batches(call, filter, query))
    yield rows.map((row) => write({ __id: row.record.id, __system: systemOf(row) }, row.record.answers));
}

/** The turns of a repeat count for themselves: the window is over them, not over the records that they lie in. */
async function* turnPages(call: Call, set: EntitySet, filter: ExportFilter, query: FeedQuery) {
  const write = writer(set, query);
  let at = 0;
  const until = query.skip + query.top;
  for await (const rows of batches(call, filter)) {
    const page: string[] = [];
    for (const { record } of rows)
      for (const turn of turnsIn(set, record.answers, record.id)) {
        if (at >= query.skip && at < until)
          page.push(write({ __id: turn.id, __parent: turn.parentId, __submission: record.id }, turn.answers));
        at++;
      }
    yield page;
    if (at >= until) return;
  }
}

function* turnsIn(set: EntitySet, answers: unknown, id: string) {
  const root = rootOf(set);
  for (const turn of turnsOf(root.table, answers, id)) if (turn.table === set.table) yield turn;
}

function rootOf(set: EntitySet): EntitySet {
  return set.parent ? rootOf(set.parent) : set;
}

async function countOf(call: Call, set: EntitySet, filter: ExportFilter): Promise<number> {
  if (!set.parent) return await exportCount(call.sql, call.space.id, filter);
  let count = 0;
  for await (const rows of batches(call, filter))
    for (const { record } of rows) for (const _ of turnsIn(set, record.answers, record.id)) count++;
  return count;
}

function systemOf(row: Row): Record<string, unknown> {
  return Object.fromEntries(SYSTEM.map(({ name, of }) => [name, of(row)]));
}

/** Writes one row: what it is, then its answers, of the properties that were asked for. */
function writer(set: EntitySet, { select }: FeedQuery): (own: Record<string, unknown>, answers: unknown) => string {
  const properties = set.properties.filter(({ name }) => !select || select.has(name));
  return (own, answers) => {
    const row: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(own))
      if (!select || name === '__id' || select.has(name)) row[name] = value;
    for (const { name, column } of properties) row[name] = edmValue(column.type, cellAt(answers, column));
    return JSON.stringify(row);
  };
}
