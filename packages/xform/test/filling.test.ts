import { type ControlNode, type Form, openForm, parseForm, type XFormError } from '@demilge/xform';
import { describe, expect, it } from 'vitest';
import { form, HOUSEHOLDS, input } from './forms.ts';

const control = (open: Form, ref: string): ControlNode => {
  const node = open.get(ref);
  if (node?.kind !== 'control') throw new Error(`${ref} is no control`);
  return node;
};

/** Two households of Барскоон: Айгүл keeps twelve goats, Бакыт none. */
function barskoon(): Form {
  const open = openForm(parseForm(HOUSEHOLDS), { uuid: () => '11111111-2222-4333-8444-555555555555' });
  open.setValue('/data/village', 'Барскоон');
  open.addRepeat('/data/household');
  open.setValue('/data/household[1]/head', 'Айгүл');
  open.setValue('/data/household[1]/animals', 'yes');
  open.setValue('/data/household[1]/goats', '12');
  open.addRepeat('/data/household');
  open.setValue('/data/household[2]/head', 'Бакыт');
  open.setValue('/data/household[2]/animals', 'no');
  return open;
}

describe('filling a form', () => {
  it('asks for goats only where animals are kept, and sums what is asked', () => {
    const open = barskoon();
    expect(control(open, '/data/household[1]/goats').relevant).toBe(true);
    expect(control(open, '/data/household[2]/goats').relevant).toBe(false);
    expect(open.evaluate('/data/total')).toBe('12');
    expect(open.evaluate('/data/names')).toBe('Айгүл, Бакыт');
    expect(control(open, '/data/household[2]/animals').label).toBe('Бакыт мал багабы?');
  });

  it('leaves out of the sent record what is not asked, and keeps it for the day it is asked again', () => {
    const open = barskoon();
    open.setValue('/data/household[1]/animals', 'no');
    expect(open.serialize()).toBe(
      '<data id="ayil" version="3"><village>Барскоон</village>' +
        '<household><head>Айгүл</head><animals>no</animals><line>1. Айгүл</line></household>' +
        '<household><head>Бакыт</head><animals>no</animals><line>2. Бакыт</line></household>' +
        '<total>0</total><names>Айгүл, Бакыт</names>' +
        '<meta><instanceID>uuid:11111111-2222-4333-8444-555555555555</instanceID></meta></data>',
    );
    open.setValue('/data/household[1]/animals', 'yes');
    expect(control(open, '/data/household[1]/goats').value).toBe('12');
  });

  it('names every wrong or missing answer with its label and the form’s own words', () => {
    const open = barskoon();
    open.setValue('/data/village', '');
    open.setValue('/data/household[1]/goats', '500');
    open.setValue('/data/household[2]/animals', 'perhaps');
    open.addRepeat('/data/household[2]/member');
    open.setValue('/data/household[2]/member[1]/age', 'жети');
    expect(open.validate()).toEqual([
      { ref: '/data/village', label: 'Айыл', kind: 'required', message: 'Айылды жазыңыз' },
      { ref: '/data/household[1]/goats', label: 'Канча эчки?', kind: 'constraint', message: '0–300' },
      { ref: '/data/household[2]/animals', label: 'Бакыт мал багабы?', kind: 'choice', message: '' },
      { ref: '/data/household[2]/member[1]/age', label: '/data/household/member/age', kind: 'type', message: '' },
    ]);
  });

  it('renumbers the households when one is removed, and a row keeps its id', () => {
    const open = barskoon();
    const { id } = open.get('/data/household[2]')!;
    open.removeRepeat('/data/household[1]');
    expect(open.get('/data/household[1]')!.id).toBe(id);
    expect(open.get('/data/household[2]')).toBe(undefined);
    expect(open.evaluate('/data/household[1]/line')).toBe('1. Бакыт');
    expect(open.evaluate('/data/names')).toBe('Бакыт');
  });

  it('adds a household between two others and members inside one of them', () => {
    const open = barskoon();
    expect(open.addRepeat('/data/household', 2)).toBe('/data/household[2]');
    open.setValue('/data/household[2]/head', 'Чынара');
    expect(open.addRepeat('/data/household[3]/member')).toBe('/data/household[3]/member[1]');
    expect(open.evaluate('/data/names')).toBe('Айгүл, Чынара, Бакыт');
    expect(open.evaluate('count(/data/household/member)')).toBe('1');
  });

  it('tells which nodes may show something else, and stops when asked to', () => {
    const open = barskoon();
    const heard: string[][] = [];
    const stop = open.subscribe((refs) => heard.push([...refs].sort()));
    open.setValue('/data/household[2]/head', 'Бакыт уулу Эркин');
    expect(heard).toEqual([
      ['/data/household[2]/animals', '/data/household[2]/head', '/data/household[2]/line', '/data/names'].sort(),
    ]);
    stop();
    open.setValue('/data/village', 'Тамга');
    expect(heard.length).toBe(1);
  });

  it('restores a draft exactly, non-relevant answers too', () => {
    const open = barskoon();
    open.setValue('/data/household[1]/animals', 'no');
    open.setValue('/data/village', ' Ак-Суу\n<төмөн> & "жогору" \r\t');
    const draft = open.draft();
    const again = openForm(parseForm(HOUSEHOLDS), { instanceXml: draft });
    expect(again.draft()).toBe(draft);
    expect(again.serialize()).toBe(open.serialize());
    expect(again.instanceId).toBe(open.instanceId);
    again.setValue('/data/household[1]/animals', 'yes');
    expect(control(again, '/data/household[1]/goats').value).toBe('12');
  });

  it('gives an edited record a new identity and remembers the old one', () => {
    const sent = barskoon().serialize();
    const edit = openForm(parseForm(HOUSEHOLDS), {
      instanceXml: sent,
      edit: true,
      uuid: () => '99999999-2222-4333-8444-555555555555',
    });
    expect(edit.serialize()).toContain(
      '<meta><instanceID>uuid:99999999-2222-4333-8444-555555555555</instanceID><deprecatedID>uuid:11111111-2222-4333-8444-555555555555</deprecatedID></meta>',
    );
  });

  it('keeps elements of a loaded record that the form does not know', () => {
    const sent = barskoon().serialize().replace('<total>', '<note xmlns="urn:x">эски <b>суроо</b></note><total>');
    expect(openForm(parseForm(HOUSEHOLDS), { instanceXml: sent }).serialize()).toContain(
      '<note xmlns="urn:x">эски <b>суроо</b></note>',
    );
  });

  it('refuses calls that make no sense, by code', () => {
    const open = barskoon();
    const code = (call: () => unknown) => {
      try {
        call();
      } catch (error) {
        return (error as XFormError).code;
      }
      return 'no error';
    };
    expect(code(() => open.setValue('/data/nobody', 'x'))).toBe('ref');
    expect(code(() => open.setValue('/data/household[1]', 'x'))).toBe('ref');
    expect(code(() => open.setValue('/data/total', '9'))).toBe('readonly');
    expect(code(() => open.removeRepeat('/data/village'))).toBe('repeat');
    expect(code(() => open.setLanguage('fr'))).toBe('language');
    expect(code(() => openForm(open.definition, { instanceXml: '<other/>' }))).toBe('not-an-instance');
  });
});

describe('lists', () => {
  const CASCADE = form({
    instance: '<oblast>osh</oblast><rayon/><seed/>',
    model: `<instance id="rayon"><root>${[
      ['alamudun', 'Аламүдүн', 'chuy'],
      ['sokuluk', 'Сокулук', 'chuy'],
      ['ozgon', 'Өзгөн', 'osh'],
    ]
      .map(
        ([name, label, oblast]) => `<item><name>${name}</name><label>${label}</label><oblast>${oblast}</oblast></item>`,
      )
      .join('')}</root></instance><instance id="villages" src="jr://file-csv/villages.csv"/>
<bind nodeset="/data/oblast" type="string"/><bind nodeset="/data/rayon" type="string"/>`,
    body: `${input('/data/oblast')}<select1 ref="/data/rayon"><label>Район</label><itemset nodeset="instance('rayon')/root/item[oblast = /data/oblast ]"><value ref="name"/><label ref="label"/></itemset></select1>
<select ref="/data/seed"><label>Айылдар</label><itemset nodeset="randomize(instance('villages')/root/item, 42)"><value ref="name"/><label ref="label"/></itemset></select>`,
  });

  it('offers the rayons of the chosen oblast and drops an answer that is no longer among them', () => {
    const open = openForm(parseForm(CASCADE));
    expect(control(open, '/data/rayon').choices.map((choice) => choice.label)).toEqual(['Өзгөн']);
    open.setValue('/data/rayon', 'ozgon');
    open.setValue('/data/oblast', 'chuy');
    expect(control(open, '/data/rayon').value).toBe('');
    expect(control(open, '/data/rayon').choices.map((choice) => choice.properties)).toEqual([
      { name: 'alamudun', label: 'Аламүдүн', oblast: 'chuy' },
      { name: 'sokuluk', label: 'Сокулук', oblast: 'chuy' },
    ]);
  });

  it('reads a list from a CSV file, and says which file is missing', () => {
    const csv = '\uFEFFname,label\r\nbarskoon,Барскоон\r\n"tosor","Тосор, ""жогорку"""\r\n';
    const open = openForm(parseForm(CASCADE), {
      resources: (src) => (src === 'jr://file-csv/villages.csv' ? csv : undefined),
    });
    expect(
      control(open, '/data/seed')
        .choices.map((choice) => choice.label)
        .sort(),
    ).toEqual(['Барскоон', 'Тосор, "жогорку"']);
    expect(open.missingResources).toEqual([]);
    const without = openForm(parseForm(CASCADE));
    expect(control(without, '/data/seed').choices).toEqual([]);
    expect(without.missingResources).toEqual(['jr://file-csv/villages.csv']);
  });
});

describe('languages', () => {
  const TWO = form({
    instance: '<name/><who/><shown/>',
    itext: `<itext><translation lang="Кыргызча (ky)"><text id="name"><value>Атыңыз ким?</value><value form="image">jr://images/at.png</value></text><text id="hint"><value>Паспорт боюнча</value><value form="guidance">Толук</value></text><text id="who"><value><output value=" /data/name "/> кимге?</value></text><text id="a"><value>Балага</value></text></translation><translation lang="English (en)" default="true()"><text id="name"><value>Your name?</value></text><text id="who"><value>For whom, <output value=" /data/name "/>?</value></text><text id="a"><value>For a child</value></text></translation></itext>`,
    model: `<instance id="w"><root><item><itextId>a</itextId><name>child</name></item></root></instance><bind nodeset="/data/shown" calculate="jr:choice-name( /data/who , ' /data/who ')"/>`,
    body: `<input ref="/data/name"><label ref="jr:itext('name')"/><hint ref="jr:itext('hint')"/></input><select1 ref="/data/who"><label ref="jr:itext('who')"/><itemset nodeset="instance('w')/root/item"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>`,
  });

  it('speaks the default language, another by its code, and computes labels of choices anew', () => {
    const open = openForm(parseForm(TWO));
    open.setValue('/data/name', 'Айзада');
    open.setValue('/data/who', 'child');
    expect([open.language, control(open, '/data/who').label, open.evaluate('/data/shown')]).toEqual([
      'English (en)',
      'For whom, Айзада?',
      'For a child',
    ]);
    const heard: (readonly string[])[] = [];
    open.subscribe((refs) => heard.push(refs));
    open.setLanguage('ky');
    expect([
      control(open, '/data/who').label,
      control(open, '/data/who').choices[0]!.label,
      open.evaluate('/data/shown'),
    ]).toEqual(['Айзада кимге?', 'Балага', 'Балага']);
    const { label, hint, guidance, media } = control(open, '/data/name');
    expect({ label, hint, guidance, media }).toEqual({
      label: 'Атыңыз ким?',
      hint: 'Паспорт боюнча',
      guidance: 'Толук',
      media: { image: 'jr://images/at.png' },
    });
    expect(heard).toEqual([['*']]);
  });
});
