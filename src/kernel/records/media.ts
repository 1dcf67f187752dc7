/** The job that makes the picture for all eyes. */
export const PICTURE_JOB = 'records.picture';

/** Media types by the end of a file's name: what a client says of its bytes is not believed. */
const TYPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
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
  }),
);

export function mediaTypeOf(name: string): string {
  return TYPES.get(name.slice(name.lastIndexOf('.') + 1).toLowerCase()) ?? 'application/octet-stream';
}

/**
 * The type that a file is kept under: by its name; where the name says nothing, the sender's word if it is a picture, a sound or a
 * film that we know. Never anything that a browser runs: the file is read later by somebody with more rights than its sender.
 */
export function keptType(name: string, claimed: string): string {
  const byName = mediaTypeOf(name);
  if (byName !== 'application/octet-stream') return byName;
  return /^(image|audio|video)\//.test(claimed) && [...TYPES.values()].includes(claimed) ? claimed : byName;
}

export function isPicture(mediaType: string): boolean {
  return mediaType.startsWith('image/');
}

/** The name without folders and control characters, as a form's answer has it. */
export function fileName(given: string): string {
  const bare = given.replace(/^.*[\\/]/, '').replace(/\p{Cc}/gu, '');
  return bare.slice(0, 255) || 'file';
}
