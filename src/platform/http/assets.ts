import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const MEDIA: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

type Asset = { bytes: Buffer; br: Buffer | null; gzip: Buffer | null; mediaType: string; etag: string };

/** Static files under addresses that change with their content, so that a browser may keep them for ever. */
export type Assets = {
  /** The address of 'site.css': '/assets/site.1a2b3c4d.css'. @throws Error for a name that no folder holds */
  readonly url: (name: string) => string;
  readonly find: (fileName: string) => Asset | null;
};

/** Reads all files of the folders (not below) into memory, compressed once. */
export function loadAssets(folders: readonly string[]): Assets {
  const byUrl = new Map<string, Asset>();
  const urls = new Map<string, string>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const mediaType = MEDIA[extname(entry.name)];
      if (!entry.isFile() || !mediaType) continue;
      const bytes = readFileSync(join(folder, entry.name));
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
      const extension = extname(entry.name);
      const hashed = `${entry.name.slice(0, -extension.length)}.${hash}${extension}`;
      const packed = !/woff2|png/.test(extension);
      byUrl.set(hashed, {
        bytes,
        br: packed ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) : null,
        gzip: packed ? gzipSync(bytes, { level: 9 }) : null,
        mediaType,
        etag: `"${hash}"`,
      });
      urls.set(entry.name, `/assets/${hashed}`);
    }
  }
  return {
    url: (name) => {
      const url = urls.get(name);
      if (!url) throw new Error(`No static file named ${name}`);
      return url;
    },
    find: (fileName) => byUrl.get(fileName) ?? null,
  };
}
