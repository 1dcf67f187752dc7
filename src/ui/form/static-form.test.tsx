import { openForm, parseForm } from '@demilge/xform';
import { expect, test } from 'vitest';
import { makeLocale, makeTranslator } from '../../platform/i18n/index.ts';
import { renderPart, uiMessages } from '../index.ts';
import { formControlMessages, readPosted, StaticForm } from './index.ts';

const XFORM = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>Сынак</h:title><model>
    <instance><data id="entry" version="1"><name/><age/><guardian/><agrees/><meta><instanceID/></meta></data></instance>
    <bind nodeset="/data/name" type="string" required="true()"/>
    <bind nodeset="/data/age" type="int" required="true()" constraint=". &lt; 36" jr:constraintMsg="36дан жаш болсун"/>
    <bind nodeset="/data/guardian" type="string" relevant="/data/age &lt; 18" required="true()"/>
    <bind nodeset="/data/agrees" type="string"/>
    <bind nodeset="/data/meta/instanceID" jr:preload="uid"/>
  </model></h:head>
  <h:body>
    <input ref="/data/name"><label>Аты-жөнүңүз</label></input>
    <input ref="/data/age"><label>Жашыңыз</label></input>
    <input ref="/data/guardian"><label>Ата-энеңиздин аты</label></input>
    <select1 ref="/data/agrees"><label>Сүрөттү жарыялоого макулсузбу?</label><item><label>Ооба</label><value>yes</value></item><item><label>Жок</label><value>no</value></item></select1>
  </h:body></h:html>`;
const l = makeLocale('ky', makeTranslator('ky', [uiMessages, formControlMessages]));

test('a public form is drawn on the server with a label for each field, and asks a minor for a guardian', () => {
  const form = openForm(parseForm(XFORM));
  expect(
    readPosted(form, { '/data/name': 'Бегайым', '/data/age': '16' }).map((issue) => [issue.ref, issue.kind]),
  ).toEqual([['/data/guardian', 'required']]);
  const html = renderPart(<StaticForm form={form} l={l} tried />);
  for (const label of ['Аты-жөнүңүз', 'Жашыңыз', 'Ата-энеңиздин аты', 'Сүрөттү жарыялоого макулсузбу?'])
    expect(html).toContain(label);
  expect(html).toContain('value="Бегайым"');
  expect(html).not.toContain('<script');
});

test('what a browser posts becomes the answers, whatever order the fields come in', () => {
  const form = openForm(parseForm(XFORM));
  const wrong = readPosted(form, {
    '/data/agrees': 'yes',
    '/data/guardian': 'Асанова Гүлнара',
    '/data/age': '16',
    '/data/name': 'Бегайым',
  });
  expect(wrong).toEqual([]);
  expect(form.serialize()).toContain('<guardian>Асанова Гүлнара</guardian>');
  expect(
    readPosted(openForm(parseForm(XFORM)), { '/data/name': 'Темир', '/data/age': '40' }).map((issue) => issue.message),
  ).toEqual(['36дан жаш болсун']);
});
