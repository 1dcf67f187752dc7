import { createHash } from 'node:crypto';

/** A stretch of a text under its digest. */
export type Piece = { readonly digest: string; readonly text: string };

/** A text as a phone that has some of its pieces must hear it: in order, with the words of only those that it lacks. */
export type Difference = {
  readonly sha256: string;
  readonly pieces: readonly { readonly digest: string; readonly text?: string }[];
};

/** Characters of a piece: about `MEAN`, never more than `MOST` where the text has rows. */
const MEAN = 1024;
const MOST = 8192;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Cuts a text after rows and tags that its own content chooses, so that one changed row changes one piece and what was put in moves no
 * other cut. The pieces together are the text.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  // FNV-1a over the last stretch: cheap, the same on every server, and as good as random for choosing cuts.
  let hash = 0x811c9dc5;
  let stretch = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ code, 0x01000193) >>> 0;
    stretch++;
    if (code !== 10 && code !== 62) continue;
    const chosen = (hash ^ (hash >>> 15)) % MEAN < stretch;
    if (chosen || at - from >= MOST) {
      pieces.push(pieceOf(text.slice(from, at + 1)));
      from = at + 1;
    }
    hash = 0x811c9dc5;
    stretch = 0;
  }
  if (from < text.length) pieces.push(pieceOf(text.slice(from)));
  return pieces;
}

const pieceOf = (text: string): Piece => ({ digest: sha256(text).slice(0, 24), text });

/** What a phone lacks of a text when it has the pieces of these digests. */
export function differenceFrom(text: string, have: ReadonlySet<string>): Difference {
  return {
    sha256: sha256(text),
    pieces: piecesOf(text).map(({ digest, text: words }) => (have.has(digest) ? { digest } : { digest, text: words })),
  };
}
