import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { ROOT } from '../src/platform/root.ts';

export const LANGUAGES = ['ky', 'ru', 'en'] as const;
type Language = (typeof LANGUAGES)[number];

/** How many forms a counted noun `{n|…|…}` has: Kyrgyz keeps the singular after a number. */
const NOUN_FORMS: Record<Language, number> = { ky: 1, ru: 3, en: 2 };

/** The words of one folder `messages/`. */
export interface Catalogue {
  /** Path of the folder from the root. */
  folder: string;
  words: Record<Language, Record<string, string>>;
}

/** Every `messages/{ky,ru,en}.json` below src and packages. A missing file is an empty one. */
export function readCatalogues(root: string): Catalogue[] {
  const folders = new Set(
    filesBelow(root, ['src', 'packages'])
      .filter((path) => /\/messages\/\w+\.json$/.test(path))
      .map((path) => dirname(path)),
  );
  return [...folders].sort().map((folder) => {
    const read = (language: Language): Record<string, string> => {
      const path = join(root, folder, `${language}.json`);
      return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};
    };
    return { folder, words: { ky: read('ky'), ru: read('ru'), en: read('en') } };
  });
}

/** Everything that is wrong with the words, one sentence each; `[]` if a person of any language can read every page. */
export function findWordFaults(root: string): string[] {
  const catalogues = readCatalogues(root);
  // Packages look their words up by codes of their own; only the house's words are followed to their use.
  const ours = catalogues.filter(({ folder }) => folder.startsWith('src/'));
  const faults = [
    ...catalogues.flatMap(catalogueFaults),
    ...doubledKeys(ours),
    ...useFaults(root, new Set(ours.flatMap(keysOf))),
  ];
  return [...new Set(faults)].sort();
}

function keysOf({ words }: Catalogue): string[] {
  return [...new Set(LANGUAGES.flatMap((language) => Object.keys(words[language])))];
}

function catalogueFaults(catalogue: Catalogue): string[] {
  const { folder, words } = catalogue;
  const faults: string[] = [];
  for (const key of keysOf(catalogue)) {
    const [ky, ru, en] = LANGUAGES.map((language) => words[language][key]);
    for (const language of LANGUAGES) {
      const text = words[language][key];
      const where = `${folder}: ${key} (${language})`;
      if (text === undefined || text.trim() === '') {
        faults.push(`${where} has no words`);
        continue;
      }
      for (const [noun, forms] of nounsIn(text)) {
        if (forms.length !== NOUN_FORMS[language]) {
          faults.push(
            `${where}: the noun counted by {${noun}} needs ${NOUN_FORMS[language]} forms, not ${forms.length}`,
          );
        }
      }
      if (language !== 'en') {
        const mixed = mixedWord(text);
        if (mixed) faults.push(`${where} mixes Latin letters into a Cyrillic word: "${mixed}"`);
      }
    }
    if (/киргиз/i.test(ru ?? ''))
      faults.push(`${folder}: ${key} (ru) says "${/\S*киргиз\S*/i.exec(ru ?? '')?.[0]}"; write Кыргызстан, кыргызский`);
    const names = [ky, ru, en].map((text) => placeholdersIn(text ?? '').join(', '));
    if (ky && ru && en && new Set(names).size > 1) {
      faults.push(
        `${folder}: ${key} has other placeholders in each language: ky {${names[0]}}, ru {${names[1]}}, en {${names[2]}}`,
      );
    }
  }
  return faults;
}

/** A Cyrillic word with Latin letters that only look right; "PDFти" is a Latin name with an ending, and fine. */
function mixedWord(text: string): string | undefined {
  const words = text.replace(/\{[^}]*\}/g, ' ').match(/\p{L}+/gu) ?? [];
  return words.find((word) => {
    const latin = word.replace(/[^A-Za-z]/g, '');
    return latin !== '' && /\p{Script=Cyrillic}/u.test(word) && /^[aceiopxyABCEHIKMOPTXY]+$/.test(latin);
  });
}

function placeholdersIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)(?:\|[^}]*)?\}/g)].map(([, name]) => name ?? ''))].sort();
}

function nounsIn(text: string): Array<[name: string, forms: string[]]> {
  return [...text.matchAll(/\{(\w+)\|([^}]*)\}/g)].map(([, name = '', forms = '']) => [name, forms.split('|')]);
}

function doubledKeys(catalogues: readonly Catalogue[]): string[] {
  const owner = new Map<string, string>();
  const faults: string[] = [];
  for (const catalogue of catalogues) {
    for (const key of keysOf(catalogue)) {
      const first = owner.get(key);
      if (first) faults.push(`${catalogue.folder}: ${key} stands in ${first} too`);
      else owner.set(key, catalogue.folder);
    }
  }
  return faults;
}

/** Keys that no source names, and keys that a source asks for and no catalogue has. */
function useFaults(root: string, keys: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const literals = new Set<string>();
  const patterns = new Map<string, RegExp>();
  for (const file of filesBelow(root, ['src', 'seeds'])) {
    if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) continue;
    for (const text of textsIn(readFileSync(join(root, file), 'utf8'), file)) {
      if (text.parts.length === 1) {
        const literal = text.parts[0] ?? '';
        literals.add(literal);
        if (text.asked && /^[\w-]+(\.[\w-]+)+$/.test(literal) && !keys.has(literal)) {
          faults.push(`${file} asks for the words "${literal}", and no catalogue has them`);
        }
      } else if (
        text.parts.some((part) => /^[\w-]+\.|\.[\w-]+\./.test(part)) &&
        !text.parts.some((part) => /\s/.test(part))
      ) {
        patterns.set(text.parts.join('*'), new RegExp(`^${text.parts.map(literally).join('[\\w.-]+')}$`));
      }
    }
  }
  const matchers = [...patterns.values()];
  for (const key of keys) {
    if (!literals.has(key) && !matchers.some((matcher) => matcher.test(key))) faults.push(`${key} is used nowhere`);
  }
  for (const [shown, matcher] of patterns) {
    const room = shown.split('.')[0];
    const known = [...keys].some((key) => key.startsWith(`${room}.`));
    if (known && ![...keys].some((key) => matcher.test(key)) && /^[\w.*-]+$/.test(shown)) {
      faults.push(`the words "${shown}" are asked for, and no catalogue has any of them`);
    }
  }
  return faults;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Text {
  /** The fixed parts; between two of them stands a value. */
  parts: string[];
  /** Whether it is certainly a message key: the argument of `t(…)`, or the key of a Problem. */
  asked: boolean;
}

function textsIn(source: string, file: string): Text[] {
  const tree = ts.createSourceFile(
    file,
    source,
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const texts: Text[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push({ parts: [node.text], asked: isAsked(node) });
    if (ts.isTemplateExpression(node)) {
      texts.push({
        parts: [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)],
        asked: isAsked(node),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return texts;
}

function isAsked(node: ts.Expression): boolean {
  const call = node.parent;
  if (ts.isCallExpression(call)) return call.arguments[0] === node && /(^|\.)t$/.test(call.expression.getText());
  if (ts.isNewExpression(call)) return call.arguments?.[1] === node && call.expression.getText() === 'Problem';
  return false;
}

function filesBelow(root: string, folders: readonly string[]): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
        .map((path) => `${folder}/${path}`),
    );
}

if (import.meta.url === pathToFileURL(resolve(process.argv[1] ?? '')).href) {
  const faults = findWordFaults(ROOT);
  const count = readCatalogues(ROOT).reduce((sum, catalogue) => sum + keysOf(catalogue).length, 0);
  console.log(faults.length > 0 ? faults.join('\n') : `${count} keys have their words in ky, ru and en.`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
