/** What can be wrong with a form, an instance or a call; also the end of the message key. */
export type XFormErrorCode =
  | 'unreadable'
  | 'doctype'
  | 'entity'
  | 'too-large'
  | 'too-deep'
  | 'not-a-form'
  | 'not-an-instance'
  | 'expression'
  | 'function'
  | 'arity'
  | 'evaluation'
  | 'too-much-work'
  | 'path'
  | 'cycle'
  | 'duplicate'
  | 'ref'
  | 'readonly'
  | 'repeat'
  | 'language';

/** The only error that the engine throws on purpose. `path` is an instance path or expression, `line` counts from 1. */
export class XFormError extends Error {
  readonly code: XFormErrorCode;
  readonly path: string | undefined;
  readonly line: number | undefined;

  constructor(code: XFormErrorCode, message: string, where: { path?: string; line?: number } = {}) {
    super(message);
    this.name = 'XFormError';
    this.code = code;
    this.path = where.path;
    this.line = where.line;
  }
}
