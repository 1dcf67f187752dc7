/** Why a file is not read as a workbook. The code is a message key of the catalogue. */
export type RefusalCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_NOT_A_WORKBOOK'
  | 'FILE_DAMAGED'
  | 'FILE_UNPACKS_TOO_LARGE'
  | 'FILE_DTD'
  | 'FILE_ENCRYPTED'
  | 'FILE_TOO_MANY_ROWS'
  | 'FILE_TOO_MANY_CELLS'
  | 'FILE_TOO_MUCH_TEXT'
  | 'FILE_TOO_MANY_SHEETS'
  | 'FILE_CELL_TOO_LONG';

/** Thrown by the reader when a file is refused as a whole; carries the place where reading stopped. */
export class WorkbookRefused extends Error {
  readonly code: RefusalCode;
  /** Sheet name, or '' when no sheet was reached. */
  readonly sheet: string;
  /** 1-based row, or 0 when no row was reached. */
  readonly row: number;
  readonly params: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, params: Record<string, string> = {}, sheet = '', row = 0) {
    super(code);
    this.name = 'WorkbookRefused';
    this.code = code;
    this.params = params;
    this.sheet = sheet;
    this.row = row;
  }
}
