import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, vi } from 'vitest';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const block = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
const file = fileURLToPath(new URL(`./readme-${process.pid}.tmp.ts`, import.meta.url));

afterAll(() => rmSync(file, { force: true }));

it('runs the first block of the README and prints what its comments say', async () => {
  const said: unknown[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((value) => said.push(value));
  writeFileSync(file, block);
  await import(/* @vite-ignore */ file);
  log.mockRestore();
  expect(said).toEqual([
    [{ ref: '/data/wells', label: 'Канча кудук бар?', kind: 'constraint', message: '100дөн аз болсун' }],
    { village: 'Барскоон', wells: '12', dry: '', meta: { instanceID: expect.stringMatching(/^uuid:[0-9a-f-]{36}$/) } },
  ]);
  expect(block).toContain(
    "// [{ ref: '/data/wells', label: 'Канча кудук бар?', kind: 'constraint', message: '100дөн аз болсун' }]",
  );
});
