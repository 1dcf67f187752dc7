export { type CollectProject, collectQrText, collectSettings, readCollectQrText } from './collect.ts';
export { type Envelope, readEnvelope } from './envelope.ts';
export {
  type FormListing,
  type MediaFile,
  readFormList,
  readManifest,
  writeFormList,
  writeManifest,
} from './form-list.ts';
export {
  INCOMPLETE_PART,
  OPENROSA_VERSION,
  type OpenRosaHeaders,
  openRosaHeaders,
  readHeaders,
  SUBMISSION_PART,
} from './headers.ts';
export { readResponse, type ServerMessage, writeResponse } from './response.ts';
export { OpenRosaError } from './xml.ts';
