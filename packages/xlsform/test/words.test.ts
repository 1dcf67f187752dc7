import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const catalogue = (language: string) =>
  JSON.parse(readFileSync(join(SOURCES, 'messages', `${language}.json`), 'utf8')) as Record<string, string>;
const placeholders = (text: string) => [...text.matchAll(/(?<!\$)\{\w+\}/g)].map(([each]) => each).sort();

/** Every code in quotes in the sources: two or more capital words joined by underscores. */
function usedCodes(): Set<string> {
  const codes = new Set<string>();
  for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    for (const [, code] of readFileSync(join(SOURCES, file), 'utf8').matchAll(/'([A-Z]+(?:_[A-Z0-9]+)+|CYCLE)'/g))
      codes.add(code!);
  }
  return codes;
}

describe('the words of the diagnostics', () => {
  const ky = catalogue('ky');

  it.each(['ru', 'en'])('stand in %s under the same keys with the same placeholders', (language) => {
    const other = catalogue(language);
    expect(Object.keys(other)).toEqual(Object.keys(ky));
    // A Kyrgyz sentence may name the value in another place, but it names the same ones where they carry meaning.
    for (const [key, text] of Object.entries(other)) {
      expect([key, ...placeholders(text)]).toEqual([key, ...placeholders(ky[key]!)]);
    }
  });

  it('exist for every code that the compiler gives, and for no other', () => {
    const keys = Object.keys(ky).filter((key) => /^[A-Z]/.test(key));
    expect(keys.sort()).toEqual([...usedCodes()].sort());
  });
});
