import { contentPath, type wire } from '@parlance/sdk';
import type { Said, Track } from './player.ts';

interface Spoken extends Said {
  readonly voice: wire.Attachment;
}

/** The messages after an index, as they are now. */
type After = (index: number) => readonly wire.Entry[];

/** What plays, with what plays on after it: the next voice message of the conversation. */
export function trackOf({ voice, ...said }: Spoken, after: After): Track {
  const { conversationId, index } = said;
  return {
    said,
    path: contentPath(conversationId, index, voice.file_id),
    durationMs: voice.duration_ms ?? 0,
    next() {
      for (const entry of after(index - 1)) {
        const voices = (entry.details?.attachments ?? []).filter(({ kind }) => kind === 'voice');
        const place = entry.index === index ? voices.findIndex(one => one.file_id === voice.file_id) : -1;
        const next = entry.body.kind === 'gone' ? undefined : voices[place + 1];
        if (next)
          return trackOf({ conversationId, index: entry.index, sender: entry.sender, voice: next }, after);
      }
      return undefined;
    },
  };
}
