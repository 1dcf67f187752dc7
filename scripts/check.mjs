import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './targets.mjs';

/**
 * `npm run check`: everything that must be true before a change is handed in. Every step runs, also after a failure;
 * the output of a step is shown when it fails. The last line counts: each test once, and each other step once.
 */
const start = performance.now();
const RESULTS = join(ROOT, 'test-results/vitest.json');
const typescript = (file) => ['node', '--conditions=demilge-source', '--import', 'tsx', file];

const steps = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.', '--incremental', '--tsBuildInfoFile', '.cache/tsc.json'] },
  { name: 'lint', command: ['biome', 'ci', '--colors=off'] },
  { name: 'walls', command: typescript('scripts/walls.ts') },
  { name: 'words', command: typescript('scripts/words.ts') },
  { name: 'unused', command: ['knip', '--no-config-hints', '--no-progress'] },
  { name: 'build', command: ['node', 'scripts/build.mjs'] },
  {
    name: 'tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`],
    shown: true,
  },
];

mkdirSync(join(ROOT, 'test-results'), { recursive: true });
mkdirSync(join(ROOT, '.cache'), { recursive: true });
rmSync(RESULTS, { force: true });

// Each of the first steps works with one core and most machines have two; the build and the tests want them all.
const alone = steps.slice(-2);
const waiting = steps.filter((step) => !alone.includes(step));
const table = [];
const worker = async () => {
  for (let step = waiting.shift(); step; step = waiting.shift()) await take(step);
};
await Promise.all([worker(), worker()]);
for (const step of alone) await take(step);

const passed = table.reduce((sum, row) => sum + row.passed, 0);
const failed = table.reduce((sum, row) => sum + row.failed, 0);
console.log();
for (const { name, failed, seconds, note } of table) {
  console.log(`${name.padEnd(8)} ${failed === 0 ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s  ${note}`.trimEnd());
}
console.log(`${'all'.padEnd(15)} ${secondsSince(start).padStart(6)} s\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function take({ name, command, shown }) {
  const begin = performance.now();
  const { ok, output } = await run(command, shown);
  if (!ok && !shown) console.log(`\n── ${name} ──\n${output}`);
  const counted = shown ? countTests(ok) : { passed: Number(ok), failed: Number(!ok), note: '' };
  table.push({ name, seconds: secondsSince(begin), ...counted });
}

function secondsSince(begin) {
  return ((performance.now() - begin) / 1000).toFixed(1);
}

/** Runs a tool of the checkout; gives its output, and shows it at once where asked. */
function run([tool, ...args], shown) {
  const program = tool === 'node' ? process.execPath : join(ROOT, 'node_modules/.bin', tool);
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' },
    });
    let output = '';
    const listen = (chunk) => {
      output += chunk;
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('error', (error) => done({ ok: false, output: String(error) }));
    child.once('close', (code) => done({ ok: code === 0, output }));
  });
}

/** A file that does not even load has no tests to count; it counts as one failure. */
function countTests(ok) {
  if (!existsSync(RESULTS)) return { passed: 0, failed: 1, note: 'the tests did not run' };
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  const broken = results.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  const failures = results.numFailedTests + broken;
  return {
    passed: results.numPassedTests,
    failed: failures === 0 && !ok ? 1 : failures,
    note: `${results.numTotalTests} tests in ${results.testResults.length} files`,
  };
}
