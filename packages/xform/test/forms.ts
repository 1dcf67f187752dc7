/** Small forms for the tests: the model and body between the lines that every form has. */

/** A form with this instance content, binds and other model parts, and body. */
export function form(parts: {
  instance: string;
  model?: string;
  body?: string;
  itext?: string;
  root?: string;
}): string {
  const { instance, model = '', body = '', itext = '', root = 'id="ayil" version="3"' } = parts;
  return `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" xmlns:odk="http://www.opendatakit.org/xforms" xmlns:entities="http://www.opendatakit.org/xforms/entities">
<h:head><h:title>Айылдын кудуктары</h:title><model odk:xforms-version="1.0.0">${itext}<instance><data ${root}>${instance}<meta><instanceID/></meta></data></instance>${model}<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/></model></h:head>
<h:body>${body}</h:body></h:html>`;
}

export const input = (ref: string, label = ref): string => `<input ref="${ref}"><label>${label}</label></input>`;

/** Households of a village with their members; the number of goats is asked only of those who keep animals. */
export const HOUSEHOLDS = form({
  instance:
    '<village/><household jr:template=""><head/><animals/><goats/><line/><member jr:template=""><name/><age/></member></household><total/><names/>',
  model: `<bind nodeset="/data/village" type="string" required="true()" jr:requiredMsg="Айылды жазыңыз"/>
<bind nodeset="/data/household/head" type="string"/>
<bind nodeset="/data/household/animals" type="string"/>
<bind nodeset="/data/household/goats" type="int" relevant=" ../animals  = 'yes'" constraint=". &gt;= 0 and . &lt;= 300" jr:constraintMsg="0–300"/>
<bind nodeset="/data/household/line" type="string" calculate="concat(position(..), '. ', ../head)"/>
<bind nodeset="/data/household/member/age" type="int"/>
<bind nodeset="/data/total" type="int" calculate="sum( /data/household/goats )"/>
<bind nodeset="/data/names" type="string" calculate="join(', ', /data/household/head )"/>
<instance id="yn"><root><item><name>yes</name><label>Ооба</label></item><item><name>no</name><label>Жок</label></item></root></instance>`,
  body: `${input('/data/village', 'Айыл')}
<group ref="/data/household"><label>Үй-бүлө</label><repeat nodeset="/data/household">
${input('/data/household/head', 'Үй ээси')}
<select1 ref="/data/household/animals"><label><output value=" ../head "/> мал багабы?</label><itemset nodeset="instance('yn')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
${input('/data/household/goats', 'Канча эчки?')}
<group ref="/data/household/member"><label>Мүчө</label><repeat nodeset="/data/household/member">${input('/data/household/member/name')}${input('/data/household/member/age')}</repeat></group>
</repeat></group>`,
});
