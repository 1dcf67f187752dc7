import { readWorkbook, WorkbookRefused } from '@demilge/xlsform';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { createScanner, ScanError } from '../src/xlsx/scan.ts';
import { makeWorkbook, packParts, workbookParts } from './workbooks.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    await readWorkbook(bytes);
  } catch (error) {
    if (error instanceof WorkbookRefused) return error.code;
    throw error;
  }
  return 'read';
}

/** A workbook of one sheet whose sheetData is given as XML, with more parts beside it. */
function handMade(sheetData: string, more: Record<string, string> = {}): Uint8Array {
  const parts = workbookParts({ people: [] });
  parts['xl/worksheets/sheet1.xml'] = `<worksheet xmlns="${MAIN}"><sheetData>${sheetData}</sheetData></worksheet>`;
  return packParts({ ...parts, ...more });
}

describe('reading a workbook', () => {
  it('gives rows of text with the addresses that Айгүл sees in her table', async () => {
    const { sheets } = await readWorkbook(
      makeWorkbook({
        people: [['name', 'age', 'member'], [' Асан  уулу Бакыт ', 34, true], [], ['Гүлнара', 2.5, false]],
      }),
    );
    expect(sheets).toEqual([
      {
        name: 'people',
        rows: [
          {
            number: 1,
            cells: [
              { column: 0, text: 'name' },
              { column: 1, text: 'age' },
              { column: 2, text: 'member' },
            ],
          },
          {
            number: 2,
            cells: [
              { column: 0, text: 'Асан  уулу Бакыт' },
              { column: 1, text: '34' },
              { column: 2, text: 'TRUE' },
            ],
          },
          {
            number: 4,
            cells: [
              { column: 0, text: 'Гүлнара' },
              { column: 1, text: '2.5' },
              { column: 2, text: 'FALSE' },
            ],
          },
        ],
      },
    ]);
  });

  it('reads dates, times, spans, formulas, rich text and far cells, and leaves phonetic runs out', async () => {
    const styles = `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166" formatCode="0.0&quot;d&quot;"/></numFmts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;
    const strings = `<sst xmlns="${MAIN}"><si><r><t xml:space="preserve">Ак </t></r><r><t>Суу</t></r><rPh><t>ak su</t></rPh></si><si><t>a_x000D_b&#233;&amp;</t></si></sst>`;
    const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${rel}/worksheet" Target="/xl/worksheets/sheet1.xml"/><Relationship Id="r2" Type="${rel}/styles" Target="styles.xml"/><Relationship Id="r3" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`;
    const data =
      '<row r="1"><c r="A1" s="1"><v>45352</v></c><c r="B1" s="2"><v>0.4375</v></c><c r="C1" s="3"><v>1.0868055555555556</v></c><c r="D1" s="4"><v>3</v></c></row>' +
      '<row r="2" spans="1:3"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><f>A1&amp;""</f><v>computed</v></c><c t="e"><v>#N/A</v></c></row>' +
      '<row r="1048576" s="1" customFormat="1"/><row r="1048575"><c r="XFD1048575"><v>1E+3</v></c></row>';
    const { sheets } = await readWorkbook(
      handMade(data, {
        'xl/styles.xml': styles,
        'xl/sharedStrings.xml': strings,
        'xl/_rels/workbook.xml.rels': relations,
      }),
    );
    expect(sheets[0]?.rows).toEqual([
      {
        number: 1,
        cells: [
          { column: 0, text: '2024-03-01 00:00:00' },
          { column: 1, text: '10:30:00' },
          { column: 2, text: '26:05:00' },
          { column: 3, text: '3' },
        ],
      },
      {
        number: 2,
        cells: [
          { column: 0, text: 'Ак Суу' },
          { column: 1, text: 'a\nbé&' },
          { column: 2, text: 'computed' },
          { column: 3, text: '#N/A' },
        ],
      },
      { number: 1048575, cells: [{ column: 16383, text: '1000' }] },
    ]);
  });

  it('refuses what is not a whole, plain workbook', async () => {
    const good = makeWorkbook({ survey: [['type', 'name', 'label']] });
    expect(await refusal(new Uint8Array())).toBe('FILE_EMPTY');
    expect(await refusal(new TextEncoder().encode('type,name,label\ntext,a,A\n'))).toBe('FILE_NOT_A_WORKBOOK');
    expect(await refusal(good.slice(0, good.length - 60))).toBe('FILE_DAMAGED');
    expect(await refusal(packParts({ 'word/document.xml': '<a/>' }))).toBe('FILE_NOT_A_WORKBOOK');
    expect(await refusal(handMade('<row r="1"><c r="A1"><v>1</c></row>'))).toBe('FILE_DAMAGED');
    expect(await refusal(handMade('<row r="1"><c r="AAAA1"><v>1</v></c></row>'))).toBe('FILE_DAMAGED');
    expect(await refusal(handMade('<row r="1"><c r="A1"><v>&unknown;</v></c></row>'))).toBe('FILE_DAMAGED');
    expect(await refusal(handMade('<x>'.repeat(100)))).toBe('FILE_DAMAGED');
  });

  it('refuses a document type declaration wherever it stands', async () => {
    const parts = workbookParts({ survey: [['type']] });
    const declared = { ...parts, 'xl/workbook.xml': `<!DOCTYPE x [<!ENTITY a "b">]>${parts['xl/workbook.xml']}` };
    expect(await refusal(packParts(declared))).toBe('FILE_DTD');
  });

  it('stops where a limit is met, and says on which row', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [`row ${i}`]);
    const bytes = makeWorkbook({ people: rows });
    await expect(readWorkbook(bytes, { rows: 10 })).rejects.toMatchObject({
      code: 'FILE_TOO_MANY_ROWS',
      sheet: 'people',
      row: 11,
    });
    await expect(readWorkbook(bytes, { cells: 12 })).rejects.toMatchObject({ code: 'FILE_TOO_MANY_CELLS', row: 13 });
    await expect(readWorkbook(bytes, { partBytes: 500 })).rejects.toMatchObject({ code: 'FILE_UNPACKS_TOO_LARGE' });
    await expect(readWorkbook(bytes, { fileBytes: 500 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    await expect(readWorkbook(makeWorkbook({ a: [['x'.repeat(40_000)]] }))).rejects.toMatchObject({
      code: 'FILE_CELL_TOO_LONG',
    });
  });

  it('ends soon with parts that are made to be read for long', async () => {
    const parts = workbookParts({ survey: [['type']] });
    const changed = (name: string, text: string) => packParts({ ...parts, [name]: text });
    const relations = parts['xl/_rels/workbook.xml.rels']!;
    const many = (piece: string, count = 5_000) => piece.repeat(count);
    const styles = (inside: string) =>
      packParts({
        ...parts,
        'xl/_rels/workbook.xml.rels': relations.replace(
          '</Rel',
          '<Relationship Id="s" Type="x/styles" Target="styles.xml"/></Rel',
        ),
        'xl/styles.xml': `<styleSheet>${inside}</styleSheet>`,
      });
    expect(await refusal(changed('xl/workbook.xml', `<workbook>${many('<sheet/>')}</workbook>`))).toBe(
      'FILE_TOO_MANY_SHEETS',
    );
    expect(
      await refusal(changed('xl/_rels/workbook.xml.rels', `<Relationships>${many('<Relationship/>')}</Relationships>`)),
    ).toBe('FILE_DAMAGED');
    expect(await refusal(styles(`<cellXfs>${many('<xf/>', 110_000)}</cellXfs>`))).toBe('FILE_DAMAGED');
    const format = `<numFmts><numFmt numFmtId="200" formatCode="${'['.repeat(400_000)}"/></numFmts>`;
    const start = performance.now();
    expect(await refusal(styles(`${format}<cellXfs>${'<xf numFmtId="200"/>'.repeat(50)}</cellXfs>`))).toBe('read');
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(await refusal(handMade(`<row ${'a="b" '.repeat(300)}/>`))).toBe('FILE_DAMAGED');
    await expect(readWorkbook(makeWorkbook({ a: [['абв'], ['где']] }), { textChars: 5 })).rejects.toMatchObject({
      code: 'FILE_TOO_MUCH_TEXT',
      row: 2,
    });
  });

  it('gives back any text that was put into a table', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((s) => s.replace(/[\p{C}\u00A0]|_x/gu, '').trim());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(text, { maxLength: 6 }), { maxLength: 8 }), async (rows) => {
        const { sheets } = await readWorkbook(makeWorkbook({ any: rows }));
        const wanted = rows
          .map((row, r) => ({
            number: r + 1,
            cells: row.map((t, column) => ({ column, text: t })).filter((c) => c.text !== ''),
          }))
          .filter((row) => row.cells.length > 0);
        expect(sheets[0]?.rows).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('answers any bytes with a workbook or a refusal', async () => {
    const good = makeWorkbook({
      survey: [
        ['type', 'name', 'label'],
        ['text', 'a', 'Атыңыз ким?'],
      ],
    });
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(damage, fc.nat(good.length), async (changes, length) => {
        const bytes = good.slice(0, length < 20 ? length : good.length);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        expect(typeof (await refusal(bytes))).toBe('string');
      }),
      { numRuns: 1_000 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await refusal(bytes)).not.toBe('read');
      }),
      { numRuns: 500 },
    );
  });
});

describe('the reader’s own XML scanner', () => {
  type Tree = { name: string; attributes: Record<string, string>; children: (Tree | string)[] };
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const words = fc.string({ unit: 'grapheme', maxLength: 12 }).map((s) => s.replace(/\p{C}/gu, ''));
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      name,
      attributes: fc.dictionary(name, words, { maxKeys: 3 }),
      children: fc.array(fc.oneof({ maxDepth: 4 }, words, tie('tree')), { maxLength: 4 }),
    }),
  }));
  const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.codePointAt(0)};`);
  const write = (node: Tree | string): string =>
    typeof node === 'string'
      ? escaped(node)
      : `<${node.name}${Object.entries(node.attributes)
          .map(([k, v]) => ` ${k}="${escaped(v)}"`)
          .join('')}>${node.children.map(write).join('')}<!-- - --></${node.name}>`;

  function scanned(pieces: string[], asked: readonly string[]): string[] {
    const events: string[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') events.push(`text ${text}`);
      text = '';
    };
    const scanner = createScanner(
      {
        open(tag, attribute) {
          flush();
          events.push(`open ${tag} ${asked.map((each) => attribute(each)).join('|')}`);
        },
        close(tag) {
          flush();
          events.push(`close ${tag}`);
        },
        text(piece) {
          text += piece;
        },
      },
      64,
    );
    for (const piece of pieces) scanner.write(piece);
    scanner.end();
    return events;
  }

  function parsed(xml: string, asked: readonly string[]): string[] {
    const events: string[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') events.push(`text ${text}`);
      text = '';
    };
    const parser = new SaxesParser();
    parser.on('opentag', (tag) => {
      flush();
      const attributes = tag.attributes as Record<string, string>;
      events.push(`open ${tag.name} ${asked.map((each) => attributes[each]).join('|')}`);
    });
    parser.on('closetag', (tag) => {
      flush();
      events.push(`close ${tag.name}`);
    });
    parser.on('text', (piece) => {
      text += piece;
    });
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(xml).close();
    return events;
  }

  it('sees what a general parser sees, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(tree, fc.array(fc.nat(200), { maxLength: 5 }), (root, cuts) => {
        const xml = `<?xml version="1.0"?>${write(root)}`;
        const asked = Object.keys(root.attributes);
        const at = [...new Set(cuts.map((cut) => cut % xml.length))].sort((a, b) => a - b);
        const pieces = [...at, xml.length].map((end, i) => xml.slice(i === 0 ? 0 : at[i - 1], end));
        expect(scanned(pieces, asked)).toEqual(parsed(xml, asked));
      }),
      { numRuns: 500 },
    );
  });

  it('ends with an answer on any text', () => {
    const markup = fc.array(
      fc.constantFrom(
        '<',
        '>',
        '/',
        '"',
        "'",
        '=',
        '&',
        ';',
        'a',
        ' ',
        '!',
        '-',
        '?',
        '[',
        ']',
        'CDATA',
        '<a',
        '</a>',
        '<!--',
        '-->',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(markup, (parts) => {
        try {
          scanned(parts, ['a']);
        } catch (error) {
          expect(error).toBeInstanceOf(ScanError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
