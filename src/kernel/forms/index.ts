export type { FormInfo, FormVersionInfo, FormWarning, Question } from './form.ts';
export { addFormFile, formFiles, md5Of } from './media.ts';
export { messages as formsMessages } from './messages/index.ts';
export { publishVersion, retireVersion } from './publish.ts';
export { type FormToRead, formToRead } from './to-read.ts';
export { type Uploaded, uploadWorkbook, type WorkbookGiven } from './upload.ts';
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
