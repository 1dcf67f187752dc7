import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileWorkbook, type Diagnostic } from '@demilge/xlsform';
import { describe, expect, it } from 'vitest';

const KIT = fileURLToPath(new URL('../../../../shared/xlsform-kit/', import.meta.url));
const here = existsSync(KIT);
const names = (folder: string) =>
  here
    ? readdirSync(join(KIT, folder))
        .filter((file) => file.endsWith('.xlsx'))
        .map((file) => file.slice(0, -5))
    : [];
const compileFile = (folder: string, name: string) =>
  compileWorkbook(readFileSync(join(KIT, folder, `${name}.xlsx`)), { fileStem: name });

type Difference = { path: string; a: string; b: string } | null;
type Compare = (wanted: string, got: string) => Difference;

describe.skipIf(!here)('the conformance kit (skipped: ../shared/xlsform-kit is not here)', () => {
  it.each(names('valid'))('%s becomes the XForm of the reference', async (name) => {
    const { compareXForms } = (await import(pathToFileURL(join(KIT, 'compare.mjs')).href)) as {
      compareXForms: Compare;
    };
    const result = await compileFile('valid', name);
    expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(compareXForms(readFileSync(join(KIT, 'valid', `${name}.xml`), 'utf8'), result.xform ?? '')).toBeNull();
  });

  it.each(names('invalid'))('%s is refused with the reference’s sheet, row and code', async (name) => {
    const wanted = JSON.parse(readFileSync(join(KIT, 'invalid', `${name}.error.json`), 'utf8')) as {
      code: string | null;
      oracleCrash: boolean;
      info?: { row?: number; sheet?: string; sheet_name?: string };
    };
    const result = await compileFile('invalid', name);
    if (wanted.oracleCrash && result.ok) return;
    const sheet = wanted.info?.sheet ?? wanted.info?.sheet_name;
    const fits = (d: Diagnostic) =>
      d.severity === 'error' &&
      (wanted.info?.row === undefined || d.row === wanted.info.row) &&
      (sheet === undefined || d.sheet === sheet) &&
      (wanted.code === null || d.code === wanted.code);
    expect(result.ok).toBe(false);
    expect(result.xform).toBeUndefined();
    expect(result.diagnostics.some(fits), JSON.stringify(result.diagnostics)).toBe(true);
  });

  it.each(names('hostile'))('%s is refused, or its real sheets are read', async (name) => {
    const result = await compileFile('hostile', name);
    const harmless = ['x03_far_cell', 'x06_zip_slip', 'x07_twenty_thousand_entries'];
    if (!harmless.includes(name)) expect(result.ok).toBe(false);
    else if (!result.ok) expect(result.diagnostics.length).toBeGreaterThan(0);
  });
});
