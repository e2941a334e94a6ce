import type { OutgoingFile, UploadState } from '@parlance/sdk';

/** How far the files of a message are, in bytes. A file that is not known yet waits. */
export function progressOf(
  files: readonly OutgoingFile[],
  states: ReadonlyMap<string, UploadState>,
): { sent: number; size: number } {
  const all = files.flatMap(file => (file.poster ? [file, file.poster] : [file]));
  return {
    sent: all.reduce((sum, { id }) => sum + (states.get(id)?.sent ?? 0), 0),
    size: all.reduce((sum, { size }) => sum + size, 0),
  };
}

/** What is said about the last try of any of them, if the server said something. */
export function troubleOf(
  files: readonly OutgoingFile[],
  states: ReadonlyMap<string, UploadState>,
): string | undefined {
  return files.map(({ id }) => states.get(id)?.trouble).find(trouble => trouble !== undefined);
}
