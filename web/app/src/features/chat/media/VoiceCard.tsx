import type { wire } from '@parlance/sdk';
import { useMemo, useRef } from 'react';
import { useAttended } from '../../../platform/media/useAttended.ts';
import { useVoice } from '../../../platform/media/useVoice.ts';
import { trackOf } from '../../../platform/media/voice.ts';
import { VoiceBar } from '../../../ui/index.ts';
import { useMessageActions } from '../timeline/menu/messageActions.ts';
import type { Place } from './Attachments.tsx';

const nothing = () => [];

/** A voice message of the timeline: the next one plays on after it. */
export function VoiceCard({ place, voice }: { place: Place; voice: wire.Attachment }) {
  const { conversationId, index, sender } = place;
  const card = useRef<HTMLSpanElement>(null);
  const after = useMessageActions()?.after ?? nothing;
  const track = useMemo(
    () => trackOf({ conversationId, index, sender, voice }, after),
    [conversationId, index, sender, voice, after],
  );
  useAttended(track, card);
  return (
    <span ref={card}>
      <VoiceBar {...useVoice(track, voice)} />
    </span>
  );
}
