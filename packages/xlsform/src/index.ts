export { type CompileOptions, type CompileResult, compileSheets, compileWorkbook } from './compile.ts';
export type { Diagnostic } from './diagnostics.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { columnIndex, columnLetters } from './xlsx/cells.ts';
export { type RefusalCode, WorkbookRefused } from './xlsx/refusal.ts';
export { type Cell, type Row, readWorkbook, type Sheet, type Workbook } from './xlsx/workbook.ts';
