import { openForm, parseForm } from '@demilge/xform';
import { describe, expect, it } from 'vitest';
import { form, input } from './forms.ts';

/** Bishkek, the evening of Nooruz. */
const clock = { now: () => new Date('2024-03-21T18:30:15.250Z'), utcOffset: () => 360 };

describe('what a form does by itself', () => {
  it('fills the metadata of a new record and its end', () => {
    const meta = form({
      instance: '<start/><end/><today/><who/><device/><phone/>',
      model: `<bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
<bind nodeset="/data/today" type="date" jr:preload="date" jr:preloadParams="today"/>
<bind nodeset="/data/who" jr:preload="property" jr:preloadParams="username"/>
<bind nodeset="/data/device" jr:preload="property" jr:preloadParams="deviceid"/>
<bind nodeset="/data/phone" jr:preload="property" jr:preloadParams="phone number"/>`,
    });
    const open = openForm(parseForm(meta), {
      ...clock,
      context: { username: 'nurlan', deviceID: 'demilge:7', phoneNumber: '+996555123456' },
      uuid: () => 'id',
    });
    open.finish();
    expect(open.serialize()).toBe(
      '<data id="ayil" version="3"><start>2024-03-22T00:30:15.250+06:00</start><end>2024-03-22T00:30:15.250+06:00</end>' +
        '<today>2024-03-22</today><who>nurlan</who><device>demilge:7</device><phone>+996555123456</phone>' +
        '<meta><instanceID>uuid:id</instanceID></meta></data>',
    );
  });

  it('keeps the moment and the chance of a draft when it is opened another day', () => {
    const drawn = parseForm(
      form({
        instance: '<at/><age/><born>1990-05-01</born>',
        model: `<bind nodeset="/data/at" type="string" calculate="concat(now(), ' ', random(), ' ', uuid())"/><bind nodeset="/data/age" type="int" calculate="(today() - /data/born ) div 365.25"/><bind nodeset="/data/born" type="date"/>`,
        body: input('/data/born'),
      }),
    );
    const draft = openForm(drawn, clock).draft();
    const later = openForm(drawn, {
      instanceXml: draft,
      now: () => new Date('2031-01-01T00:00:00Z'),
      utcOffset: () => 360,
    });
    expect(later.draft()).toBe(draft);
    later.setValue('/data/born', '2000-05-01');
    expect(later.evaluate('/data/age')).toBe('30');
  });

  it('makes as many rows as were counted, and throws none away when the count is emptied', () => {
    const counted = form({
      instance: '<n/><row jr:template=""><name/><which/></row>',
      model: '<bind nodeset="/data/n" type="int"/><bind nodeset="/data/row/which" calculate="position(..)"/>',
      body: `${input('/data/n')}<group ref="/data/row"><label/><repeat nodeset="/data/row" jr:count=" /data/n ">${input('/data/row/name')}</repeat></group>`,
    });
    const open = openForm(parseForm(counted));
    open.setValue('/data/n', '3');
    open.setValue('/data/row[3]/name', 'Тоосор');
    const repeat = open.get('/data/row');
    expect(repeat?.kind === 'repeat' && [repeat.children.length, repeat.counted, repeat.canAdd]).toEqual([
      3,
      true,
      false,
    ]);
    open.setValue('/data/n', '');
    expect(open.evaluate('join(" ", /data/row/which)')).toBe('1 2 3');
    open.setValue('/data/n', '1');
    expect(open.evaluate('count(/data/row)')).toBe('1');
  });

  it('sets defaults once, in new rows, and when an answer changes', () => {
    const actions = form({
      instance: '<a/><b/><first/><seen/><row jr:template=""><x/><y/></row>',
      model: `<setvalue ref="/data/first" event="odk-instance-first-load" value="concat('a', 'б')"/>`,
      body: `<input ref="/data/a"><label>a</label><setvalue ref="/data/seen" event="xforms-value-changed" value="concat( /data/a , '!')"/><setvalue ref="/data/b" event="xforms-value-changed">fixed</setvalue></input>
<group ref="/data/row"><label>r</label><repeat nodeset="/data/row"><input ref="/data/row/x"><label>x</label><setvalue ref="/data/row/y" event="xforms-value-changed" value=" ../x "/></input><setvalue ref="/data/row/x" event="odk-new-repeat" value="concat('row ', position(..))"/></repeat></group>`,
    });
    const open = openForm(parseForm(actions));
    open.setValue('/data/a', 'Ош');
    open.addRepeat('/data/row');
    open.addRepeat('/data/row');
    open.setValue('/data/row[2]/x', 'Талас');
    expect(
      ['first', 'seen', 'b', 'row[1]/x', 'row[2]/x', 'row[1]/y', 'row[2]/y'].map((name) =>
        open.evaluate(`/data/${name}`),
      ),
    ).toEqual(['aб', 'Ош!', 'fixed', 'row 1', 'Талас', '', 'Талас']);
    open.setValue('/data/first', 'changed');
    expect(openForm(open.definition, { instanceXml: open.draft() }).evaluate('/data/first')).toBe('changed');
  });

  it('asks the device for the place, and takes its answer', () => {
    const place = form({
      instance: '<here/><q/>',
      model: '<bind nodeset="/data/here" type="geopoint"/>',
      body: '<input ref="/data/q"><label>q</label><odk:setgeopoint ref="/data/here" event="xforms-value-changed"/></input>',
    });
    const asked: unknown[] = [];
    const open = openForm(parseForm(place), { onAction: (action) => asked.push(action) });
    open.setValue('/data/q', '1');
    expect(asked).toEqual([{ kind: 'setgeopoint', ref: '/data/here', parameters: {} }]);
    open.setValue('/data/here', '42.1 77.5 1600 4');
    expect(open.serialize()).toContain('<here>42.1 77.5 1600 4</here>');
  });

  it('remembers the last saved record', () => {
    const last = parseForm(
      form({
        instance: '<city/>',
        model: `<instance id="__last-saved" src="jr://instance/last-saved"/><setvalue ref="/data/city" event="odk-instance-first-load" value=" instance('__last-saved')/data/city "/>`,
        body: input('/data/city'),
      }),
    );
    const first = openForm(last);
    expect([first.evaluate('/data/city'), first.missingResources]).toEqual(['', []]);
    first.setValue('/data/city', 'Каракол');
    const saved = first.serialize();
    const next = openForm(last, { resources: (src) => (src === 'jr://instance/last-saved' ? saved : undefined) });
    expect(next.evaluate('/data/city')).toBe('Каракол');
  });

  it('reads an absolute path inside a repeat as of the same row', () => {
    const rows = form({
      instance: '<row jr:template=""><price/><count/><cost/><before/></row><sum/>',
      model: `<bind nodeset="/data/row/cost" calculate=" /data/row/price * /data/row/count "/><bind nodeset="/data/row/before" calculate="indexed-repeat( /data/row/price , /data/row , position(..) - 1)"/><bind nodeset="/data/sum" calculate="sum( /data/row/cost )"/>`,
      body: `<group ref="/data/row"><label/><repeat nodeset="/data/row">${input('/data/row/price')}${input('/data/row/count')}</repeat></group>`,
    });
    const open = openForm(parseForm(rows));
    for (const [i, [price, count]] of [
      ['100', '2'],
      ['50', '3'],
    ].entries()) {
      open.addRepeat('/data/row');
      open.setValue(`/data/row[${i + 1}]/price`, price!);
      open.setValue(`/data/row[${i + 1}]/count`, count!);
    }
    expect(
      ['row[1]/cost', 'row[2]/cost', 'row[2]/before', 'sum'].map((name) => open.evaluate(`/data/${name}`)),
    ).toEqual(['200', '150', '100', '350']);
  });

  it('adds a running total over the rows of a repeat, although each row looks at the one before', () => {
    const running = form({
      instance: '<row jr:template=""><x/><total/></row>',
      model: `<bind nodeset="/data/row/total" type="int" calculate="../x + coalesce(indexed-repeat( /data/row/total , /data/row , position(..) - 1), 0)"/>`,
      body: `<group ref="/data/row"><label/><repeat nodeset="/data/row">${input('/data/row/x')}</repeat></group>`,
    });
    const open = openForm(parseForm(running));
    for (let i = 1; i <= 5; i++) {
      open.addRepeat('/data/row');
      open.setValue(`/data/row[${i}]/x`, String(i));
    }
    open.setValue('/data/row[1]/x', '10');
    expect(open.evaluate('join(" ", /data/row/total)')).toBe('10 12 15 19 24');
  });

  it('refuses a circle of calculations and names its members', () => {
    const circle = form({
      instance: '<a/><b/>',
      model: '<bind nodeset="/data/a" calculate=" /data/b + 1"/><bind nodeset="/data/b" calculate=" /data/a + 1"/>',
    });
    expect(() => parseForm(circle)).toThrow(/depend on each other: \/data\/a, \/data\/b/);
  });

  it('names the path and line of a broken expression', () => {
    const broken = form({ instance: '<a/>', model: '\n\n<bind nodeset="/data/a" relevant="selected( /data/a , "/>' });
    expect(() => parseForm(broken)).toThrow(expect.objectContaining({ code: 'expression', path: '/data/a', line: 5 }));
    const unknown = form({ instance: '<a/>', model: '<bind nodeset="/data/a" relevant="selectet(., 1)"/>' });
    expect(() => parseForm(unknown)).toThrow(expect.objectContaining({ code: 'function', path: '/data/a' }));
    const lost = form({ instance: '<a/>', body: input('/data/lost') });
    expect(() => parseForm(lost)).toThrow(expect.objectContaining({ code: 'path', path: '/data/lost' }));
  });

  it('stops what would multiply without end, by code', () => {
    const code = (xml: string) => {
      try {
        openForm(parseForm(xml));
      } catch (error) {
        return (error as { code?: string }).code;
      }
      return 'opened';
    };
    const calculated = (expression: string) =>
      form({ instance: '<a/>', model: `<bind nodeset="/data/a" calculate="${expression}"/>` });
    const rows = (count: string) =>
      form({
        instance: '<a jr:template=""><b jr:template=""><x/></b></a>',
        body: `<group ref="/data/a"><label/><repeat nodeset="/data/a" jr:count="${count}"><group ref="/data/a/b"><label/><repeat nodeset="/data/a/b" jr:count="${count}">${input('/data/a/b/x')}</repeat></group></repeat></group>`,
      });
    expect(code(rows('5000'))).toBe('repeat');
    expect(code(rows('7'))).toBe('opened');
    expect(code(calculated(`${'('.repeat(5000)}1${')'.repeat(5000)}`))).toBe('expression');
    expect(code(calculated(Array(3000).fill('1').join(' + ')))).toBe('expression');
    expect(code(calculated("regex('aaa', '(a)\\1')"))).toBe('expression');
    expect(code(calculated("count('a')"))).toBe('expression');
  });
});
