import type { Cell } from './cells.ts';
import type { Definition } from './definition.ts';

/** A cell as a reader outside the office sees it: a hidden one has its place and nothing else. */
export type ShownCell = Cell & { readonly hidden: boolean };

type Item = { readonly cell: Cell; readonly below: number; hidden: boolean };
/** Cells that add up to another one: the categories of one dimension, all else equal. */
type Line = { readonly parent: Item; readonly children: Item[] };

/**
 * Hides cells of few people, and as many others as it takes that no hidden cell can be reckoned from what is shown: neither by
 * subtracting from a total, nor by combining several, nor as being surely small. Where even hiding all categories would tell (the total
 * itself is small), the split is left out. The total line stays.
 */
export function suppress(cells: readonly Cell[], definition: Definition): ShownCell[] {
  const limits = new Map(definition.dimensions.map(({ key, suppressBelow = 0 }) => [key, suppressBelow]));
  const overlapping = new Set(definition.dimensions.filter(({ kind }) => kind === 'overlapping').map(({ key }) => key));
  const total = cells.find((cell) => cell.key === '');
  const items = cells.map((cell): Item => {
    const dimensions = Object.keys(cell.at);
    const below = Math.max(0, ...dimensions.map((dimension) => limits.get(dimension) ?? 0));
    const rest = dimensions.some((dimension) => overlapping.has(dimension)) ? (total?.base ?? 0) - cell.base : 0;
    return { cell, below, hidden: isFew(cell.base, below) || isFew(rest, below) };
  });
  const lines = linesOf(items, overlapping);
  const leftOut = new Set<Item>();
  for (let again = true; again; ) {
    again = false;
    for (const line of lines) again = guard(line, leftOut) || again;
    if (!again) again = hideOneMore(items, lines, leftOut);
  }
  leaveOutBelow(lines, leftOut);
  return items
    .filter((item) => !leftOut.has(item))
    .map(({ cell, hidden }) => (hidden ? { ...cell, ...NOTHING, hidden } : { ...cell, hidden }));
}

const NOTHING = {
  value: null,
  numerator: null,
  denominator: null,
  evidence: 0,
  digest: null,
  evidenceIds: [],
  base: 0,
  engagements: 0,
  parts: [],
} as const;

const isFew = (people: number, below: number): boolean => people > 0 && people < below;

function linesOf(items: readonly Item[], overlapping: ReadonlySet<string>): Line[] {
  const byKey = new Map(items.map((item) => [item.cell.key, item]));
  const lines = new Map<string, Line>();
  for (const item of items) {
    const pairs = Object.entries(item.cell.at);
    for (const [dimension] of pairs) {
      if (overlapping.has(dimension)) continue;
      const rest = pairs.filter(([key]) => key !== dimension);
      const parent = byKey.get(
        rest
          .map(([key, category]) => `${key}=${category}`)
          .sort()
          .join(';'),
      );
      if (!parent) continue;
      const name = `${parent.cell.key}|${dimension}`;
      const line = lines.get(name) ?? { parent, children: [] };
      line.children.push(item);
      lines.set(name, line);
    }
  }
  return [...lines.values()];
}

/**
 * Hides what one line needs: never one unknown alone, and where the parent is shown, hidden cells that may each be as large as the
 * limit. Tells whether it hid something.
 */
function guard({ parent, children }: Line, leftOut: Set<Item>): boolean {
  const hidden = children.filter((item) => item.hidden);
  if (hidden.length === 0 && !parent.hidden) return false;
  const below = Math.max(...children.map((item) => item.below));
  const people = hidden.reduce((sum, item) => sum + item.cell.base, 0);
  const safe = parent.hidden ? hidden.length > 0 : hidden.length > 1 && people - hidden.length + 1 >= below;
  if (safe) return false;
  if (hideSmallest(children)) return true;
  if (parent.cell.key !== '' && !parent.hidden) {
    parent.hidden = true;
    return true;
  }
  for (const item of children) leftOut.add(item);
  return false;
}

/** What a split that is left out was crossed with goes too: a hidden cell that stood alone would tell that it is the whole. */
function leaveOutBelow(lines: readonly Line[], leftOut: Set<Item>): void {
  for (let before = -1; before !== leftOut.size; ) {
    before = leftOut.size;
    for (const { parent, children } of lines) if (leftOut.has(parent)) for (const item of children) leftOut.add(item);
  }
}

function hideSmallest(items: readonly Item[]): boolean {
  const [smallest] = items
    .filter((item) => !item.hidden && item.cell.base > 0)
    .sort((a, b) => a.cell.base - b.cell.base);
  if (!smallest) return false;
  smallest.hidden = true;
  return true;
}

/** Solves the equations of all lines for the hidden cells; where one of them has only one solution, hides a neighbour. */
function hideOneMore(items: readonly Item[], lines: readonly Line[], leftOut: Set<Item>): boolean {
  const unknown = items.filter((item) => item.hidden);
  const found = solvable(
    lines.map(({ parent, children }) => [
      ...children.flatMap((item) => (item.hidden ? [{ at: unknown.indexOf(item), factor: 1 }] : [])),
      ...(parent.hidden ? [{ at: unknown.indexOf(parent), factor: -1 }] : []),
    ]),
    unknown.length,
  );
  for (const at of found) {
    const item = unknown[at]!;
    const neighbours = lines.filter((line) => line.children.includes(item)).flatMap((line) => line.children);
    if (hideSmallest(neighbours)) return true;
  }
  // Its neighbours are hidden already and several lines together still tell it: a line further off has to give way, else its own go.
  const told = found
    .map((at) => unknown[at]!)
    .filter((item) => isFew(item.cell.base, item.below) && !leftOut.has(item));
  if (told.length === 0) return false;
  if (hideSmallest(items.filter((item) => item.cell.key !== ''))) return true;
  for (const line of lines)
    if (line.children.some((item) => told.includes(item))) for (const item of line.children) leftOut.add(item);
  return false;
}

/** Which unknowns a system of linear equations determines: Gauss–Jordan; a row with one unknown left gives it away. */
export function solvable(
  equations: readonly (readonly { at: number; factor: number }[])[],
  unknowns: number,
): number[] {
  const rows = equations
    .filter((equation) => equation.length > 0)
    .map((equation) => {
      const row = new Array<number>(unknowns).fill(0);
      for (const { at, factor } of equation) row[at] = factor;
      return row;
    });
  let done = 0;
  for (let column = 0; column < unknowns && done < rows.length; column++) {
    const pivot = rows.findIndex((row, i) => i >= done && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[done], rows[pivot]] = [rows[pivot]!, rows[done]!];
    const lead = rows[done]!;
    const factor = lead[column]!;
    for (let i = 0; i < unknowns; i++) lead[i] = lead[i]! / factor;
    for (const [i, row] of rows.entries()) {
      const times = row[column]!;
      if (i === done || Math.abs(times) < 1e-9) continue;
      for (let j = 0; j < unknowns; j++) row[j] = row[j]! - times * lead[j]!;
    }
    done += 1;
  }
  return rows.slice(0, done).flatMap((row) => {
    const left = row.flatMap((factor, i) => (Math.abs(factor) > 1e-9 ? [i] : []));
    return left.length === 1 ? (left as number[]) : [];
  });
}
