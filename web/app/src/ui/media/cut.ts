/** A part of a picture, in its own pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const QUALITY = 0.9;

/** Cuts a part out of a picture, no larger than so many pixels on a side. */
export async function cut(url: string, area: Area | undefined, sideMax: number): Promise<Blob> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const whole = { x: 0, y: 0, width: image.naturalWidth, height: image.naturalHeight };
  const { x, y, width, height } = area ?? whole;
  const scale = Math.min(1, sideMax / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  // JPEG knows nothing transparent: it would be black.
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, x, y, width, height, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
  if (!made) throw new Error('no picture');
  return made;
}
