import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { BrokenWall } from './walls.ts';

const COMMENT =
  'A room’s SQL names only the tables that its own migrations make. ' +
  'Ask the other room for what you need: export a function from its index.ts, and call it.';

/**
 * Finds SQL that names a table of another room. A room's tables are those that its `migrations/*.sql` create;
 * the migrations may refer to other rooms' tables in foreign keys, and nowhere else.
 */
export function findForeignSql(root: string): BrokenWall[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).map((path) => `src/${path}`);
  const owners = tableOwners(root, files);
  const broken: BrokenWall[] = [];
  for (const file of files) {
    const room = roomOf(file);
    if (!room || /\.test\.tsx?$/.test(file)) continue;
    const texts = /\.tsx?$/.test(file)
      ? sqlIn(readFileSync(join(root, file), 'utf8'), file)
      : isMigration(file)
        ? [
            readFileSync(join(root, file), 'utf8')
              .replace(/--.*$/gm, '')
              .replace(/\breferences\s+\w+/gi, ''),
          ]
        : [];
    for (const table of new Set(texts.flatMap(tablesIn))) {
      const owner = owners.get(table);
      if (owner && owner !== room) {
        broken.push({ rule: 'own-tables-only', from: file, to: `${table} (of ${owner})`, comment: COMMENT });
      }
    }
  }
  return broken;
}

const isMigration = (file: string): boolean => /\/migrations\/\d{4}_\w+\.sql$/.test(file);

/** `src/kernel/records/queries.ts` → `src/kernel/records`; a file directly in src/ belongs to no room. */
function roomOf(file: string): string | undefined {
  return /^src\/(?:(?:platform|kernel|programmes|reports|entrances)\/[^/]+(?=\/)|ui|field)/.exec(file)?.[0];
}

function tableOwners(root: string, files: readonly string[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const file of files.filter(isMigration)) {
    const sql = readFileSync(join(root, file), 'utf8').replace(/--.*$/gm, '');
    for (const [, name] of sql.matchAll(
      /\bcreate\s+(?:unlogged\s+)?(?:table|(?:materialized\s+)?view)\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi,
    )) {
      const room = roomOf(file);
      if (name && room) owners.set(name.toLowerCase(), room);
    }
  }
  return owners;
}

/** Texts of tagged templates (sql`…`, tx`…`, db`…`) and of what is given to `.unsafe(…)`; values become `$`. */
function sqlIn(source: string, file: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const plain = (node: ts.Node): string | undefined => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (!ts.isTemplateExpression(node)) return undefined;
    return node.head.text + node.templateSpans.map(({ literal }) => `$${literal.text}`).join('');
  };
  const visit = (node: ts.Node): void => {
    const sql = ts.isTaggedTemplateExpression(node)
      ? plain(node.template)
      : ts.isCallExpression(node) && /\.unsafe$/.test(node.expression.getText(tree)) && node.arguments[0]
        ? plain(node.arguments[0])
        : undefined;
    if (sql !== undefined) texts.push(sql);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return texts;
}

/** Names after from, join, into, update, table, truncate and in their comma lists, without the statement's own WITH names. */
function tablesIn(sql: string): string[] {
  const text = sql.replace(/--.*$/gm, ' ').replace(/'(?:[^']|'')*'/g, "''");
  const named = [
    ...text.matchAll(
      /(?:\bwith\s+(?:recursive\s+)?|,\s*)(\w+)(?:\s*\([^()]*\))?\s+as\s+(?:not\s+)?(?:materialized\s+)?\(/gi,
    ),
  ];
  const own = new Set(named.map(([, name]) => name?.toLowerCase()));
  const lists = text.matchAll(
    // Looked at without being consumed: "record join subject" must not hide its join behind an alias.
    /\b(?:from|join|into|update|table|truncate|using|copy)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)?(?=("?\w+"?(?:\s+(?:as\s+)?\w+)?(?:\s*,\s*"?\w+"?(?:\s+(?:as\s+)?\w+)?)*))/gi,
  );
  return [...lists]
    .flatMap(([, list = '']) => list.split(','))
    .map((entry) => (/^\s*"?(\w+)/.exec(entry)?.[1] ?? '').toLowerCase())
    .filter((name) => name !== '' && !own.has(name));
}
