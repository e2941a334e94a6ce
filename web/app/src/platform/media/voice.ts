import { contentPath, type wire } from '@parlance/sdk';
import type { Track } from './player.ts';

/** Where a voice message stands. */
interface Spoken {
  readonly conversationId: string;
  readonly index: number;
  readonly voice: wire.Attachment;
}

/** The messages after an index, as they are now. */
type After = (index: number) => readonly wire.Entry[];

/** What plays, with what plays on after it: the next voice message of the conversation. */
export function trackOf({ conversationId, index, voice }: Spoken, after: After): Track {
  return {
    path: contentPath(conversationId, index, voice.file_id),
    durationMs: voice.duration_ms ?? 0,
    next() {
      for (const entry of after(index - 1)) {
        const voices = (entry.details?.attachments ?? []).filter(({ kind }) => kind === 'voice');
        const place = entry.index === index ? voices.findIndex(one => one.file_id === voice.file_id) : -1;
        const next = entry.body.kind === 'gone' ? undefined : voices[place + 1];
        if (next) return trackOf({ conversationId, index: entry.index, voice: next }, after);
      }
      return undefined;
    },
  };
}
