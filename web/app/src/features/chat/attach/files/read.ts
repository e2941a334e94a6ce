/** A poster is no larger than what a chat shows. */
const POSTER_SIDE_MAX = 1_280;
const POSTER_QUALITY = 0.82;
/** What does not answer in this time is not read. */
const WAIT_MS = 10_000;

export interface Sides {
  readonly width: number;
  readonly height: number;
}

/** The size of a picture as it is shown, upright. */
export async function readPicture(url: string): Promise<Sides> {
  const image = new Image();
  image.src = url;
  await image.decode();
  return { width: image.naturalWidth, height: image.naturalHeight };
}

/** Size and length of a video, and a still picture of it. */
export async function readVideo(file: Blob): Promise<Sides & { durationMs: number; poster?: Blob }> {
  const url = URL.createObjectURL(file);
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  try {
    const ready = heard(video, 'loadeddata');
    video.src = url;
    await ready;
    const durationMs = Math.round((await lengthOf(video)) * 1_000);
    const { videoWidth: width, videoHeight: height } = video;
    if (!width || !height || !durationMs) throw new Error('no video');
    // The very first frame is often black.
    const seeked = heard(video, 'seeked');
    video.currentTime = Math.min(1, durationMs / 4_000);
    await seeked;
    const poster = await still(video, width, height);
    return { width, height, durationMs, ...(poster && { poster }) };
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}

/** Recordings may not say how long they are; going to the end tells. */
async function lengthOf(video: HTMLVideoElement): Promise<number> {
  if (Number.isFinite(video.duration)) return video.duration;
  const seeked = heard(video, 'seeked');
  video.currentTime = Number.MAX_SAFE_INTEGER;
  await seeked;
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

/** What an element shows now, as a picture. */
export async function still(
  source: HTMLVideoElement,
  width: number,
  height: number,
  sideMax = POSTER_SIDE_MAX,
): Promise<Blob | undefined> {
  const scale = Math.min(1, sideMax / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>(resolve =>
    canvas.toBlob(resolve, 'image/jpeg', POSTER_QUALITY),
  );
  return made ?? undefined;
}

function heard(element: HTMLVideoElement, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), WAIT_MS);
    const settle = (act: () => void) => () => {
      clearTimeout(timer);
      act();
    };
    element.addEventListener(event, settle(resolve), { once: true });
    element.addEventListener(
      'error',
      settle(() => reject(new Error('cannot be read'))),
      { once: true },
    );
  });
}
