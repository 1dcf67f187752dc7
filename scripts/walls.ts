import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../src/platform/root.ts';
import { findForeignSql } from './sqlWalls.ts';

/** An import, or a piece of SQL, that the house does not allow. */
export interface BrokenWall {
  rule: string;
  from: string;
  to: string;
  /** What a newcomer should do about it. */
  comment: string;
}

/** Compares every import below `root` with .dependency-cruiser.cjs of the house. Paths are relative to `root`. */
export function findBrokenImports(root: string): BrokenWall[] {
  const cruiser = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const folders = ['src', 'packages', 'seeds'].filter((folder) => existsSync(join(root, folder)));
  const answer = spawnSync(
    process.execPath,
    [cruiser, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders],
    { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (answer.stdout === '') throw new Error(`dependency-cruiser failed:\n${answer.stderr}`);
  const { summary } = JSON.parse(answer.stdout) as Cruise;
  const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  return summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
    comment: comments.get(rule.name) ?? '',
  }));
}

interface Cruise {
  summary: {
    violations: Array<{ rule: { name: string }; from: string; to: string }>;
    ruleSetUsed: { forbidden: Array<{ name: string; comment: string }> };
  };
}

/** Says every broken wall, grouped by rule, with the rule's explanation. */
function report(broken: readonly BrokenWall[]): string {
  const lines: string[] = [];
  for (const rule of new Set(broken.map((wall) => wall.rule))) {
    const walls = broken.filter((wall) => wall.rule === rule);
    lines.push(`${rule}: ${walls[0]?.comment}`, ...walls.map(({ from, to }) => `  ${from} → ${to}`), '');
  }
  return lines.join('\n');
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const broken = [...findBrokenImports(ROOT), ...findForeignSql(ROOT)];
  console.log(broken.length > 0 ? report(broken) : 'Every wall stands.');
  process.exitCode = broken.length > 0 ? 1 : 0;
}
