/**
 * What one workbook may cost. A form is a document from a stranger: every number here is a wall, not a hint,
 * and is met before the memory behind it is taken.
 */
export interface Limits {
  /** Bytes of the file itself. */
  readonly fileBytes: number;
  /** Entries in the archive's directory. */
  readonly entries: number;
  /** Bytes of one part after inflating. */
  readonly partBytes: number;
  /** Bytes of all parts that are read, together, after inflating. */
  readonly totalBytes: number;
  /** How many times larger than its packed form a part above one megabyte may become. */
  readonly ratio: number;
  /** Sheets in a workbook. */
  readonly sheets: number;
  /** Rows with something in them, per sheet. */
  readonly rows: number;
  /** Cells with something in them, in the whole workbook. */
  readonly cells: number;
  /** Characters in all cells together. */
  readonly textChars: number;
  /** Characters in one cell (Excel itself stops at 32,767). */
  readonly cellChars: number;
  /** Depth of nested XML elements. */
  readonly xmlDepth: number;
}

/** Generous for a form of ten thousand questions, and small enough for a shared server. */
export const DEFAULT_LIMITS: Limits = {
  fileBytes: 20 * 1024 * 1024,
  entries: 2_000,
  partBytes: 48 * 1024 * 1024,
  totalBytes: 64 * 1024 * 1024,
  ratio: 250,
  sheets: 200,
  rows: 50_000,
  cells: 750_000,
  textChars: 12_000_000,
  cellChars: 32_767,
  xmlDepth: 64,
};
