import type { AttachmentKind, FileId, NewAttachment } from '../../gen/wire.gen.ts';

/** What is known of a file that is to be sent. Its bytes are kept beside it, under its id. */
export interface OutgoingFile {
  /** Its name here; the server gives it another once its upload begins. */
  readonly id: string;
  readonly kind: AttachmentKind;
  /** What it is called; empty for what was recorded. */
  readonly name: string;
  /** Its size, in bytes. */
  readonly size: number;
  /** When it was last changed, milliseconds since 1970: one that was changed is another file. */
  readonly modifiedMs?: number;
  /** Of a picture or video, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of a video or voice message. */
  readonly durationMs?: number;
  /** How loud a voice message is: 64 peaks of 0 to 255. */
  readonly waveform?: readonly number[];
  /** A still picture of a video, which is uploaded too. */
  readonly poster?: OutgoingFile;
}

/** Who chooses a file says what it is; its id and size are given to it. */
export type FileFacts = Omit<OutgoingFile, 'id' | 'size' | 'modifiedMs'>;

/** All that has to be uploaded for some files: themselves and their posters. */
export function everyUpload(files: readonly OutgoingFile[]): OutgoingFile[] {
  return files.flatMap(file => (file.poster ? [file, file.poster] : [file]));
}

/** A file as a message takes it, once it and its poster are on the server. */
export function attachmentOf(file: OutgoingFile, idOf: (file: OutgoingFile) => FileId): NewAttachment {
  const { kind, width, height, durationMs, waveform, poster } = file;
  const file_id = idOf(file);
  if (kind === 'voice') {
    return {
      file_id,
      duration_ms: durationMs ?? 0,
      ...(waveform && { waveform: [...waveform] }),
    };
  }
  if (kind !== 'video') return { file_id };
  return {
    file_id,
    duration_ms: durationMs ?? 0,
    ...(width && height && { width, height }),
    ...(poster && { poster: idOf(poster) }),
  };
}
