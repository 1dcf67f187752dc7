import type { PhotoSettings } from './env.ts';

const QUALITY_STEPS = [1, 0.85, 0.7, 0.55] as const;
const SMALLEST_EDGE = 480;

/**
 * Makes a picture smaller: its longer side to `longEdge` pixels, then quality and size down until it fits `maxBytes`.
 * It is drawn anew, so that the place and the device's name in it are gone. A file that is no picture the browser can read is given back as it is.
 */
export async function shrink(file: Blob, settings: PhotoSettings): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!bitmap) return file;
  try {
    let edge = Math.min(settings.longEdge, Math.max(bitmap.width, bitmap.height));
    let best: Blob | null = null;
    while (edge >= Math.min(SMALLEST_EDGE, settings.longEdge)) {
      const canvas = draw(bitmap, edge);
      for (const part of QUALITY_STEPS) {
        best = (await toJpeg(canvas, settings.quality * part)) ?? best;
        if (best && best.size <= settings.maxBytes) return best;
      }
      edge = Math.floor(edge * 0.75);
    }
    return best ?? file;
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, edge: number): HTMLCanvasElement {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const pen = canvas.getContext('2d')!;
  // A transparent drawing would turn black as JPEG.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const toJpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));
