import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import {
  collectQrText,
  collectSettings,
  OpenRosaError,
  openRosaHeaders,
  readCollectQrText,
  readEnvelope,
  readFormList,
  readHeaders,
  readManifest,
  readResponse,
  writeFormList,
  writeManifest,
  writeResponse,
} from './index.ts';

test('the first block of the README runs and prints what it says', async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const folder = await mkdtemp(join(import.meta.dirname, '../.readme-'));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    const file = join(folder, 'block.ts');
    await writeFile(file, block);
    await import(/* @vite-ignore */ pathToFileURL(file).href);
    const [name, envelope, message, code] = log.mock.calls.map(([value]) => value as unknown);
    expect([name, envelope, message]).toEqual([
      'Клиникага баруу',
      { formId: 'visit', version: '2016-03' },
      'Кабыл алынды',
    ]);
    expect(await readCollectQrText(String(code))).toEqual(
      collectSettings({ serverUrl: 'https://example.org/or/token', name: 'Клиникалар' }),
    );
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
});

test('a form list is written as the protocol has it', () => {
  const list = writeFormList([
    {
      formId: 'visit',
      name: 'Баруу <1> & "2"',
      version: '7',
      md5: 'abc',
      description: 'Жаз',
      downloadUrl: 'https://x.kg/f?a=1&b=2',
      manifestUrl: 'https://x.kg/m',
    },
  ]);
  expect(list).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<xforms xmlns="http://openrosa.org/xforms/xformsList">
<xform><formID>visit</formID><name>Баруу &lt;1&gt; &amp; &quot;2&quot;</name><version>7</version><hash>md5:abc</hash><descriptionText>Жаз</descriptionText><downloadUrl>https://x.kg/f?a=1&amp;b=2</downloadUrl><manifestUrl>https://x.kg/m</manifestUrl></xform>
</xforms>
`,
  );
});

const words = fc.string({ unit: fc.constantFrom(...'аөүң <>&"\'\t;#]x1'), maxLength: 12 }).map((text) => text.trim());

test('whatever a form or file is called, it is read as it was written', () => {
  const listing = fc.record(
    {
      formId: words,
      name: words,
      version: words,
      md5: fc.constant('0a'),
      downloadUrl: words,
      manifestUrl: words.filter(Boolean),
    },
    { requiredKeys: ['formId', 'name', 'version', 'md5', 'downloadUrl'] },
  );
  fc.assert(
    fc.property(fc.array(listing), (forms) => {
      expect(readFormList(writeFormList(forms))).toEqual(forms);
    }),
  );
  const file = fc.record(
    { filename: words, md5: fc.constant('0a'), downloadUrl: words, entityList: fc.constant(true) },
    { requiredKeys: ['filename', 'md5', 'downloadUrl'] },
  );
  fc.assert(
    fc.property(fc.array(file), (files) => {
      expect(readManifest(writeManifest(files))).toEqual(files);
    }),
  );
  fc.assert(
    fc.property(words, words, (text, nature) => {
      expect(readResponse(writeResponse(text, nature))).toEqual({ text, nature });
    }),
  );
});

test('a form list of another server, with prefixes and comments, is read', () => {
  const xml = `<?xml version='1.0'?><!-- forms --><l:xforms xmlns:l="http://openrosa.org/xforms/xformsList">
    <l:xform><l:formID>a</l:formID><l:name><![CDATA[A & B]]></l:name><l:version/><l:hash>md5:1</l:hash>
    <l:downloadUrl>/a</l:downloadUrl></l:xform></l:xforms>`;
  expect(readFormList(xml)).toEqual([{ formId: 'a', name: 'A & B', version: '', md5: '1', downloadUrl: '/a' }]);
});

describe('what is not of the protocol is refused', () => {
  const list = writeFormList([{ formId: 'a', name: 'b', version: '1', md5: 'c', downloadUrl: 'd' }]);
  const refused = {
    'a document type': `<!DOCTYPE x [<!ENTITY e "e">]><xforms>&e;</xforms>`,
    'a page': '<html><body>Wi-Fi login</body></html>',
    'an unquoted attribute': '<xforms a=1/>',
    'two roots': '<xforms/><xforms/>',
    'a stray end': '</xforms>',
    nothing: '',
    'a deep nest': '<a>'.repeat(5000),
  };
  for (const [name, xml] of Object.entries(refused))
    test(name, () => expect(() => readFormList(xml)).toThrow(OpenRosaError));
  test('a list that was cut anywhere', () => {
    for (let end = 0; end < list.trimEnd().length; end++)
      expect(() => readFormList(list.slice(0, end))).toThrow(OpenRosaError);
  });
});

test('the envelope tells form and version whatever stands before it', () => {
  expect(
    readEnvelope(
      `\uFEFF<?xml version="1.0"?>\n<!-- <a id="no"> -->\n<x:data xmlns:x="u" id='a&amp;b' version="1"><a id="2"/>`,
    ),
  ).toEqual({ formId: 'a&b', version: '1' });
  expect(readEnvelope('<data xmlns="http://example.org/form"/>')).toEqual({
    formId: 'http://example.org/form',
    version: '',
  });
  expect(readEnvelope('<!DOCTYPE data><data id="a"/>')).toBe(undefined);
  expect(readEnvelope('%PDF-1.4')).toBe(undefined);
});

test('no text makes the readers hang or throw anything of another kind', () => {
  const soup = fc.array(
    fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      'a',
      ' ',
      '="',
      '"',
      '&',
      '<!--',
      '-->',
      '<?',
      '?>',
      '<![CDATA[',
      ']]>',
      ' id="1"',
    ),
  );
  fc.assert(
    fc.property(soup, (parts) => {
      const xml = parts.join('');
      readEnvelope(xml);
      try {
        readResponse(xml);
      } catch (error) {
        expect(error).toBeInstanceOf(OpenRosaError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('headers go out as the protocol names them and come in however they are spelled', () => {
  const headers = openRosaHeaders({ maxBytes: 200, now: new Date('2016-04-01T00:00:00Z') });
  expect(headers).toEqual({
    'X-OpenRosa-Version': '1.0',
    Date: 'Fri, 01 Apr 2016 00:00:00 GMT',
    'X-OpenRosa-Accept-Content-Length': '200',
  });
  expect(readHeaders(headers)).toEqual({ version: '1.0', maxBytes: 200 });
  expect(readHeaders(new Headers(headers))).toEqual({ version: '1.0', maxBytes: 200 });
  expect(readHeaders({ 'x-openrosa-accept-content-length': 'many' })).toEqual({ version: '', maxBytes: undefined });
});

test('Collect reads its settings from the code: JSON in zlib in base64', async () => {
  const text = await collectQrText({
    serverUrl: 'https://x.kg/or/t',
    name: 'Айыл',
    icon: 'А',
    color: '#b3312c',
    language: 'ky',
  });
  expect(JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString())).toEqual({
    general: {
      protocol: 'odk_default',
      server_url: 'https://x.kg/or/t',
      form_update_mode: 'match_exactly',
      autosend: 'wifi_and_cellular',
      app_language: 'ky',
    },
    admin: {},
    project: { name: 'Айыл', icon: 'А', color: '#b3312c' },
  });
});
