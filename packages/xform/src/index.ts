export { languageCode } from './dates.ts';
export { XFormError, type XFormErrorCode } from './error.ts';
export { type EvaluatedValue, type EvaluateOptions, evaluateXPath } from './evaluate.ts';
export { openForm } from './form.ts';
export { parseForm } from './parse-form.ts';
export { validateSubmission } from './submission.ts';
export type * from './types.ts';
export { readXml, type XmlAttribute, type XmlElement } from './xml.ts';
