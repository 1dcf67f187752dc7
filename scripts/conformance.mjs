// Compiles every workbook of the XLSForm conformance kit and prints, family by family, how many come out right.
// Exit code 1 on any miss. Run by `npm run conformance`; `-- --verbose` shows each miss.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileWorkbook } from '@demilge/xlsform';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const kit = join(root, '..', 'shared', 'xlsform-kit');
if (!existsSync(kit)) {
  console.log(`The XLSForm kit is not here (${join('..', 'shared', 'xlsform-kit')}); nothing to compare with.`);
  process.exit(0);
}

const FAMILIES = {
  a: 'types',
  b: 'groups and repeats',
  c: 'selects',
  d: 'languages and media',
  e: 'logic',
  f: 'entities',
  g: 'settings and sheets',
  h: 'realistic forms',
  q: 'quirks',
  i: 'invalid survey and choices',
  j: 'invalid entities',
  k: 'invalid sheets',
  z: 'not a workbook',
  x: 'hostile',
};
const MOST_SECONDS = 2;

const { compareXForms } = await import(pathToFileURL(join(kit, 'compare.mjs')).href);
const only = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const verbose = process.argv.includes('--verbose');
const families = new Map();
const misses = [];

/** Notes one result under its family's letter. */
function note(name, problem) {
  const letter = name[0];
  const row = families.get(letter) ?? { passed: 0, all: 0 };
  row.all += 1;
  if (problem === null) row.passed += 1;
  else misses.push(`${name}: ${problem}`);
  families.set(letter, row);
}

function workbooks(folder) {
  return readdirSync(join(kit, folder))
    .filter((file) => file.endsWith('.xlsx'))
    .map((file) => file.slice(0, -'.xlsx'.length))
    .filter((name) => only.length === 0 || only.some((part) => name.startsWith(part)))
    .sort();
}

const compileFile = (folder, name) =>
  compileWorkbook(readFileSync(join(kit, folder, `${name}.xlsx`)), { fileStem: name });

function described(result) {
  return result.diagnostics.map((d) => `${d.severity} ${d.code} ${d.sheet}:${d.row} ${d.column}`).join('; ');
}

async function checkValid(name) {
  const result = await compileFile('valid', name);
  if (!result.ok) return `refused: ${described(result)}`;
  const difference = compareXForms(readFileSync(join(kit, 'valid', `${name}.xml`), 'utf8'), result.xform);
  if (difference) return `at ${difference.path}\n    want ${difference.a}\n    got  ${difference.b}`;
  const csv = join(kit, 'valid', `${name}.itemsets.csv`);
  const wanted = existsSync(csv) ? readFileSync(csv, 'utf8').replace(/\r\n/g, '\n') : undefined;
  if (wanted !== result.itemsetsCsv?.replace(/\r\n/g, '\n')) return 'itemsets.csv differs';
  return null;
}

/** Rows and sheets that the reference names have to be named here too, with its code where it has one. */
async function checkInvalid(name) {
  const { code, info } = JSON.parse(readFileSync(join(kit, 'invalid', `${name}.error.json`), 'utf8'));
  const { oracleCrash } = manifest.get(name) ?? {};
  const result = await compileFile('invalid', name);
  // Where the reference crashes, supporting the form is as right as refusing it.
  if (result.ok) return oracleCrash ? null : 'accepted';
  const errors = result.diagnostics.filter((d) => d.severity === 'error');
  const sheet = info?.sheet ?? info?.sheet_name;
  const fits = (d) =>
    (info?.row === undefined || d.row === info.row) &&
    (sheet === undefined || d.sheet === sheet) &&
    (code === null || code === undefined || d.code === code);
  if (!errors.some(fits)) return `want ${code ?? ''} ${sheet ?? ''}:${info?.row ?? ''}; got ${described(result)}`;
  const vague = errors.find((d) => !d.code.startsWith('FILE_') && d.sheet === '');
  return vague ? `${vague.code} names no sheet` : null;
}

async function checkHostile(name) {
  const start = performance.now();
  const result = await compileFile('hostile', name);
  const seconds = (performance.now() - start) / 1000;
  if (seconds > MOST_SECONDS) return `took ${seconds.toFixed(2)} s`;
  const mayRead = /^x0[367]/.test(name);
  return result.ok && !mayRead ? 'accepted' : null;
}

const manifest = new Map(
  JSON.parse(readFileSync(join(kit, 'manifest.json'), 'utf8')).files.map((file) => [file.name, file]),
);
for (const name of workbooks('valid')) note(name, await checkValid(name));
for (const name of workbooks('invalid')) note(name, await checkInvalid(name));
for (const name of workbooks('hostile')) note(name, await checkHostile(name));

console.log('family                          passed / all');
for (const [letter, { passed, all }] of [...families].sort(([a], [b]) => order(a) - order(b))) {
  console.log(`${letter}  ${FAMILIES[letter].padEnd(28)} ${String(passed).padStart(6)} / ${all}`);
}
function order(letter) {
  return Object.keys(FAMILIES).indexOf(letter);
}
const total = [...families.values()].reduce((sum, { all }) => sum + all, 0);
console.log(`${total - misses.length} of ${total}`);
for (const miss of verbose ? misses : misses.slice(0, 20)) console.log(`  ${miss}`);
process.exit(misses.length === 0 ? 0 : 1);
