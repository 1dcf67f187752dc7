import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeWorkbook } from './workbooks.ts';

const PACKAGE = fileURLToPath(new URL('../', import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xlsform-'));
  writeFileSync(
    join(folder, 'good.xlsx'),
    makeWorkbook({
      survey: [
        ['type', 'name', 'label'],
        ['text', 'a', 'A'],
      ],
    }),
  );
  writeFileSync(
    join(folder, 'bad.xlsx'),
    makeWorkbook({
      survey: [
        ['type', 'name', 'label'],
        ['text', 'a b', 'A'],
      ],
    }),
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PACKAGE, 'bin/xlsform.mjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the command line', () => {
  it('writes the XForm of a good workbook under the name that was asked for', () => {
    expect(run('good.xlsx', '-o', 'form.xml')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder, 'form.xml'), 'utf8')).toContain('<data id="good"><a/>');
    expect(run('good.xlsx').stdout).toBe(`${readFileSync(join(folder, 'form.xml'), 'utf8')}\n`);
  });

  it('writes nothing for a refused workbook and says where it is wrong', () => {
    const { status, stdout, stderr } = run('bad.xlsx', '-o', 'form.xml', '--lang', 'ky');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      'bad.xlsx: «survey» барагы, 2-сап, «name» тилкеси: ката: «a b» деген ат туура эмес: ат тамга же астынкы сызыкча менен башталат, андан ары тамга, сан, «_», «-», «.» гана болот.\n',
    );
    expect(existsSync(join(folder, 'form.xml'))).toBe(false);
  });

  it('gives diagnostics as JSON', () => {
    const { status, stdout, stderr } = run('bad.xlsx', '--json');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const report = JSON.parse(stdout) as {
      ok: boolean;
      diagnostics: { code: string; sheet: string; row: number; column: string }[];
    };
    expect(report.ok).toBe(false);
    expect(report.diagnostics.map(({ code, sheet, row, column }) => [code, sheet, row, column])).toEqual([
      ['NAMES_008', 'survey', 2, 'name'],
    ]);
  });

  it('explains itself when it is called in a wrong way', () => {
    expect(run().status).toBe(2);
    expect(run('absent.xlsx').status).toBe(2);
    expect(run('good.xlsx', '--lang', 'kg').stderr).toContain('xlsform form.xlsx [-o form.xml]');
  });
});

describe('the README', () => {
  it('begins with a block that runs', () => {
    const [, code] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8'))!;
    // The example has to lie in the package, so that it finds the package by its name.
    const place = mkdtempSync(join(PACKAGE, 'test', '.readme-'));
    try {
      writeFileSync(join(place, 'example.ts'), code!);
      const sheets = {
        survey: [
          ['type', 'name', 'label'],
          ['image', 'photo', 'Сүрөт'],
        ],
      };
      writeFileSync(join(place, 'visit.xlsx'), makeWorkbook(sheets));
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--conditions=demilge-source', '--import', 'tsx', 'example.ts'],
        { cwd: place, encoding: 'utf8' },
      );
      expect(stderr).toBe('');
      expect(stdout).toBe(
        'sheet "survey", row 2, column "parameters": The size of the picture is not limited. "max-pixels=1024" makes sending faster and saves space.\n',
      );
      expect(readFileSync(join(place, 'visit.xml'), 'utf8')).toContain(
        '<upload ref="/data/photo" mediatype="image/*">',
      );
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
