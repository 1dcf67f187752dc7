import { openForm, parseForm, type Submission, validateSubmission, XFormError } from '@demilge/xform';
import { describe, expect, it } from 'vitest';
import { form, HOUSEHOLDS, input } from './forms.ts';

const households = parseForm(HOUSEHOLDS);
const head = '<data id="ayil" version="3"><village>Барскоон</village>';
const meta = '<meta><instanceID>uuid:7</instanceID></meta></data>';
const brief = ({ problems }: Submission) =>
  problems.map(({ code, path, value }) => (value === undefined ? [code, path] : [code, path, value]));

describe('checking what was received', () => {
  it('finds nothing wrong in what our own engine sends, and gives the answers by name', () => {
    const open = openForm(households, { uuid: () => 'aa' });
    open.setValue('/data/village', 'Барскоон');
    open.addRepeat('/data/household');
    open.setValue('/data/household[1]/head', 'Айгүл');
    open.setValue('/data/household[1]/animals', 'yes');
    open.setValue('/data/household[1]/goats', '12');
    expect(validateSubmission(households, open.serialize())).toEqual({
      instanceId: 'uuid:aa',
      formId: 'ayil',
      version: '3',
      answers: {
        village: 'Барскоон',
        household: [{ head: 'Айгүл', animals: 'yes', goats: '12', line: '1. Айгүл', member: [] }],
        total: '12',
        names: 'Айгүл',
        meta: { instanceID: 'uuid:aa' },
      },
      problems: [],
      attachments: [],
      entities: [],
      unknown: [],
    });
  });

  it('names wrong types, choices outside the list, failed constraints and missing answers by path, label and message', () => {
    const sent = `<data id="ayil" version="3"><village/><household><head>Бакыт</head><animals>yes</animals><goats>көп</goats></household><household><animals>perhaps</animals></household><household><animals>yes</animals><goats>301</goats></household>${meta}`;
    const { problems } = validateSubmission(households, sent);
    expect(problems).toEqual([
      { code: 'required', path: '/data/village', labels: { '': 'Айыл' }, messages: { '': 'Айылды жазыңыз' } },
      { code: 'type', path: '/data/household[1]/goats', labels: { '': 'Канча эчки?' }, messages: {}, value: 'көп' },
      {
        code: 'choice',
        path: '/data/household[2]/animals',
        labels: { '': '{../head} мал багабы?' },
        messages: {},
        value: 'perhaps',
      },
      {
        code: 'constraint',
        path: '/data/household[3]/goats',
        labels: { '': 'Канча эчки?' },
        messages: { '': '0–300' },
        value: '301',
      },
    ]);
  });

  it('says what was answered although it was not asked', () => {
    const sent = `${head}<household><animals>no</animals><goats>5</goats></household>${meta}`;
    expect(brief(validateSubmission(households, sent))).toEqual([['not-relevant', '/data/household[1]/goats', '5']]);
  });

  it('reports unknown elements, single answers given twice, another form and a missing identity, and still reads the rest', () => {
    const sent = `<data id="other" version="9"><village>Тамга</village><village>Тосор</village><rumour>бар</rumour><household><head>А</head><cows>3</cows></household></data>`;
    const result = validateSubmission(households, sent);
    expect(brief(result)).toEqual([
      ['form', '/data', 'other'],
      ['instance-id', '/data/meta/instanceID'],
      ['unknown-element', '/data/rumour'],
      ['unknown-element', '/data/household[1]/cows'],
      ['duplicate', '/data/village'],
    ]);
    expect([result.answers.village, result.unknown]).toEqual(['Тамга', ['/data/rumour', '/data/household[1]/cows']]);
    expect(brief(validateSubmission(households, `<data id="ayil" version="2"><village>А</village>${meta}`))).toEqual([
      ['version', '/data', '2'],
    ]);
  });

  it('judges by the moment of the record, not of its arrival', () => {
    const dated = parseForm(
      form({
        instance: '<end/><visit/>',
        model: `<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/><bind nodeset="/data/visit" type="date" constraint=". &gt;= today()"/>`,
        body: input('/data/visit'),
      }),
    );
    const sent =
      '<data id="ayil" version="3"><end>2016-04-10T17:00:00.000+06:00</end><visit>2016-04-12</visit><meta><instanceID>uuid:1</instanceID></meta></data>';
    const zone = { utcOffset: () => 360 };
    expect(brief(validateSubmission(dated, sent, zone))).toEqual([]);
    expect(brief(validateSubmission(dated, sent, { ...zone, now: () => new Date('2020-01-01') }))).toEqual([
      ['constraint', '/data/visit', '2016-04-12'],
    ]);
  });

  it('takes the day that the device showed, by the offset that the record states', () => {
    const dated = parseForm(
      form({
        instance: '<end/><today/><visit/>',
        model: `<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/><bind nodeset="/data/today" type="date" jr:preload="date" jr:preloadParams="today"/><bind nodeset="/data/visit" type="date" constraint=". &lt;= today()"/>`,
        body: input('/data/visit'),
      }),
    );
    const sent = (end: string, today: string) =>
      `<data id="ayil" version="3"><end>${end}</end><today>${today}</today><visit>2016-04-13</visit><meta><instanceID>uuid:1</instanceID></meta></data>`;
    const wrong = (end: string, today = '') =>
      brief(validateSubmission(dated, sent(end, today), { utcOffset: () => 360 }));
    const notYet = [['constraint', '/data/visit', '2016-04-13']];
    expect([wrong('2016-04-13T02:00:00.000+12:00'), wrong('2016-04-12T22:00:00.000+03:00')]).toEqual([[], notYet]);
    expect([wrong('', '2016-04-13'), wrong('', '2016-04-12')]).toEqual([[], notYet]);
  });

  it('does not judge a choice or condition whose list is not at hand', () => {
    const listed = parseForm(
      form({
        instance: '<v/><w/>',
        model: `<instance id="villages" src="jr://file-csv/villages.csv"/><bind nodeset="/data/w" relevant="pulldata('villages', 'far', 'name', /data/v) = 'yes'" required="true()"/>`,
        body: `<select1 ref="/data/v"><label>v</label><itemset nodeset="instance('villages')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>${input('/data/w')}`,
      }),
    );
    const sent = `<data id="ayil" version="3"><v>tosor</v><w>x</w>${meta}`;
    expect(brief(validateSubmission(listed, sent))).toEqual([]);
    const resources = () => 'name,label,far\nbarskoon,Барскоон,no\n';
    expect(brief(validateSubmission(listed, sent, { resources }))).toEqual([
      ['choice', '/data/v', 'tosor'],
      ['not-relevant', '/data/w', 'x'],
    ]);
  });

  it('gives the people and places to create or update, from the rows of a repeat too', () => {
    const people = parseForm(
      form({
        instance: `<hh/><person jr:template=""><pname/><meta><entity dataset="people" create="1" id=""><label/></entity></meta></person><who/><phone/>`,
        model: `<bind nodeset="/data/person/pname" entities:saveto="full_name"/><bind nodeset="/data/person/meta/entity/@id"/><setvalue ref="/data/person/meta/entity/@id" event="odk-instance-first-load" value="uuid()"/><bind nodeset="/data/person/meta/entity/label" calculate=" ../../../pname "/>`,
        body: `${input('/data/hh')}<group ref="/data/person"><label/><repeat nodeset="/data/person">${input('/data/person/pname')}<setvalue ref="/data/person/meta/entity/@id" event="odk-new-repeat" value="uuid()"/></repeat></group>`,
      }),
    );
    const open = openForm(people, { uuid: () => 'e1' });
    open.addRepeat('/data/person');
    open.setValue('/data/person[1]/pname', 'Гүлнара Сатарова');
    expect(validateSubmission(people, open.serialize()).entities).toEqual([
      {
        dataset: 'people',
        id: 'e1',
        create: true,
        update: false,
        label: 'Гүлнара Сатарова',
        baseVersion: '',
        trunkVersion: '',
        branchId: '',
        properties: { full_name: 'Гүлнара Сатарова' },
        path: '/data/person[1]/meta/entity',
      },
    ]);
  });

  it('lists the files that the record names', () => {
    const photos = parseForm(
      form({
        instance: '<before/><after/><q/>',
        model:
          '<bind nodeset="/data/before" type="binary"/><bind nodeset="/data/after" type="binary" relevant="/data/q = 1"/>',
        body: '<upload ref="/data/before" mediatype="image/*"><label>Мурда</label></upload><upload ref="/data/after" mediatype="image/*"><label>Кийин</label></upload>',
      }),
    );
    const sent = `<data id="ayil" version="3"><before>1.jpg</before><after>../2.jpg</after><q>1</q>${meta}`;
    const result = validateSubmission(photos, sent);
    expect([result.attachments, brief(result)]).toEqual([['1.jpg', '../2.jpg'], [['type', '/data/after', '../2.jpg']]]);
  });

  it('throws only for what cannot be read', () => {
    const code = (xml: string) => {
      try {
        validateSubmission(households, xml);
      } catch (error) {
        return error instanceof XFormError ? error.code : error;
      }
      return 'read';
    };
    expect(code('')).toBe('unreadable');
    expect(code(`${head}<household>`)).toBe('unreadable');
    expect(code(`<!DOCTYPE data [<!ENTITY a "b">]>${head}${meta}`)).toBe('doctype');
    expect(code(`${head}&lol;${meta}`)).toBe('entity');
    expect(code(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`)).toBe('too-deep');
    expect(code(`${head}${'<x/>'.repeat(500_000)}${meta}`)).toBe('too-large');
    expect(code(`<other xmlns="urn:other"/>`)).toBe('read');
  });
});
