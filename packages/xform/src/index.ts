export { XFormError, type XFormErrorCode } from './error.ts';
export type * from './types.ts';
