export { type CompileOptions, type CompileResult, compileSheets, compileWorkbook } from './compile.ts';
export {
  type DescribedChoice,
  type DescribedForm,
  type DescribedQuestion,
  describeForm,
  type TextByLanguage,
} from './describe.ts';
export type { Diagnostic } from './diagnostics.ts';
export { DEFAULT_LIMITS, type Limits } from './limits.ts';
export { diagnosticPlace, diagnosticText, type Language, messageText } from './words.ts';
export { columnIndex, columnLetters } from './xlsx/cells.ts';
export { type RefusalCode, WorkbookRefused } from './xlsx/refusal.ts';
export type { Cell, Row } from './xlsx/sheet.ts';
export { readWorkbook, type Sheet, type Workbook } from './xlsx/workbook.ts';
