import { randomBytes } from 'node:crypto';
import fc from 'fast-check';

/** Whom the requests are for: a house with a published form, a phone's key, and a good document with the given id. */
export type Target = {
  readonly host: string;
  readonly token: string;
  readonly document: (id: string) => string;
};

/** Bytes for a line of its own. `whole` says that nothing was cut off: then there must be an answer. */
export type HostileRequest = { readonly kind: string; readonly bytes: Buffer; readonly whole: boolean };

const BOUNDARY = 'b0undary';
/** Small mostly, so that many cases fit into the time; now and then as large as it gets. */
const small = (most: number): fc.Arbitrary<number> =>
  fc.oneof({ weight: 12, arbitrary: fc.nat(Math.min(most, 100)) }, { weight: 1, arbitrary: fc.nat(most) });
const junk = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const rough = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '../../etc/passwd',
    '"',
    "'; drop table record; --",
    '\0',
    '\u202egpj.exe',
    'ө'.repeat(300),
    '%00',
    '{{7*7}}',
    '-1',
    'NaN',
    '1e999',
    '__proto__',
  ),
);

/** A document that was good, after something happened to it. */
function documents({ document }: Target): fc.Arbitrary<{ kind: string; xml: Buffer }> {
  const good = fc.uuid().map((id) => document(id));
  const named = (kind: string, made: fc.Arbitrary<Buffer | string>) =>
    made.map((xml) => ({ kind, xml: typeof xml === 'string' ? Buffer.from(xml) : xml }));
  return fc.oneof(
    { weight: 4, arbitrary: named('good document', good) },
    named('same document again', fc.constant(document('11111111-1111-4111-8111-111111111111'))),
    named(
      'truncated',
      fc
        .tuple(good, fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([xml, share]) => Buffer.from(xml).subarray(0, Math.floor(share * xml.length))),
    ),
    named(
      'flipped bytes',
      fc.tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 })).map(([xml, flips]) => {
        const bytes = Buffer.from(xml);
        for (const [at, value] of flips) bytes[at % bytes.length] = value;
        return bytes;
      }),
    ),
    named(
      'a part doubled',
      fc.tuple(good, fc.nat(), fc.nat(400)).map(([xml, at, size]) => {
        const from = at % xml.length;
        return xml.slice(0, from) + xml.slice(from, from + size) + xml.slice(from);
      }),
    ),
    named(
      'answers of another kind',
      fc.tuple(good, rough).map(([xml, text]) => xml.replace(/>[^<>]+</g, () => `>${escaped(text)}<`)),
    ),
    named(
      'one answer of another kind',
      fc.tuple(good, rough, small(40)).map(([xml, text, nth]) => {
        let n = 0;
        return xml.replace(/>[^<>]+</g, (old) => (n++ === nth ? `>${escaped(text)}<` : old));
      }),
    ),
    named(
      'entity bomb',
      fc.tuple(good, small(12)).map(([xml, depth]) => bomb(depth) + xml.replace(/>[^<>]+</, `>&e${depth};<`)),
    ),
    named(
      'external entity',
      good.map((xml) => `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xml.replace(/>[^<>]+</, '>&x;<')}`),
    ),
    named(
      'deep nesting',
      small(30_000).map((depth) => `<data id="visit">${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</data>`),
    ),
    named(
      'huge attribute',
      small(300_000).map((size) => `<data id="visit" version="${'x'.repeat(size)}"/>`),
    ),
    named(
      'many attributes',
      small(3000).map((count) => `<data ${Array.from({ length: count }, (_, i) => `a${i}="1"`).join(' ')}/>`),
    ),
    named(
      'many siblings',
      small(20_000).map((count) => `<data id="visit">${'<a/>'.repeat(count)}</data>`),
    ),
    named(
      'another encoding',
      fc
        .tuple(good, fc.constantFrom('utf16le', 'latin1', 'ucs2' as const))
        .map(([xml, encoding]) => Buffer.from(xml, encoding as BufferEncoding)),
    ),
    named(
      'encoding that lies',
      fc
        .tuple(good, fc.constantFrom('windows-1251', 'UTF-16', 'x-none'))
        .map(([xml, name]) => `<?xml version="1.0" encoding="${name}"?>${xml.replace(/^<\?xml[^>]*>/, '')}`),
    ),
    named('bytes that are no text', junk),
    named('words that are no document', fc.string({ unit: 'binary', maxLength: 200 })),
    named(
      'without an id',
      good.map((xml) => xml.replace(/<(\w+:)?instanceID>[^<]*<\/(\w+:)?instanceID>/, '')),
    ),
    named(
      'another form',
      fc.tuple(good, rough).map(([xml, name]) => xml.replace(/ id="[^"]*"/, ` id="${escaped(name)}"`)),
    ),
    named(
      'another version',
      fc.tuple(good, rough).map(([xml, name]) => xml.replace(/version="[^"]*"/g, `version="${escaped(name)}"`)),
    ),
    named(
      'correction of anything',
      fc
        .tuple(good, fc.uuid())
        .map(([xml, id]) => xml.replace('</instanceID>', `</instanceID><deprecatedID>uuid:${id}</deprecatedID>`)),
    ),
  );
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\0/g, '&#0;');

const bomb = (depth: number): string =>
  `<!DOCTYPE d [<!ENTITY e0 "оооооооооо">${Array.from({ length: depth }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('')}]>`;

type Part = { readonly name: string; readonly file: string | null; readonly type: string; readonly body: Buffer };

const fileNames = fc.oneof(
  fc.constantFrom(
    'photo.jpg',
    'photo.jpg',
    'сүрөт.png',
    'a.exe',
    'x'.repeat(5000),
    '..',
    '.',
    'C:\\a.jpg',
    'a\r\nX: y',
  ),
  rough,
);
const types = fc.constantFrom(
  'image/jpeg',
  'text/xml',
  'multipart/mixed; boundary=x',
  '',
  'x',
  'image/jpeg; charset=',
  'application/octet-stream',
);
const fileParts = fc.array(
  fc.record({
    name: fc.oneof(fileNames, fc.constant('xml_submission_file')),
    file: fileNames,
    type: types,
    body: junk,
  }),
  { maxLength: 4 },
);

function multipart(parts: readonly Part[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ name, file, type, body }) => [
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file === null ? '' : `; filename="${file}"`}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
      ),
      body,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
}

type Harm = { readonly kind: string; readonly do: (body: Buffer) => Buffer };

/** What goes wrong with a body on its way. */
const harms: fc.Arbitrary<Harm> = fc.oneof(
  { weight: 16, arbitrary: fc.constant({ kind: 'as it was', do: (body: Buffer) => body }) },
  fc.nat().map((at) => ({ kind: 'body cut', do: (body: Buffer) => body.subarray(0, at % (body.length + 1)) })),
  fc.constant({
    kind: 'no last boundary',
    do: (body: Buffer) => body.subarray(0, Math.max(0, body.length - BOUNDARY.length - 6)),
  }),
  fc.constant({
    kind: 'other boundary',
    do: (body: Buffer) => Buffer.from(body.toString('latin1').replaceAll(BOUNDARY, 'another'), 'latin1'),
  }),
  fc.constant({
    kind: 'line feeds alone',
    do: (body: Buffer) => Buffer.from(body.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
  }),
  fc.constant({
    kind: 'no empty line',
    do: (body: Buffer) => Buffer.from(body.toString('latin1').replace('\r\n\r\n', '\r\n'), 'latin1'),
  }),
  small(100_000).map((size) => ({
    kind: 'huge header of a part',
    do: (body: Buffer) =>
      Buffer.from(body.toString('latin1').replace('\r\n\r\n', `\r\nX-Long: ${'y'.repeat(size)}\r\n\r\n`), 'latin1'),
  })),
  junk.map((bytes) => ({ kind: 'junk before', do: (body: Buffer) => Buffer.concat([bytes, body]) })),
  junk.map((bytes) => ({ kind: 'junk after', do: (body: Buffer) => Buffer.concat([body, bytes]) })),
  fc.constant({ kind: 'body twice', do: (body: Buffer) => Buffer.concat([body, body]) }),
);

type Framing = {
  readonly kind: string;
  readonly whole: boolean;
  readonly of: (body: Buffer) => { head: string[]; sent: Buffer };
};

/** How long a body says it is, and how much of it comes. */
const framings: fc.Arbitrary<Framing> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constant({
      kind: 'whole',
      whole: true,
      of: (body: Buffer) => ({ head: [`Content-Length: ${body.length}`], sent: body }),
    }),
  },
  fc.nat(100_000).map((more) => ({
    kind: 'says more',
    whole: more === 0,
    of: (body: Buffer) => ({ head: [`Content-Length: ${body.length + more}`], sent: body }),
  })),
  fc.nat().map((less) => ({
    kind: 'says less',
    whole: true,
    of: (body: Buffer) => ({ head: [`Content-Length: ${less % (body.length + 1)}`], sent: body }),
  })),
  fc.constantFrom('-1', 'x', '9'.repeat(30), '1, 2', '').map((length) => ({
    kind: 'nonsense length',
    whole: false,
    of: (body: Buffer) => ({ head: [`Content-Length: ${length}`], sent: body }),
  })),
  fc.nat().map((at) => ({
    kind: 'line cut',
    whole: false,
    of: (body: Buffer) => ({
      head: [`Content-Length: ${body.length}`],
      sent: body.subarray(0, at % (body.length + 1)),
    }),
  })),
  fc.constant({
    kind: 'chunked',
    whole: true,
    of: (body: Buffer) => ({
      head: ['Transfer-Encoding: chunked'],
      sent: Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]),
    }),
  }),
  junk.map((bytes) => ({
    kind: 'broken chunks',
    whole: false,
    of: (body: Buffer) => ({
      head: ['Transfer-Encoding: chunked'],
      sent: Buffer.concat([Buffer.from('5\r\n'), body, bytes]),
    }),
  })),
  fc.constant({
    kind: 'both lengths',
    whole: false,
    of: (body: Buffer) => ({ head: [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'], sent: body }),
  }),
);

const strangeHeaders = fc.oneof(
  { weight: 8, arbitrary: fc.constant<string[]>([]) },
  fc.constantFrom(
    ['Content-Encoding: gzip'],
    ['Expect: 100-continue'],
    ['X-OpenRosa-Version: 99'],
    ['Accept-Language: \u00ff\u00fe'],
    ['Date: never'],
    ['Cookie: sign-in=x; flash=%%%'],
    ['Origin: null'],
    ['Sec-Fetch-Site: cross-site'],
    [`X-Long: ${'z'.repeat(9000)}`],
  ),
);

/** The right key mostly; else one that opens nothing. */
const keys = (token: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 14, arbitrary: fc.constant(token) },
    fc.constantFrom('', 'x', '%00', '%', '..', '%2e%2e%2f', token.slice(1), 'k'.repeat(400), token.toUpperCase()),
    fc.string({ maxLength: 40 }).map(encodeURIComponent),
  );

type Ask = { kind: string; method: string; path: string; head: string[]; body: Buffer };

function submissions(target: Target): fc.Arbitrary<Ask> {
  const contentType = fc.oneof(
    { weight: 14, arbitrary: fc.constant(`multipart/form-data; boundary=${BOUNDARY}`) },
    fc.constantFrom(
      'multipart/form-data',
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary="${BOUNDARY}`,
      'text/xml',
      '',
      'application/json',
      `multipart/mixed; boundary=${BOUNDARY}`,
      `multipart/form-data; boundary=${'b'.repeat(300)}`,
    ),
  );
  return fc
    .tuple(
      documents(target),
      fileParts,
      fc.boolean(),
      fc.nat(4),
      harms,
      contentType,
      keys(target.token),
      strangeHeaders,
    )
    .map(([{ kind, xml }, files, asField, at, harm, type, key, more]) => {
      const parts: Part[] = [...files];
      parts.splice(at % (parts.length + 1), 0, {
        name: 'xml_submission_file',
        file: asField ? null : 'v.xml',
        type: 'text/xml',
        body: xml,
      });
      return {
        kind: `submission: ${kind}, ${harm.kind}`,
        method: 'POST',
        path: `/or/${key}/submission`,
        head: ['X-OpenRosa-Version: 1.0', ...(type ? [`Content-Type: ${type}`] : []), ...more],
        body: harm.do(multipart(parts)),
      };
    });
}

function fieldParts(target: Target): fc.Arbitrary<Ask> {
  const number = fc.oneof({ weight: 4, arbitrary: fc.nat(8000).map(String) }, rough);
  const hash = fc.oneof({ weight: 4, arbitrary: fc.nat(200).map((n) => n.toString(16).padStart(64, '0')) }, rough);
  return fc
    .tuple(
      hash,
      number,
      number,
      fc.oneof(fc.constant('image/jpeg'), rough),
      junk,
      keys(target.token),
      fc.constantFrom('application/octet-stream', 'application/octet-stream', 'text/plain', 'application/json', ''),
    )
    .map(([sha256, offset, total, type, body, key, contentType]) => ({
      kind: 'field: part of a file',
      method: 'PUT',
      path: `/api/field/files/${encodeURIComponent(sha256)}?${new URLSearchParams({ offset, total, type })}`,
      head: [`Authorization: Bearer ${key}`, ...(contentType ? [`Content-Type: ${contentType}`] : [])],
      body,
    }));
}

function fieldRecords(target: Target): fc.Arbitrary<Ask> {
  const value: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue(), rough);
  const file = fc.record(
    {
      name: fc.oneof(fileNames, value),
      sha256: fc.oneof(fc.constant('0'.repeat(64)), value),
      bytes: fc.oneof(fc.nat(), value),
      mediaType: value,
    },
    { requiredKeys: [] },
  );
  const bodies = fc.oneof(
    fc
      .tuple(documents(target), fc.array(file, { maxLength: 3 }))
      .map(([{ xml }, files]) => JSON.stringify({ xml: xml.toString('utf8'), files })),
    value.map((any) => JSON.stringify({ xml: any, files: any })),
    value.map((any) => JSON.stringify(any) ?? ''),
    small(50_000).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`),
    fc.tuple(value, fc.nat()).map(([any, at]) => (JSON.stringify({ xml: any }) ?? '').slice(0, at % 50)),
    fc.constant('{"__proto__":{"x":1},"constructor":{"prototype":1},"xml":"<a/>"}'),
  );
  return fc
    .tuple(
      bodies,
      keys(target.token),
      fc.constantFrom('application/json', 'application/json', 'application/json; charset=utf-16', 'text/plain', ''),
    )
    .map(([body, key, type]) => ({
      kind: 'field: record',
      method: 'POST',
      path: '/api/field/records',
      head: [`Authorization: Bearer ${key}`, ...(type ? [`Content-Type: ${type}`] : [])],
      body: Buffer.from(body),
    }));
}

/** Requests to the doors through which phones send, broken and hostile in every way that we know. */
export function hostileRequests(target: Target): fc.Arbitrary<HostileRequest> {
  return fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: submissions(target) },
        { weight: 2, arbitrary: fieldParts(target) },
        { weight: 2, arbitrary: fieldRecords(target) },
      ),
      framings,
    )
    .map(([{ kind, method, path, head, body }, framing]) => {
      const { head: lengths, sent } = framing.of(body);
      const lines = [
        `${method} ${path} HTTP/1.1`,
        `Host: ${target.host}`,
        'Connection: close',
        `X-Forwarded-For: 10.${randomBytes(3).join('.')}`,
        ...head,
        ...lengths,
      ];
      return {
        kind: `${kind}, ${framing.kind}`,
        bytes: Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent]),
        whole: framing.whole,
      };
    });
}
