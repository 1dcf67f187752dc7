import { createRequire } from 'node:module';
import { readXml, XFormError, type XmlElement } from '@demilge/xform';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeAttribute, escapeText, writeXml } from '../src/xml.ts';

const { SaxesParser } = createRequire(import.meta.url)('saxes') as typeof import('saxes');

/** Whether saxes takes a document, and its elements with attributes and text. */
function saxes(xml: string): unknown {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const events: unknown[] = [];
  let doctype = false;
  let depth = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    doctype = true;
  });
  parser.on('opentag', (tag) => {
    depth++;
    events.push([tag.name, { ...tag.attributes }]);
  });
  parser.on('closetag', (tag) => {
    depth--;
    events.push(`/${tag.name}`);
  });
  const add = (text: string) => {
    // Blank lines after the root are no content.
    if (depth === 0) return;
    const last = events.length - 1;
    if (typeof events[last] === 'object' && events[last] && 'text' in (events[last] as object))
      (events[last] as { text: string }).text += text;
    else events.push({ text });
  };
  parser.on('text', add);
  parser.on('cdata', add);
  try {
    parser.write(xml).close();
  } catch {
    return 'refused';
  }
  return doctype
    ? 'refused'
    : events.filter((event) => !(event && typeof event === 'object' && 'text' in event && event.text === ''));
}

function ours(xml: string): unknown {
  const events: unknown[] = [];
  const visit = (element: XmlElement) => {
    const attributes: [string, string][] = element.attributes.map(({ name, value }) => [name, value]);
    for (const prefix in element.declares)
      attributes.push([prefix ? `xmlns:${prefix}` : 'xmlns', element.declares[prefix]!]);
    events.push([element.name, Object.fromEntries(attributes)]);
    for (const child of element.children) {
      if (typeof child === 'string') events.push({ text: child });
      else visit(child);
    }
    events.push(`/${element.name}`);
  };
  try {
    visit(readXml(xml));
  } catch (error) {
    if (error instanceof XFormError) return 'refused';
    throw error;
  }
  return events.filter((event) => !(event && typeof event === 'object' && 'text' in event && event.text === ''));
}

describe('the XML reader', () => {
  it('gives names, namespaces, attributes and text', () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<a xmlns="urn:a" xmlns:b="urn:b" b:c="1 &amp; 2"><b:d>Өмүр<![CDATA[ <ү> ]]>&#x4A2;</b:d></a>',
    );
    expect([root.local, root.ns, root.attributes]).toEqual([
      'a',
      'urn:a',
      [{ name: 'b:c', local: 'c', ns: 'urn:b', value: '1 & 2' }],
    ]);
    expect(root.children[0]).toMatchObject({ name: 'b:d', local: 'd', ns: 'urn:b', children: ['Өмүр <ү> Ң'] });
  });

  it('names the line of what it refuses', () => {
    expect(() => readXml('<a>\n<b>\n</a>')).toThrow(expect.objectContaining({ code: 'unreadable', line: 3 }));
    expect(() => readXml('<!DOCTYPE a>\n<a/>')).toThrow(expect.objectContaining({ code: 'doctype', line: 1 }));
  });

  it('refuses and reads what saxes refuses and reads', () => {
    const piece = fc.constantFrom(
      ...[
        '<a>',
        '</a>',
        '<b x="1">',
        '</b>',
        "<c y='&lt;'/>",
        '<c/>',
        'text',
        ' ',
        '\n',
        '&amp;',
        '&#65;',
        '&#xA0;',
        '&nbsp;',
        '&',
        '<',
        '>',
        ']]>',
      ],
      ...[
        '<![CDATA[x]]>',
        '<![CDATA[',
        '<!-- c -->',
        '<!-- a--b -->',
        '<?pi x?>',
        '<?xml version="1.0"?>',
        '<!DOCTYPE a>',
        'ө',
        '"',
        "'",
        '=',
        ' x="1"',
        '/>',
        '<a x="1" x="2">',
        '<й>',
        '</й>',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (parts, wrap) => {
        const xml = wrap ? `<r>${parts.join('')}</r>` : parts.join('');
        expect([xml, ours(xml)]).toEqual([xml, saxes(xml)]);
      }),
      { numRuns: 3000 },
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), (text, value) => {
        const written = `<a b="${escapeAttribute(value)}">${escapeText(text)}</a>`;
        const root = readXml(written);
        expect(readXml(writeXml(root))).toEqual(root);
        expect(root.children.join('')).toBe(text);
      }),
    );
  });
});
