import { nearest } from './nearest.ts';

/**
 * One thing that is wrong, or may be wrong, with a workbook: where it stands and what it is. The words come from
 * the catalogue (`diagnosticText`), so a diagnostic can be stored and shown later in another language.
 */
export interface Diagnostic {
  /** Stable code, for example PYREF_003; a key of the message catalogue. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  /** Sheet name, '' when the file as a whole is meant. */
  readonly sheet: string;
  /** 1-based row as the author sees it; 0 when the whole sheet is meant. */
  readonly row: number;
  /** Column header as the author wrote it, or its letter; '' when the whole row is meant. */
  readonly column: string;
  /** The offending value. */
  readonly value?: string;
  /** The nearest valid word. */
  readonly suggestion?: string;
  /** Values for the message's placeholders. */
  readonly params: Readonly<Record<string, string>>;
}

/** Where a diagnostic points. */
export interface Place {
  readonly sheet: string;
  readonly row: number;
  readonly column?: string | undefined;
}

export interface Extra {
  readonly value?: string | undefined;
  readonly params?: Record<string, string>;
  /** Valid words; the nearest one becomes the suggestion. */
  readonly among?: Iterable<string>;
  readonly suggestion?: string | undefined;
}

/** Collects all diagnostics of one compilation. */
export interface Report {
  error(code: string, place: Place, extra?: Extra): void;
  warn(code: string, place: Place, extra?: Extra): void;
  failed(): boolean;
  /** In the order of sheet, row, and finding; errors before warnings of the same row. */
  list(): Diagnostic[];
}

/** More findings than this help nobody and only fill the memory. */
const MOST = 1_000;
/** Pairs of letters that are compared in search of the words that were meant, in all: a part of a second. */
const MOST_COMPARED = 40_000_000;
const SHEET_ORDER = ['', 'settings', 'survey', 'choices', 'external_choices', 'osm', 'entities'];

export function createReport(): Report {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  let errors = 0;
  let compared = 0;

  function* affordable(value: string, among: Iterable<string>) {
    for (const each of among) {
      compared += value.length * each.length;
      if (compared > MOST_COMPARED) return;
      yield each;
    }
  }

  const add = (severity: 'error' | 'warning', code: string, place: Place, extra: Extra = {}) => {
    if (severity === 'error') errors += 1;
    if (found.length >= MOST) return;
    const { value, params = {}, among } = extra;
    const suggestion =
      extra.suggestion ?? (among && value !== undefined ? nearest(value, affordable(value, among)) : undefined);
    const diagnostic: Diagnostic = {
      code,
      severity,
      sheet: place.sheet,
      row: place.row,
      column: place.column ?? '',
      params: { ...params, ...(value === undefined ? {} : { value }) },
      ...(value === undefined ? {} : { value }),
      ...(suggestion === undefined ? {} : { suggestion }),
    };
    const key = JSON.stringify(diagnostic);
    if (seen.has(key)) return;
    seen.add(key);
    found.push(diagnostic);
  };

  return {
    error: (code, place, extra) => add('error', code, place, extra),
    warn: (code, place, extra) => add('warning', code, place, extra),
    failed: () => errors > 0,
    list() {
      const order = (d: Diagnostic) => {
        const at = SHEET_ORDER.indexOf(d.sheet);
        return at < 0 ? SHEET_ORDER.length : at;
      };
      const rank = (d: Diagnostic) => (d.severity === 'error' ? 0 : 1);
      return found
        .map((diagnostic, index) => ({ diagnostic, index }))
        .sort(
          (a, b) =>
            order(a.diagnostic) - order(b.diagnostic) ||
            a.diagnostic.row - b.diagnostic.row ||
            rank(a.diagnostic) - rank(b.diagnostic) ||
            a.index - b.index,
        )
        .map(({ diagnostic }) => diagnostic);
    },
  };
}
