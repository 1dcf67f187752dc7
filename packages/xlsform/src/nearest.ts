/** Steps from one word to another, where a step adds, drops, changes or swaps letters; stops counting above `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let steps = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, before[j - 2]! + 1);
      row.push(steps);
      best = Math.min(best, steps);
    }
    if (best > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** The word that was probably meant, or undefined when none is near. Case does not count. */
export function nearest(word: string, among: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  if (lower.length > 80) return undefined;
  let most = Math.max(1, Math.min(3, Math.floor(lower.length / 3)));
  let found: string | undefined;
  for (const each of among) {
    const steps = distance(lower, each.toLowerCase(), most);
    if (steps > most || each === word) continue;
    found = each;
    most = steps - 1;
    if (most < 0) break;
  }
  return found;
}
