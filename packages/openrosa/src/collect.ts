/** What ODK Collect is told by a QR code. Absent fields keep Collect's own defaults. */
export interface CollectProject {
  /** The address to which Collect adds `/formList` and `/submission`. */
  readonly serverUrl: string;
  /** The project's name on the phone. */
  readonly name?: string;
  /** One letter or emoji. */
  readonly icon?: string;
  /** `#rrggbb`. */
  readonly color?: string;
  /** Language of Collect's own screens, for example `ky`. */
  readonly language?: string;
}

/**
 * Collect's settings as an object: forms match the server exactly, and finished forms are sent at once when there is a network.
 */
export function collectSettings(project: CollectProject): Record<string, Record<string, unknown>> {
  return {
    general: {
      protocol: 'odk_default',
      server_url: project.serverUrl,
      form_update_mode: 'match_exactly',
      autosend: 'wifi_and_cellular',
      ...(project.language ? { app_language: project.language } : {}),
    },
    admin: {},
    project: {
      ...(project.name ? { name: project.name } : {}),
      ...(project.icon ? { icon: project.icon } : {}),
      ...(project.color ? { color: project.color } : {}),
    },
  };
}

/** The text of the QR code that Collect scans: JSON, compressed (zlib), base64. */
export async function collectQrText(project: CollectProject): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(collectSettings(project)));
  const packed = await through(json, new CompressionStream('deflate'));
  return btoa(String.fromCharCode(...packed));
}

/** Reads such a text back. @throws when it is not one */
export async function readCollectQrText(text: string): Promise<unknown> {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(await through(packed, new DecompressionStream('deflate'))));
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: ReadableWritablePair<Uint8Array, BufferSource>,
): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());
}
