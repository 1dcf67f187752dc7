import { Readable } from 'node:stream';
import type { Call, Page, Rules } from '../../kernel/access/index.ts';
import { forms, publishedForms } from '../../kernel/forms/index.ts';
import { exportCount } from '../../kernel/records/index.ts';
import { json, type Reply, stream } from '../../platform/http/index.ts';
import { slug } from '../../platform/i18n/index.ts';
import { Problem } from '../../platform/problem.ts';
import { csvFormat } from './csv.ts';
import { batches, openFormData } from './form.ts';
import { placeFeatures, recordFeatures } from './geojson.ts';
import { entities, metadata, serviceDocument } from './odata.ts';
import { openApi } from './openapi.ts';
import { type SheetFormat, sheetsOf } from './sheets.ts';
import { MOST_ROWS, workbookParts, xlsxFormat } from './xlsx.ts';
import { type ZipEntry, zip } from './zip.ts';

export { messages as apiMessages } from './messages/index.ts';

/** Whole records go out only to those who may read all of them in the office. */
export const apiRules: Rules = {
  'api.describe': 'anyone',
  'records.export': ['coordinator', 'reviewer', 'auditor'],
};

const GEOJSON = 'application/geo+json; charset=utf-8';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const saved = (name: string): Record<string, string> => ({
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'private, no-cache',
});

const bytes = (source: AsyncIterable<Buffer | string>): Readable => Readable.from(source, { objectMode: false });

async function formList(call: Call): Promise<Reply> {
  const [all, offered] = await Promise.all([forms(call.sql, call.space.id), publishedForms(call.sql, call.space.id)]);
  const published = new Map(offered.map((version) => [version.formId, version.version]));
  const value = all.map(({ id, formKey, kind, title }) => ({
    ...{ id, formKey, kind, title, publishedVersion: published.get(id) ?? null },
    odata: `${call.baseUrl}/api/v1/forms/${id}/odata`,
  }));
  return json({ value }, 200, { 'cache-control': 'private, no-cache' });
}

/** The records of a form as CSV files in a zip: one for the records and one for each repeat. */
async function csvFile(call: Call): Promise<Reply> {
  const data = await openFormData(call);
  const format = csvFormat(data.form.formKey);
  const body = zip(sheetsOf(data, batches(call, { formId: data.form.id }), format));
  return stream(bytes(body), 'application/zip', saved(`${slug(data.form.formKey)}.zip`));
}

/** The same as a workbook with a sheet for each. @throws Problem 422 api.tooManyRows for more than a sheet holds */
async function xlsxFile(call: Call): Promise<Reply> {
  const data = await openFormData(call);
  const filter = { formId: data.form.id };
  if ((await exportCount(call.sql, call.space.id, filter)) >= MOST_ROWS)
    throw new Problem(422, 'api.tooManyRows', { most: MOST_ROWS - 1 });
  const format: SheetFormat = xlsxFormat;
  const entries = async function* (): AsyncGenerator<ZipEntry> {
    yield* workbookParts(data.root, data.form.formKey);
    yield* sheetsOf(data, batches(call, filter), format);
  };
  return stream(bytes(zip(entries())), XLSX, saved(`${slug(data.form.formKey)}.xlsx`));
}

async function recordsGeoJson(call: Call): Promise<Reply> {
  const data = await openFormData(call);
  return stream(bytes(recordFeatures(call, data)), GEOJSON, saved(`${slug(data.form.formKey)}.geojson`));
}

async function placesGeoJson(call: Call): Promise<Reply> {
  return stream(bytes(placeFeatures(call)), GEOJSON, saved('places.geojson'));
}

/**
 * Data for other programs. A program shows its key as `Authorization: Bearer <key>`, or, where it can only be given an address (Excel),
 * as a part of the address: `/api/v1/key/<key>/…`. A key is a device of an account, one for each use, and can be revoked by itself.
 */
export const apiPages: readonly Page[] = [
  ...(['/api/v1', '/api/v1/key/:deviceToken'] as const).flatMap((root) => [
    get(`${root}/forms`, 'records.export', formList),
    get(`${root}/forms/:form/records.csv.zip`, 'records.export', csvFile),
    get(`${root}/forms/:form/records.xlsx`, 'records.export', xlsxFile),
    get(`${root}/forms/:form/records.geojson`, 'records.export', recordsGeoJson),
    get(`${root}/forms/:form/odata`, 'records.export', serviceDocument),
    get(`${root}/forms/:form/odata/$metadata`, 'records.export', metadata),
    get(`${root}/forms/:form/odata/:set`, 'records.export', entities),
    get(`${root}/places.geojson`, 'places.view', placesGeoJson),
  ]),
  get('/api/v1/openapi.json', 'api.describe', openApi),
];

function get(path: string, action: string, handle: (call: Call) => Promise<Reply>): Page {
  return { method: 'GET', path, action, languages: 'none', handle };
}
