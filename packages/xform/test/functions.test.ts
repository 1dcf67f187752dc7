/** Every function of the ODK XForms specification by its own sentence there, with the edges that forms run into. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type EvaluateOptions, evaluateXPath, openForm, parseForm } from '@demilge/xform';
import { allowSigned } from '@demilge/xform/signed';
import { beforeAll, describe, expect, it } from 'vitest';
import { arityOf, FUNCTION_NAMES } from '../../xlsform/src/xpath/functions.ts';
import { FUNCTIONS } from '../src/xpath-functions.ts';
import { form, input } from './forms.ts';

/** Two households of Ак-Суу: Айгүл is 7, her brother's age was not asked yet; Чынара of the second is 31. */
const XML = `<data id="f"><village>Ак-Суу</village><none/>
  <house><member><name>Айгүл</name><age>7</age></member><member><name>Бектур</name><age/></member></house>
  <house><member><name>Чынара</name><age>31</age></member></house></data>`;
const LISTS = { p: `<root>${'abcde'.replace(/./g, '<item><name>$&</name></item>')}</root>` };
/** Half past midnight in Bishkek, while it is still the day before at Greenwich. */
const CLOCK = { now: () => new Date('2016-04-05T18:30:15.007Z'), utcOffset: () => 360 };

const at = (expression: string, options: EvaluateOptions = {}) =>
  evaluateXPath(expression, { xml: XML, instances: LISTS, ...CLOCK, language: 'Кыргызча (ky)', ...options });

function table(rows: readonly (readonly [expression: string, value: unknown])[]): void {
  expect(rows.map(([expression]) => [expression, at(expression)])).toEqual(rows);
}

describe('texts', () => {
  it('are joined from all nodes of a set', () => {
    table([
      ['concat(/data/house/member/name)', 'АйгүлБектурЧынара'],
      ["concat('a')", 'a'],
      ['concat(/data/nobody)', ''],
      ["join(', ', /data/house/member/name)", 'Айгүл, Бектур, Чынара'],
      ["join('-', 1, true(), /data/village)", '1-true-Ак-Суу'],
      ["join(', ', /data/nobody)", ''],
      ['string(/data/house/member/name)', 'Айгүл'],
    ]);
  });

  it('are cut from a place counted from 0, and before or after a mark', () => {
    table([
      ["substr('Ысык-Көл', 5)", 'Көл'],
      ["substr('Ысык-Көл', 0, 4)", 'Ысык'],
      ["substr('Ысык-Көл', -3, -1)", 'Кө'],
      ["substr('Көл', 2, 1)", ''],
      ["substr('Көл', 'x')", ''],
      ["substring-before('Ысык-Көл', '-')", 'Ысык'],
      ["substring-before('Көл', '-')", ''],
      ["substring-before('Көл', '')", ''],
      ["substring-after('Ысык-Көл', '-')", 'Көл'],
      ["substring-after('Көл', '')", 'Көл'],
      ["translate('ала-тоо', 'ао-', 'АО')", 'АлАтОО'],
      ["normalize-space('  Ак \n Суу ')", 'Ак Суу'],
      ["string-length('Ысык-Көл')", 8],
    ]);
  });

  it('are looked into', () => {
    table([
      ["contains('Ысык-Көл', 'к-К')", true],
      ["starts-with('', '')", true],
      ["ends-with('Ысык-Көл', 'көл')", false],
      ["regex('0555123456', '[0-9]{10}')", true],
      ["regex('Өмүр', '^[А-Яа-яӨөҮүҢң]+$')", true],
    ]);
  });

  it('are made of chance: a UUID, or as many letters as asked', () => {
    expect(at('uuid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(at('uuid(8)')).toMatch(/^[A-Za-z0-9]{8}$/);
    expect(at('uuid(0)')).toBe('');
  });
});

describe('digests and signatures', () => {
  it('of every algorithm and both encodings are those of the platform', () => {
    for (const algorithm of ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])
      for (const encoding of ['hex', 'base64'] as const)
        for (const text of ['', 'abc', 'Кыргызстан', 'ө'.repeat(1000)])
          expect(at(`digest('${text}', '${algorithm}', '${encoding}')`)).toBe(
            createHash(algorithm.replace('-', '')).update(text).digest(encoding),
          );
    expect(at("digest('abc', 'MD5')")).toBe('kAFQmDzST7DWlj99KOF/cg==');
    expect(at("digest('abc', 'SHA-3')")).toBe('');
    const book = `<data>${'Манас'.repeat(200_000)}</data>`;
    expect(() => at("digest(/data, 'SHA-512')", { xml: book })).toThrow(/too many nodes/);
  });

  it('base64 is read as UTF-8, and what is none is empty', () => {
    table([
      ["base64-decode('0prTqdC7')", 'Қөл'],
      ["base64-decode('***')", ''],
      ["base64-decode('')", ''],
    ]);
  });

  describe('extract-signed', () => {
    beforeAll(allowSigned);

    /** An Ed25519 key out of 32 fixed bytes. */
    const privateKey = (byte: number): KeyObject =>
      createPrivateKey({
        key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]),
        format: 'der',
        type: 'pkcs8',
      });
    const publicKey = (key: KeyObject): string =>
      createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
    const signed = (message: string, key: KeyObject): Buffer =>
      Buffer.concat([sign(null, Buffer.from(message), key), Buffer.from(message)]);
    const office = privateKey(7);
    const read = (content: Buffer | string, key = publicKey(office)) =>
      at(`extract-signed('${typeof content === 'string' ? content : content.toString('base64')}', '${key}')`);

    it('gives the message of a voucher that the office has signed', () => {
      expect(read(signed('Айгүл Осмонова, 5 кап ун', office))).toBe('Айгүл Осмонова, 5 кап ун');
      expect(read(signed('', office))).toBe('');
    });

    it('gives nothing for a message that was changed, a signature that was changed, or the key of another', () => {
      const voucher = signed('5 кап ун', office);
      for (const place of [0, 63, 64, voucher.length - 1]) {
        const forged = Buffer.from(voucher);
        forged[place]! ^= 1;
        expect([place, read(forged)]).toEqual([place, '']);
      }
      expect(read(voucher, publicKey(privateKey(8)))).toBe('');
    });

    it('gives nothing for what is too short, no base64, or no key', () => {
      const voucher = signed('5 кап ун', office);
      expect(read(voucher.subarray(0, 63))).toBe('');
      expect(read('***')).toBe('');
      for (const key of ['', 'AAAA', '***', Buffer.alloc(32, 255).toString('base64')])
        expect([key, read(voucher, key)]).toEqual([key, '']);
    });
  });
});

describe('truth', () => {
  it('is of a text when it is not empty, of a number when it is not 0, of a set when it has a node', () => {
    table([
      ["boolean('false')", true],
      ["boolean('')", false],
      ['boolean(0)', false],
      ["boolean(number('x'))", false],
      ['boolean(/data/none)', true],
      ['boolean(/data/nobody)', false],
      ["boolean-from-string('1')", true],
      ["boolean-from-string('TRUE')", false],
      ["not('')", true],
      ["if('', 'a', 'b')", 'b'],
      ["if(/data/village = 'Ак-Суу', 'a', 1 div 0)", 'a'],
      ["coalesce(/data/none, /data/nobody, 'z')", 'z'],
      ["coalesce('', '')", ''],
    ]);
  });

  it('of a checklist is a count between two ends, -1 for no end; weights are counted for what is ticked', () => {
    table([
      ["checklist(2, 3, '1', '0', true(), 1)", true],
      ["checklist(-1, 1, '1', '1')", false],
      ["checklist(2, -1, '1', 'yes')", false],
      ['weighted-checklist(4, 5, 1, 2, 0, 9, 1, 3)', true],
      ['weighted-checklist(6, -1, 1, 2, 0, 9, 1, 3)', false],
    ]);
  });
});

describe('numbers', () => {
  it('are rounded towards zero by int, with halves up by round', () => {
    table([
      ['int(-2.5)', -2],
      ["int('3.9')", 3],
      ["int('x')", Number.NaN],
      ['round(2.5)', 3],
      ['round(-2.5)', -2],
      ['round(1.005, 2)', 1.01],
      ['round(-1234.5, -2)', -1200],
      ['abs(-3)', 3],
      ['5 mod -2', 1],
      ['-5 mod 2', -1],
    ]);
  });

  it('are NaN where mathematics has none', () => {
    table([
      ['sqrt(-1)', Number.NaN],
      ['log(-1)', Number.NaN],
      ['log(0)', Number.NEGATIVE_INFINITY],
      ['pow(-8, 1 div 3)', Number.NaN],
      ['asin(2)', Number.NaN],
      ["number('1e3')", Number.NaN],
      ["number('')", Number.NaN],
      ['1 div 0', Number.POSITIVE_INFINITY],
      ['exp10(2)', 100],
      ['atan2(0, -1)', Math.PI],
      ['pi()', Math.PI],
    ]);
  });

  it('of a set are added, and the largest and smallest found; an empty answer makes them NaN', () => {
    table([
      ['sum(/data/nobody)', 0],
      ['sum(/data/house/member/age)', Number.NaN],
      ["sum(/data/house/member/age[. != ''])", 38],
      ["max(/data/house/member/age[. != ''])", 31],
      ["min(/data/house/member/age[. != ''], 3)", 3],
      ['max(/data/house/member/age)', Number.NaN],
      ['min(/data/nobody)', Number.NaN],
    ]);
  });
});

describe('nodes', () => {
  it('are counted, filled or not', () => {
    table([
      ['count(/data/house/member)', 3],
      ['count(/data/nobody)', 0],
      ['count-non-empty(/data/house/member/age)', 2],
      ['count-non-empty(/data/nobody)', 0],
    ]);
  });

  it('are found by conditions inside conditions', () => {
    table([
      ['/data/house[member[age > 10]]/member/name', ['Чынара']],
      ['/data/house[count(member) = 2]/member[2]/name', ['Бектур']],
      ['/data/house[last()]/member/name', ['Чынара']],
      ['(/data/house/member)[3]/name', ['Чынара']],
      ["/data/house/member[name = 'Бектур']/../member[1]/name", ['Айгүл']],
      ['position(/data/house[2])', 2],
      ['position(/data/house[2]/member)', 1],
    ]);
    expect(at('position(..)', { ref: '/data/house[2]/member' })).toBe(2);
    expect(at('current()/../name', { ref: '/data/house[2]/member/age' })).toEqual(['Чынара']);
  });

  it('of a repeat are found by their indexes, up to three repeats deep', () => {
    const names = '/data/house/member/name';
    table([
      [`indexed-repeat(${names}, /data/house, 1, /data/house/member, 2)`, ['Бектур']],
      [`indexed-repeat(${names}, /data/house, 3, /data/house/member, 1)`, []],
      [`indexed-repeat(${names}, /data/house, 'x', /data/house/member, 1)`, []],
    ]);
  });

  it('are shuffled alike by the same seed, without one lost', () => {
    const shuffled = (seed: string) => at(`join(' ', randomize(instance('p')/root/item/name, ${seed}))`) as string;
    expect(shuffled('42')).toBe(shuffled('42'));
    expect(shuffled('42')).not.toBe(shuffled('43'));
    for (const seed of ['0', '-7', "''", "'Ак-Суу'", '4294967296'])
      expect([...shuffled(seed).split(' ')].sort().join('')).toBe('abcde');
    expect(at('randomize(/data/nobody, 1)')).toEqual([]);
  });
});

describe('days and times', () => {
  it('are those of the place where the phone is', () => {
    table([
      ['today()', '2016-04-06'],
      ['now()', '2016-04-06T00:30:15.007+06:00'],
      ["date('2016-04-05T23:30:00.000Z')", '2016-04-06'],
      ['date(16896)', '2016-04-05'],
      ["date(date('2016-02-28') + 2)", '2016-03-01'],
      ["date('2016-02-30')", ''],
      ["date('')", ''],
      ["number('2016-04-05T00:00:00.000Z')", 16896],
      ["decimal-date-time('1970-01-02T06:00:00.000+06:00')", 1],
      ["decimal-time('18:00')", 0.75],
      ["decimal-time('12:00:00.000+06:00')", 0.5],
      ["decimal-time('21:00:00.000Z')", 0.125],
      ["decimal-time('25:00')", Number.NaN],
      ["'2016-04-05' < today()", true],
    ]);
  });

  it('are written by every sign of a pattern, with the names of the language', () => {
    const day = "format-date('2016-04-05', '%Y %y|%m %n|%d %e|%b %a')";
    expect(at(day)).toBe('2016 16|04 4|05 5|апр. шейш.');
    expect(at(day, { language: 'Русский (ru)' })).toBe('2016 16|04 4|05 5|апр. вт');
    expect(at(day, { language: 'English (en)' })).toBe('2016 16|04 4|05 5|Apr Tue');
    expect(at(day, { language: '' })).toBe('2016 16|04 4|05 5|Apr Tue');
    table([
      ["format-date-time('2016-04-05T09:07:03.005+06:00', '%H %h|%M %S %3')", '09 9|07 03 005'],
      ["format-date-time('2016-04-05T09:07:03.005Z', '%H')", '15'],
      ["format-date('2016-04-05', '%% %Q %')", '% %Q %'],
      ["format-date('', '%Y')", ''],
      ["format-date('эртең', '%Y')", ''],
    ]);
  });
});

describe('choices', () => {
  it('of a list are found, taken by place and counted', () => {
    table([
      ["selected('суу жарык', 'жарык')", true],
      ["selected('суулуу жарык', 'суу')", false],
      ["selected('', '')", true],
      ["selected-at('суу жарык', 1)", 'жарык'],
      ["selected-at('суу жарык', 9)", ''],
      ["selected-at('суу жарык', -1)", ''],
      ["count-selected(' суу  жарык ')", 2],
      ["count-selected('')", 0],
    ]);
  });
});

describe('places', () => {
  const field = '42.8 74.6 0 0;42.9 74.6 0 0;42.9 74.7 0 0;42.8 74.7 0 0;42.8 74.6 0 0';
  it('have a length, an area, an inside and crossings', () => {
    table([
      ["distance('42.8 74.6 0 0;42.9 74.6 0 0')", 11131.88],
      [`distance('${field}')`, 38586.15],
      [`area('${field}')`, 90849442.25],
      [`enclosed-area('${field}')`, 90849442.25],
      ["area('42.8 74.6')", 0],
      ["distance('')", 0],
      ["area('Ак-Суу')", 0],
      [`geofence('42.85 74.65 0 0', '${field}')`, true],
      [`geofence('41 74.65', '${field}')`, false],
      ["geofence('', '')", false],
      ["intersects('0 0;1 1;0 1;1 0')", true],
      [`intersects('${field}')`, false],
    ]);
  });
});

describe('inside a form', () => {
  const open = () =>
    openForm(
      parseForm(
        form({
          instance: '<village>b</village><where/><kept/><said/><row><n/></row>',
          model: `
            <instance id="villages" src="jr://file-csv/villages.csv"/>
            <itext><translation lang="Кыргызча (ky)" default="true()">
              <text id="v-a"><value>Ак-Суу</value></text><text id="v-b"><value>Барскоон</value></text></translation>
              <translation lang="English (en)">
              <text id="v-a"><value>White Water</value></text><text id="v-b"><value>Barskoon</value></text></translation></itext>
            <bind nodeset="/data/where" calculate="pulldata('villages', 'rayon', 'name', /data/village)"/>
            <bind nodeset="/data/kept" calculate="once(/data/village)"/>
            <bind nodeset="/data/said" calculate="concat(jr:choice-name(/data/village, '/data/village'), ' ', jr:itext('v-a'))"/>
            <bind nodeset="/data/row/n" calculate="position(..)"/>`,
          body: `<select1 ref="/data/village"><label>Айыл</label>
              <item><label ref="jr:itext('v-a')"/><value>a</value></item>
              <item><label ref="jr:itext('v-b')"/><value>b</value></item></select1>
            <group ref="/data/row"><repeat nodeset="/data/row">${input('/data/row/n', 'N')}</repeat></group>`,
        }),
      ),
      { resources: () => 'name,rayon\na,Ак-Суу району\nb,"Жети-Өгүз, Барскоон"\n' },
    );

  it('a table is asked, a choice is named in the language of the person, once keeps its first answer', () => {
    const one = open();
    const now = () => ['where', 'kept', 'said'].map((name) => one.evaluate(`/data/${name}`));
    expect(now()).toEqual(['Жети-Өгүз, Барскоон', 'b', 'Барскоон Ак-Суу']);
    one.setLanguage('en');
    one.setValue('/data/village', 'a');
    expect(now()).toEqual(['Ак-Суу району', 'b', 'White Water White Water']);
    one.setValue('/data/village', '');
    expect(now()).toEqual(['', 'b', ' White Water']);
  });

  it('a row knows its number, also when one before it has gone', () => {
    const one = open();
    one.addRepeat('/data/row');
    one.addRepeat('/data/row');
    one.removeRepeat('/data/row[1]');
    expect(one.evaluate("join(' ', /data/row/n)")).toBe('1 2');
  });
});

describe('a text that a language lacks', () => {
  it('is shown in the default language, never as the sign that converters write for it', () => {
    const one = openForm(
      parseForm(
        form({
          instance: '<sheep/>',
          itext: `<itext><translation lang="Кыргызча (ky)" default="true()">
              <text id="l"><value>Канча кой?</value></text>
              <text id="h"><value>Козулары менен</value><value form="guidance">-</value></text></translation>
            <translation lang="Русский (ru)">
              <text id="l"><value>Сколько овец?</value></text>
              <text id="h"><value>-</value><value form="guidance">-</value></text></translation></itext>`,
          body: `<input ref="/data/sheep"><label ref="jr:itext('l')"/><hint ref="jr:itext('h')"/></input>`,
        }),
      ),
      { language: 'ru' },
    );
    const { label, hint, guidance } = one.get('/data/sheep')!;
    expect([label, hint, guidance]).toEqual(['Сколько овец?', 'Козулары менен', '']);
  });
});

describe('the two packages', () => {
  it('know the same functions: what the compiler lets through, the engine computes', () => {
    expect([...FUNCTION_NAMES].sort()).toEqual(Object.keys(FUNCTIONS).sort());
    const wider = FUNCTION_NAMES.filter((name) => {
      const [least, most] = arityOf(name)!;
      const { min, max } = FUNCTIONS[name]!;
      return least < min || most > max;
    });
    expect(wider).toEqual([]);
  });
});
