import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { type ShareCard, shareCardSvg } from '../../ui/og/index.ts';

/** Drawn pictures by the words on them: a link that is shared in a village group is asked for by many at once. */
const drawn = new Map<string, Promise<Buffer>>();
const KEPT = 60;

/** The picture of a shared link as a PNG of 1200 × 630. */
export async function sharePicture(card: ShareCard): Promise<Buffer> {
  const key = createHash('sha256').update(JSON.stringify(card)).digest('hex');
  const held = drawn.get(key);
  if (held) return await held;
  const picture = sharp(Buffer.from(shareCardSvg(card)))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
  drawn.set(key, picture);
  picture.catch(() => drawn.delete(key));
  const [oldest] = drawn.keys();
  if (drawn.size > KEPT && oldest) drawn.delete(oldest);
  return await picture;
}
