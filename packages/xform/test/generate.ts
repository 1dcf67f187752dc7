/** Forms of any size, as the field writes them: groups, three languages, skips, checks, sums and lists. */

const LANGUAGES = ['Кыргызча (ky)', 'Русский (ru)', 'English (en)'] as const;
const WORDS: Readonly<Record<(typeof LANGUAGES)[number], string>> = {
  'Кыргызча (ky)': 'Айылдагы кудуктардын саны',
  'Русский (ru)': 'Сколько колодцев в селе',
  'English (en)': 'Wells in the village',
};

/** A form of `questions` questions in groups of twenty. Of ten, six are conditional, two computed, one is a sum of its group. */
export function generateForm(questions: number): string {
  const texts = new Map<string, string[]>(LANGUAGES.map((language) => [language, []]));
  const instance: string[] = [];
  const binds: string[] = [];
  const body: string[] = [];
  const label = (path: string, n: number) => {
    for (const language of LANGUAGES) {
      const output = n % 10 === 9 ? ` <output value=" /data/g${Math.floor(n / 20)}/q${n - 1} "/>` : '';
      texts.get(language)!.push(`<text id="${path}:label"><value>${WORDS[language]} ${n}${output}</value></text>`);
    }
    return `<label ref="jr:itext('${path}:label')"/>`;
  };
  for (let start = 0, group = 0; start < questions; start += 20, group++) {
    const nodes: string[] = [];
    const controls: string[] = [];
    for (let n = start; n < Math.min(start + 20, questions); n++) {
      const path = `/data/g${group}/q${n}`;
      const before = `/data/g${group}/q${n - 1}`;
      nodes.push(`<q${n}/>`);
      switch (n % 10) {
        case 0:
          binds.push(`<bind nodeset="${path}" type="int" required="true()" constraint=". &gt;= 0 and . &lt; 500"/>`);
          controls.push(`<input ref="${path}">${label(path, n)}</input>`);
          break;
        case 1:
        case 2:
        case 3:
          binds.push(
            `<bind nodeset="${path}" type="int" relevant=" ${before}  &gt; 0" constraint=". &lt;=  /data/g${group}/q${n - (n % 10)} "/>`,
          );
          controls.push(`<input ref="${path}">${label(path, n)}</input>`);
          break;
        case 4:
        case 5:
          binds.push(`<bind nodeset="${path}" type="string" relevant=" /data/g${group}/q${n - (n % 10)}  != ''"/>`);
          controls.push(
            `<select1 ref="${path}">${label(path, n)}<itemset nodeset="instance('places')/root/item[oblast != '']"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset></select1>`,
          );
          break;
        case 6:
          binds.push(`<bind nodeset="${path}" type="string" relevant="selected( ${before} , 'chuy')"/>`);
          controls.push(`<input ref="${path}">${label(path, n)}</input>`);
          break;
        case 7:
          binds.push(
            `<bind nodeset="${path}" type="string" calculate="coalesce( /data/g${group}/q${n - 7} , 0) + coalesce( /data/g${group}/q${n - 6} , 0)"/>`,
          );
          break;
        case 8:
          binds.push(
            `<bind nodeset="${path}" type="string" calculate="${n >= 10 ? ` /data/g${Math.floor((n - 10) / 20)}/q${n - 10}  + ` : ''} ${before} "/>`,
          );
          break;
        default:
          binds.push(`<bind nodeset="${path}" type="string"/>`);
          controls.push(`<input ref="${path}">${label(path, n)}</input>`);
      }
    }
    instance.push(`<g${group}>${nodes.join('')}</g${group}>`);
    body.push(
      `<group ref="/data/g${group}" appearance="field-list">${label(`/data/g${group}`, start)}${controls.join('')}</group>`,
    );
  }
  const places = ['chuy', 'osh', 'talas', 'naryn', 'batken'];
  for (const language of LANGUAGES) {
    for (const [i, place] of places.entries())
      texts.get(language)!.push(`<text id="places-${i}"><value>${place} ${language}</value></text>`);
  }
  const itext = LANGUAGES.map(
    (language) => `<translation lang="${language}">${texts.get(language)!.join('')}</translation>`,
  ).join('');
  const items = places
    .map((name, i) => `<item><itextId>places-${i}</itextId><name>${name}</name><oblast>${name}</oblast></item>`)
    .join('');
  return `<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>${questions}</h:title><model odk:xforms-version="1.0.0"><itext>${itext}</itext><instance><data id="big${questions}" version="1">${instance.join('')}<meta><instanceID/></meta></data></instance><instance id="places"><root>${items}</root></instance>${binds.join('')}<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head><h:body>${body.join('')}</h:body></h:html>`;
}
