import type { FileFacts } from '@parlance/sdk';
import { readPicture, readVideo, type Sides } from './read.ts';

/** A file that somebody chose, as it will be sent. */
export interface Chosen {
  readonly key: string;
  readonly file: File;
  /** What it can be sent as; every file can be sent as a file too. */
  readonly kind: 'picture' | 'video' | 'file';
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** A still picture of a video. */
  readonly poster?: Blob;
  /** What stands for it on the screen, as an address. */
  readonly preview?: string;
}

/** Pictures that the server makes anew; others are sent as files. */
const PICTURES: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);
const VIDEOS: ReadonlySet<string> = new Set(['video/mp4', 'video/webm', 'video/ogg', 'video/quicktime']);
/** Of larger pictures the server makes none. */
const PIXELS_MAX = 40_000_000;
const SIDE_MAX = 16_384;

let keys = 0;

/** Looks at a file. What the browser cannot read as a picture or video is sent as it is. */
export async function look(file: File): Promise<Chosen> {
  const key = String(++keys);
  const plain = { key, file, kind: 'file' } as const;
  try {
    if (PICTURES.has(file.type)) {
      const { width, height, preview } = await readPreview(file);
      if (width * height <= PIXELS_MAX) return { key, file, kind: 'picture', width, height, preview };
      URL.revokeObjectURL(preview);
    } else if (VIDEOS.has(file.type)) {
      const { poster, ...facts } = await readVideo(file);
      if (Math.max(facts.width, facts.height) > SIDE_MAX) return plain;
      const preview = poster && URL.createObjectURL(poster);
      return { key, file, kind: 'video', ...facts, ...(poster && { poster }), ...(preview && { preview }) };
    }
  } catch {
    // Damaged, or of a kind that this browser does not know.
  }
  return plain;
}

/** A picture at an address of its own. */
async function readPreview(file: File): Promise<Sides & { preview: string }> {
  const preview = URL.createObjectURL(file);
  try {
    return { ...(await readPicture(preview)), preview };
  } catch (error) {
    URL.revokeObjectURL(preview);
    throw error;
  }
}

/** Nothing shows it any more. */
export function unlook({ preview }: Chosen): void {
  if (preview) URL.revokeObjectURL(preview);
}

/** What is said of it when it is sent, without its poster, which is a file of its own. */
export function factsOf(chosen: Chosen, asFile: boolean): FileFacts {
  const { file, kind, width, height, durationMs } = chosen;
  const { name } = file;
  if (asFile || kind === 'file') return { kind: 'file', name };
  return {
    kind,
    name,
    ...(width && height && { width, height }),
    ...(durationMs !== undefined && { durationMs }),
  };
}
