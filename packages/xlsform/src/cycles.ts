/** That the value of one thing waits for the value of another. */
export interface Edge<T> {
  readonly from: T;
  readonly to: T;
}

/** More circles than these help nobody: each has to be untied anyway before the others are seen well. */
const MOST_CYCLES = 100;

/** The circles among the edges: each thing that waits for itself, once, with the things on the way; at most a hundred. */
export function findCycles<T>(edges: readonly Edge<T>[]): T[][] {
  const next = new Map<T, T[]>();
  for (const { from, to } of edges) {
    const others = next.get(from);
    if (others) others.push(to);
    else next.set(from, [to]);
  }
  const state = new Map<T, 'open' | 'done'>();
  const cycles: T[][] = [];
  for (const start of next.keys()) {
    if (state.has(start)) continue;
    // An own stack instead of recursion: a chain of calculations may be as long as the form.
    const path: T[] = [start];
    const turns: Iterator<T>[] = [(next.get(start) ?? [])[Symbol.iterator]()];
    state.set(start, 'open');
    while (path.length > 0) {
      const step = turns.at(-1)!.next();
      if (step.done) {
        state.set(path.pop()!, 'done');
        turns.pop();
        continue;
      }
      const seen = state.get(step.value);
      if (seen === 'open') {
        cycles.push(path.slice(path.indexOf(step.value)));
        if (cycles.length >= MOST_CYCLES) return cycles;
      } else if (seen === undefined) {
        state.set(step.value, 'open');
        path.push(step.value);
        turns.push((next.get(step.value) ?? [])[Symbol.iterator]());
      }
    }
  }
  return cycles;
}
