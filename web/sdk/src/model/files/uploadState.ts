import type { FileId } from '../../gen/wire.gen.ts';
import type { OutgoingFile } from './outgoingFile.ts';

/** How far an upload is. */
export interface UploadState {
  /** `waiting`: for its turn, or for the server. */
  readonly phase: 'waiting' | 'sending' | 'sent' | 'failed';
  /** Bytes that the server has. */
  readonly sent: number;
  /** What the server said about the last try, if it said anything. */
  readonly trouble?: string;
}

/** What tabs tell each other: how far an upload of one of them is. */
export interface UploadNote {
  readonly id: string;
  readonly state: UploadState;
}

/** What is stored of an upload: which it is at the server, and whether that has all of it. */
export interface Begun {
  readonly fileId: FileId;
  readonly done: boolean;
}

/** The bytes of a file are in no tab and not in the database: it has to be chosen again. */
export class FileMissing extends Error {
  readonly code = 'file_missing';

  constructor(file: OutgoingFile) {
    super(`${file.name || 'the file'} is no longer at hand; choose it again`);
    this.name = 'FileMissing';
  }
}
