import type { Tree } from './answers.ts';

/** One answer that a correction changed; null where there was none, or is none any more. */
export type Change = { readonly path: string; readonly before: string | null; readonly after: string | null };

/** What a correction changed, in the order of the form. Parts of a repeat are numbered: 'problems/problem[2]/description'. Pure. */
export function changesBetween(before: Tree, after: Tree): readonly Change[] {
  const [was, is] = [flat(before), flat(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const change = { path, before: was.get(path) ?? null, after: is.get(path) ?? null };
    return change.before === change.after || OWN.has(path) ? [] : [change];
  });
}

/** What the form notes of itself at every filling. */
const OWN = new Set(['start', 'end', 'today', 'assignment_id', 'about/facility_id']);

function flat(tree: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(tree)) for (const [i, one] of tree.entries()) flat(one, `${path}[${i + 1}]`, into);
  else if (typeof tree === 'object' && tree !== null)
    for (const [name, one] of Object.entries(tree)) flat(one, path ? `${path}/${name}` : name, into);
  else if (tree !== null && tree !== undefined && String(tree).trim() !== '') into.set(path, String(tree));
  return into;
}
