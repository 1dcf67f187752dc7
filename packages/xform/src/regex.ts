/** Patterns of `regex()`. */

const cache = new Map<string, RegExp | undefined>();

/** The pattern of a form, or undefined when it is not one. */
function compiled(pattern: string): RegExp | undefined {
  if (!cache.has(pattern)) {
    if (cache.size > 500) cache.clear();
    let made: RegExp | undefined;
    try {
      made = new RegExp(pattern);
    } catch {
      made = undefined;
    }
    cache.set(pattern, made);
  }
  return cache.get(pattern);
}

/** True when the text has a part that fits the pattern; false for a pattern that cannot be read. */
export function fitsPattern(text: string, pattern: string): boolean {
  return compiled(pattern)?.test(text) ?? false;
}
