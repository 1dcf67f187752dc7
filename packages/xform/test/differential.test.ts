/**
 * The same answers in our engine and in the reference engine lead to the same instance and the same state,
 * but for the differences that `differences.json` lists and explains.
 */
import { openForm, parseForm } from '@demilge/xform';
import { describe, expect, it } from 'vitest';
import { compareEngines, normalize } from './compare.ts';
import differences from './differences.json' with { type: 'json' };
import expressions from './expressions.json' with { type: 'json' };
import { KIT_ABSENT, kitForms, kitIsThere } from './kit.ts';
import { openReference } from './reference.ts';

const refused = new Map(differences.refused.map((item) => [item.form, item.why]));

/** A form with computed questions c0, c1, … beside three villagers, a hidden question and a list. */
function formWith(list: readonly string[]): string {
  const escaped = list.map((expression) =>
    expression.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;'),
  );
  const nodes = list.map((_, i) => `<c${i}/>`).join('');
  const binds = escaped
    .map((expression, i) => `<bind nodeset="/data/c${i}" type="string" calculate="${expression}"/>`)
    .join('');
  const people = ['Айгүл', 'Бакыт', 'Чынара', 'Данияр', 'Элмира'].map(
    (label, i) => `<item><name>${'abcde'[i]}</name><label>${label}</label></item>`,
  );
  return `<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>f</h:title><model><instance><data id="f"><k>b</k><b/><hid>zz</hid><hidr><q>5</q></hidr><r><n>Ай</n><x>1</x><y/><g>42.8 74.6 0 0</g></r><r><n>Бек</n><x>3</x><y>4</y><g>42.9 74.6 0 0</g></r><r><n>Чын</n><x>2</x><y/><g>42.9 74.7 0 0</g></r>${nodes}<meta><instanceID/></meta></data></instance><instance id="p"><root>${people.join('')}</root></instance><bind nodeset="/data/k" type="string"/><bind nodeset="/data/hid" relevant="false()"/><bind nodeset="/data/hidr" relevant="/data/k = 'z'"/>${binds}</model></h:head><h:body><select1 ref="/data/k"><label>k</label><itemset nodeset="instance('p')/root/item"><value ref="name"/><label ref="label"/></itemset></select1><group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/n"><label>n</label></input><input ref="/data/r/x"><label>x</label></input><input ref="/data/r/y"><label>y</label></input></repeat></group></h:body></h:html>`;
}

const answersIn = (xml: string, list: readonly string[]) =>
  list.map((_, i) => normalize(new RegExp(`<c${i}>([^<]*)</c${i}>`).exec(xml)?.[1] ?? ''));

async function theirAnswers(list: readonly string[]): Promise<string[]> {
  try {
    return answersIn(await (await openReference(formWith(list), () => undefined)).xml(), list);
  } catch (error) {
    return list.map(() => `refused: ${(error as Error).name}`);
  }
}

const unless = kitIsThere ? '' : `, skipped: ${KIT_ABSENT}`;

describe('beside the reference engine', () => {
  it.runIf(kitIsThere)(
    `fills every form of the kit to the same instance and state${unless}`,
    { timeout: 300_000 },
    async () => {
      const found: unknown[] = [];
      for (const { name, xml } of kitForms()) {
        if (refused.has(name)) continue;
        for (const { at, ref, what, ours, theirs } of await compareEngines(xml)) {
          const listed =
            differences.texts.some((item) => item.theirs === theirs) ||
            differences.forms.some((item) => item.form === name && item.ref === ref && item.what === what);
          if (!listed) found.push({ name, at, ref, what, ours, theirs });
        }
      }
      expect(found).toEqual([]);
    },
  );

  it.runIf(kitIsThere)(`opens the forms of the kit that the reference refuses${unless}`, async () => {
    const forms = new Map(kitForms().map(({ name, xml }) => [name, xml]));
    for (const [name] of refused) {
      const xml = forms.get(name)!;
      await expect(openReference(xml, () => undefined)).rejects.toThrow();
      expect(openForm(parseForm(xml)).serialize()).toContain('<instanceID>uuid:');
    }
  });

  it('computes every listed expression to the same answer', { timeout: 300_000 }, async () => {
    const listed = differences.expressions.map((item) => item.expression);
    const alike = expressions.filter((expression) => !listed.includes(expression));
    const ours = (list: string[]) => answersIn(openForm(parseForm(formWith(list))).serialize(), list);
    expect(ours(alike)).toEqual(await theirAnswers(alike));
    // A listed difference that is none any more leaves the list.
    for (const expression of listed)
      expect([expression, ours([expression])]).not.toEqual([expression, await theirAnswers([expression])]);
  });
});
