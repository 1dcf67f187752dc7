export type { FormInfo, FormVersionInfo, FormWarning, Question } from './form.ts';
export { messages as formsMessages } from './messages/index.ts';
export { publishVersion, retireVersion } from './publish.ts';
export { type FormToRead, formToRead } from './to-read.ts';
export {
  form,
  formOfKey,
  forms,
  formVersion,
  parsedForm,
  publishedForms,
  questionsOf,
  versionOfId,
  versionsOfForm,
  xformOf,
} from './versions.ts';
