import { type Form, openForm, parseForm, type RepeatInstanceNode } from '@demilge/xform';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { removeInstance } from './removed.ts';

/** Households with their members; the goats are asked only where animals are kept, and their sum is computed. */
const XFORM = `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa">
  <h:head><h:title>Айыл</h:title><model>
    <instance><data id="ayil" version="1"><house jr:template=""><head/><animals/><goats/><line/><member jr:template=""><name/></member></house><sum/><meta><instanceID/></meta></data></instance>
    <bind nodeset="/data/house/goats" type="int" relevant="../animals = 'yes'"/>
    <bind nodeset="/data/house/line" type="string" calculate="concat(position(..), '. ', ../head)"/>
    <bind nodeset="/data/sum" calculate="sum(/data/house/goats)"/>
  </model></h:head>
  <h:body><group ref="/data/house"><label>Үй</label><repeat nodeset="/data/house">
    <input ref="/data/house/head"><label>Ээси</label></input>
    <input ref="/data/house/animals"><label>Мал барбы?</label></input>
    <input ref="/data/house/goats"><label>Канча эчки?</label></input>
    <input ref="/data/house/line"><label>Катары</label></input>
    <group ref="/data/house/member"><label>Мүчө</label><repeat nodeset="/data/house/member">
      <input ref="/data/house/member/name"><label>Аты</label></input></repeat></group>
  </repeat></group></h:body></h:html>`;
const definition = parseForm(XFORM);

interface House {
  readonly head: string;
  readonly animals: string;
  readonly goats: string;
  readonly members: readonly string[];
}

function village(houses: readonly House[]): Form {
  const form = openForm(definition);
  for (const { head, animals, goats, members } of houses) {
    const house = form.addRepeat('/data/house');
    form.setValue(`${house}/head`, head);
    // A number that was given before the animals were taken back stays, unseen.
    form.setValue(`${house}/animals`, 'yes');
    form.setValue(`${house}/goats`, goats);
    form.setValue(`${house}/animals`, animals);
    for (const name of members) form.setValue(`${form.addRepeat(`${house}/member`)}/name`, name);
  }
  return form;
}

const house = fc.record({
  head: fc.constantFrom('Айгүл', 'Бакыт', 'Чынара', ''),
  animals: fc.constantFrom('yes', 'no', ''),
  goats: fc.constantFrom('0', '12', ''),
  members: fc.array(fc.constantFrom('Үсөн', 'Нурлан', ''), { maxLength: 3 }),
});

test('a household that was removed comes back to its place with every answer and member, seen or not', () => {
  fc.assert(
    fc.property(fc.array(house, { minLength: 1, maxLength: 4 }), fc.nat(), (houses, n) => {
      const form = village(houses);
      const before = form.draft();
      const ref = `/data/house[${(n % houses.length) + 1}]`;
      const undo = removeInstance(form, form.get(ref) as RepeatInstanceNode);
      expect(form.draft()).not.toBe(before);
      expect(undo()).toBe(ref);
      expect(form.draft()).toBe(before);
    }),
    { numRuns: 200 },
  );
});
