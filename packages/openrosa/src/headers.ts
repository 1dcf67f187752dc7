/** The protocol's version that this package speaks. */
export const OPENROSA_VERSION = '1.0';
/** Name of the part that holds the answers in a multipart submission; the others are files. */
export const SUBMISSION_PART = 'xml_submission_file';
/** A part `*isIncomplete*` = yes says that more files of the same record follow in other requests. */
export const INCOMPLETE_PART = '*isIncomplete*';

/** Headers of every answer. `maxBytes` is the largest body that the server takes, for HEAD requests. */
export function openRosaHeaders(
  options: { readonly maxBytes?: number; readonly now?: Date } = {},
): Record<string, string> {
  return {
    'X-OpenRosa-Version': OPENROSA_VERSION,
    Date: (options.now ?? new Date()).toUTCString(),
    ...(options.maxBytes === undefined ? {} : { 'X-OpenRosa-Accept-Content-Length': String(options.maxBytes) }),
  };
}

/** What a client or server said in its headers. */
export interface OpenRosaHeaders {
  /** '' when the other side does not speak OpenRosa. */
  readonly version: string;
  /** Largest body that the server takes, in bytes. */
  readonly maxBytes: number | undefined;
}

/** Reads headers however they are spelled (upper or lower case). */
export function readHeaders(
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
): OpenRosaHeaders {
  const entries: [string, unknown][] = headers instanceof Headers ? [...headers] : Object.entries(headers);
  const byName = new Map(entries.map(([name, value]) => [name.toLowerCase(), String(value ?? '')]));
  const most = Number(byName.get('x-openrosa-accept-content-length') || Number.NaN);
  return {
    version: byName.get('x-openrosa-version') ?? '',
    maxBytes: Number.isSafeInteger(most) && most >= 0 ? most : undefined,
  };
}
