import { comparable, type SourceRow } from '../../../kernel/sources/index.ts';

/** A row of one version next to its partner in the other. */
export type Beside = {
  left: SourceRow | null;
  right: SourceRow | null;
  state: 'same' | 'reworded' | 'otherMeaning' | 'came' | 'went';
};
const said = ({ title, text, numbers }: SourceRow): string => JSON.stringify([title, text, numbers]);

/** Rows of two versions with one key or one declared meaning stand side by side; only those of one meaning may be compared. */
export function beside(left: readonly SourceRow[], right: readonly SourceRow[]): Beside[] {
  const used = new Set<SourceRow>();
  const pairs = right.map((row): Beside => {
    const partner =
      left.find((other) => comparable(other, row) && !used.has(other)) ??
      left.find((other) => other.rowKey === row.rowKey && !used.has(other)) ??
      null;
    if (!partner) return { left: null, right: row, state: 'came' };
    used.add(partner);
    if (!comparable(partner, row)) return { left: partner, right: row, state: 'otherMeaning' };
    const same = said(partner) === said(row);
    return { left: partner, right: row, state: same ? 'same' : 'reworded' };
  });
  return [
    ...pairs,
    ...left.filter((row) => !used.has(row)).map((row): Beside => ({ left: row, right: null, state: 'went' })),
  ];
}
