/** The job that makes the picture for all eyes. */
export const PICTURE_JOB = 'records.picture';

/** Media types by the end of a file's name: what a client says of its bytes is not believed. */
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  avif: 'image/avif',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  amr: 'audio/amr',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
  webm: 'video/webm',
  pdf: 'application/pdf',
  csv: 'text/csv',
  xml: 'application/xml',
};

export function mediaTypeOf(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}

export function isPicture(mediaType: string): boolean {
  return mediaType.startsWith('image/');
}

/** The name without folders and control characters, as a form's answer has it. */
export function fileName(given: string): string {
  const bare = given.replace(/^.*[\\/]/, '').replace(/\p{Cc}/gu, '');
  return bare.slice(0, 255) || 'file';
}
