/** A verdict on one version of a record, at the server's moment. */
export type Verdict = {
  readonly id: string;
  readonly recordId: string;
  readonly verdict: 'accepted' | 'returned' | 'rejected' | 'withdrawn';
  readonly at: Date;
};

/** A time in which one version of a record counted. `until` is null while it still does. */
export type Span = {
  readonly recordId: string;
  readonly from: Date;
  readonly until: Date | null;
  readonly cause: 'corrected' | 'withdrawn' | null;
  readonly endedByRecord: string | null;
};

/**
 * When each version of one record counted: at most one at a time, the last one accepted.
 * Another version's acceptance corrects it; its own later verdict of another kind withdraws it.
 * A word on a version that does not count changes nothing.
 */
export function spansOf(verdicts: readonly Verdict[]): Span[] {
  const spans: Span[] = [];
  let open: { recordId: string; from: Date } | null = null;
  const end = (at: Date, cause: 'corrected' | 'withdrawn', endedByRecord: string | null): void => {
    if (open) spans.push({ ...open, until: at, cause, endedByRecord });
    open = null;
  };
  for (const word of [...verdicts].sort(byTime)) {
    const counts: boolean = (open as { recordId: string } | null)?.recordId === word.recordId;
    if (word.verdict !== 'accepted') {
      if (counts) end(word.at, 'withdrawn', null);
    } else if (!counts) {
      end(word.at, 'corrected', word.recordId);
      open = { recordId: word.recordId, from: word.at };
    }
  }
  if (open)
    spans.push({ ...(open as { recordId: string; from: Date }), until: null, cause: null, endedByRecord: null });
  return spans;
}

/** Words of one moment keep the order of their ids, so that every rebuild reads them alike. */
function byTime(a: Verdict, b: Verdict): number {
  return a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1);
}
