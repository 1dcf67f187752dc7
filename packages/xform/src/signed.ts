import { hashes, verify } from '@noble/ed25519';
import { checkSignaturesBy, sha512 } from './digest.ts';

/**
 * Lets forms check signatures (`extract-signed`): Ed25519 by the rules of RFC 8032, without the leniency of ZIP 215. A key or signature
 * that is no point of the curve fits nothing. Apart from the engine, because its library is a tenth of it and few forms need it.
 */
export function allowSigned(): void {
  hashes.sha512 = (text) => sha512(text) as Uint8Array<ArrayBuffer>;
  checkSignaturesBy((signature, message, key) => {
    try {
      return verify(signature, message, key, { zip215: false });
    } catch {
      return false;
    }
  });
}
