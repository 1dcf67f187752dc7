import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export type Packed = { readonly body: Buffer; readonly encoding: 'br' | 'gzip' | null };

/** Packs a page for a slow line: brotli where the browser takes it, gzip else. Small bodies go as they are. */
export async function pack(body: Buffer, acceptEncoding: string): Promise<Packed> {
  if (body.byteLength < 1000) return { body, encoding: null };
  if (/\bbr\b/.test(acceptEncoding)) {
    return {
      body: await brotli(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength },
      }),
      encoding: 'br',
    };
  }
  if (/\bgzip\b/.test(acceptEncoding)) return { body: await zip(body), encoding: 'gzip' };
  return { body, encoding: null };
}
