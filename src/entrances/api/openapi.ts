import type { Call } from '../../kernel/access/index.ts';
import { json, type Reply } from '../../platform/http/index.ts';

type Parameter = Readonly<Record<string, unknown>>;
const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` });

const FORM: Parameter = {
  ...{ name: 'form', in: 'path', required: true, schema: { type: 'string' } },
  description: 'The id of the form, or its key (form_id of the workbook).',
};
const SET: Parameter = {
  ...{ name: 'set', in: 'path', required: true, schema: { type: 'string' }, example: 'Submissions' },
  description: 'An entity set of the service document: Submissions, or Submissions_<repeat>.',
};
const option = (name: string, schema: object, description: string): Parameter => ({
  ...{ name, in: 'query', required: false, schema, description },
});
const FEED: readonly Parameter[] = [
  option('$top', { type: 'integer', minimum: 0 }, 'At most this many rows.'),
  option('$skip', { type: 'integer', minimum: 0 }, 'Leave out this many rows first.'),
  option('$count', { type: 'boolean' }, 'Say how many rows there are as @odata.count.'),
  option(
    '$filter',
    {
      type: 'string',
      example: "__system/submissionDate ge 2026-01-01T00:00:00Z and __system/reviewState eq 'accepted'",
    },
    'Comparisons of __system/submissionDate (lt, le, gt, ge, eq, ne) and __system/reviewState (eq), joined by and.',
  ),
  option('$select', { type: 'string' }, 'Names of properties, separated by commas.'),
];

const BINARY = { schema: { type: 'string', format: 'binary' } };

function answers(description: string, content: object) {
  return {
    200: { description, content },
    401: ref('responses', 'Problem'),
    403: ref('responses', 'Problem'),
    404: ref('responses', 'Problem'),
  };
}

const operation = (id: string, summary: string, responses: object, parameters: readonly Parameter[] = []) => ({
  get: { operationId: id, summary, parameters, responses },
});

/** The REST API in the words of OpenAPI 3.1. */
function description(call: Call) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Demilge',
      version: '1',
      description:
        'Data out, with the rights of the account that a key belongs to. A program that can only be given an address puts its key into it: /api/v1/key/<key>/….',
    },
    servers: [{ url: `${call.baseUrl}/api/v1` }],
    security: [{ key: [] }],
    paths: {
      '/forms': operation('listForms', 'The forms of the association', {
        ...answers('Forms', {
          'application/json': {
            schema: {
              ...{ type: 'object', required: ['value'] },
              properties: { value: { type: 'array', items: ref('schemas', 'Form') } },
            },
          },
        }),
      }),
      '/forms/{form}/records.csv.zip': operation(
        'exportCsv',
        'Records as CSV, with a file for each repeat',
        answers('A zip archive', { 'application/zip': BINARY }),
        [FORM],
      ),
      '/forms/{form}/records.xlsx': operation(
        'exportXlsx',
        'Records as a workbook, with a sheet for each repeat',
        answers('A workbook', { 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': BINARY }),
        [FORM],
      ),
      '/forms/{form}/records.geojson': operation(
        'exportGeoJson',
        'Positions, lines and areas that records give (RFC 7946)',
        answers('A feature collection', { 'application/geo+json': { schema: { type: 'object' } } }),
        [FORM],
      ),
      '/forms/{form}/odata': operation(
        'odataService',
        'The service document of the form’s OData 4.0 feed',
        answers('Entity sets', { 'application/json': { schema: { type: 'object' } } }),
        [FORM],
      ),
      '/forms/{form}/odata/$metadata': operation(
        'odataMetadata',
        'The types of the feed (CSDL)',
        answers('CSDL', { 'application/xml': { schema: { type: 'string' } } }),
        [FORM],
      ),
      '/forms/{form}/odata/{set}': operation(
        'odataRows',
        'Rows of an entity set, the latest record first',
        {
          ...answers('Rows', { 'application/json': { schema: ref('schemas', 'Rows') } }),
          400: ref('responses', 'Problem'),
          501: ref('responses', 'Problem'),
        },
        [FORM, SET, ...FEED],
      ),
      '/places.geojson': operation(
        'places',
        'Places and facilities with their positions (RFC 7946)',
        answers('A feature collection', { 'application/geo+json': { schema: { type: 'object' } } }),
      ),
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      responses: {
        Problem: {
          description: 'What is wrong, in the language of the account',
          content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
        },
      },
      schemas: {
        Form: {
          type: 'object',
          required: ['id', 'formKey', 'kind', 'title', 'publishedVersion', 'odata'],
          properties: {
            id: { type: 'string', format: 'uuid' },
            formKey: { type: 'string' },
            kind: { type: 'string' },
            title: { type: 'object', additionalProperties: { type: 'string' } },
            publishedVersion: { type: ['string', 'null'] },
            odata: { type: 'string', format: 'uri' },
          },
        },
        Rows: {
          type: 'object',
          required: ['@odata.context', 'value'],
          properties: {
            '@odata.context': { type: 'string' },
            '@odata.count': { type: 'integer' },
            value: { type: 'array', items: { type: 'object' } },
          },
        },
        Problem: {
          type: 'object',
          properties: { status: { type: 'integer' }, title: { type: 'string' }, type: { type: 'string' } },
        },
      },
    },
  };
}

export async function openApi(call: Call): Promise<Reply> {
  return json(description(call), 200, { 'cache-control': 'public, max-age=300' });
}
