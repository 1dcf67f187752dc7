/**
 * The form engine against the reference engine (`@getodk/xforms-engine` in jsdom), in one run on one machine.
 * `node --conditions=demilge-source --import tsx bench/xform.ts [--quick]`; --quick leaves the reference out of the 3,000 questions.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { openForm, parseForm, validateSubmission } from '@demilge/xform';
import { build } from 'esbuild';
import { generateForm } from '../packages/xform/test/generate.ts';
import { openReference, referenceEngine } from '../packages/xform/test/reference.ts';
import { allNodes, answerFor, controls } from '../packages/xform/test/script.ts';

const KIT = fileURLToPath(new URL('../../shared/xlsform-kit/valid/', import.meta.url));
const quick = process.argv.includes('--quick');

function median(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function time(rounds: number, run: () => void): number[] {
  const out: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    run();
    out.push(performance.now() - start);
  }
  return out;
}

/** Processor milliseconds of one run, median: what a machine that does other work too still tells truly. */
function processor(rounds: number, run: () => void): number {
  const out: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    out.push((user + system) / 1000);
  }
  return median(out);
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;

interface Row {
  what: string;
  ours: number;
  theirs: number;
  limit: number;
}

/** The answers of our person, found once so that both engines are given the same. */
function answers(xml: string, most: number): [string, string][] {
  const form = openForm(parseForm(xml));
  const out: [string, string][] = [];
  for (const turn of [0, 1]) {
    for (const { ref } of controls(form)) {
      const control = form.get(ref);
      const value = control?.kind === 'control' ? answerFor(control, turn) : undefined;
      if (value === undefined || out.length >= most) continue;
      form.setValue(ref, value);
      out.push([ref, value]);
    }
  }
  return out;
}

async function compare(name: string, xml: string, openLimit: number, withReference: boolean): Promise<Row[]> {
  const list = answers(xml, 200);
  const cold = time(1, () => openForm(parseForm(xml)))[0]!;
  const open = median(time(15, () => openForm(parseForm(xml))));
  const busy = processor(15, () => openForm(parseForm(xml)));
  const definition = parseForm(xml);
  const shown = median(time(5, () => allNodes(openForm(definition)).map((node) => node.label)));
  const form = openForm(definition);
  allNodes(form).map((node) => node.label);
  form.subscribe(() => {});
  const given: number[] = [];
  for (const [ref, value] of list) given.push(time(1, () => form.setValue(ref, value))[0]!);
  const written = form.serialize();
  const check = median(time(10, () => validateSubmission(definition, written)));
  let theirOpen = Number.NaN;
  let theirAnswer = Number.NaN;
  if (withReference) {
    const start = performance.now();
    const reference = await openReference(xml, () => undefined);
    theirOpen = performance.now() - start;
    const nodes = list.map(([ref]) => reference.find(ref));
    const times: number[] = [];
    for (const [i, [, value]] of list.slice(0, 60).entries()) {
      const node = nodes[i];
      if (!node || node.currentState.readonly || !node.currentState.relevant) continue;
      times.push(time(1, () => (node.selectValue ? node.selectValue(value) : node.setValue!(value)))[0]!);
    }
    theirAnswer = median(times);
  }
  return [
    { what: `${name}: parse and open, first time`, ours: cold, theirs: theirOpen, limit: openLimit },
    { what: `${name}: parse and open, median`, ours: open, theirs: theirOpen, limit: openLimit },
    { what: `${name}: parse and open, median, processor time`, ours: busy, theirs: Number.NaN, limit: openLimit },
    { what: `${name}: open and read every label`, ours: shown, theirs: Number.NaN, limit: openLimit },
    { what: `${name}: one answer, median of ${given.length}`, ours: median(given), theirs: theirAnswer, limit: 5 },
    { what: `${name}: one answer, worst`, ours: Math.max(...given), theirs: Number.NaN, limit: 50 },
    { what: `${name}: check a submission`, ours: check, theirs: Number.NaN, limit: openLimit },
  ];
}

async function size(): Promise<number> {
  const built = await build({
    entryPoints: [fileURLToPath(new URL('../packages/xform/src/index.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  return gzipSync(built.outputFiles[0]!.contents, { level: 9 }).length;
}

await referenceEngine();
const rows: Row[] = [];
const kitForm = `${KIT}h04_two_hundred_questions.xml`;
if (existsSync(kitForm))
  rows.push(...(await compare('kit h04, 200 questions', readFileSync(kitForm, 'utf8'), 100, true)));
else console.log(`not there, left out: ${kitForm}`);
rows.push(...(await compare('generated, 200 questions', generateForm(200), 100, true)));
rows.push(...(await compare('generated, 3,000 questions', generateForm(3000), 1000, !quick)));

const gzip = await size();
const [busiest = 0] = loadavg();
console.log(
  `${cpus().length} cores, load ${busiest.toFixed(1)}: wall times mean something only where the load is below the cores.\n`,
);
console.log('| what | ours | reference | ratio | budget | |\n|---|---:|---:|---:|---:|---|');
for (const { what, ours, theirs, limit } of rows) {
  const other = Number.isNaN(theirs) ? ['–', '–'] : [ms(theirs), `${(theirs / ours).toFixed(0)}×`];
  console.log(`| ${what} | ${ms(ours)} | ${other.join(' | ')} | ${ms(limit)} | ${ours <= limit ? 'ok' : 'OVER'} |`);
}
console.log(
  `| the engine alone, minified, gzip | ${(gzip / 1024).toFixed(1)} KB | – | – | 45 KB | ${gzip <= 45 * 1024 ? 'ok' : 'OVER'} |`,
);
process.exit(rows.every(({ ours, limit }) => ours <= limit) && gzip <= 45 * 1024 ? 0 : 1);
