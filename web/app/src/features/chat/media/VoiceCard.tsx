import type { wire } from '@parlance/sdk';
import { useMemo } from 'react';
import { useVoice } from '../../../platform/media/useVoice.ts';
import { trackOf } from '../../../platform/media/voice.ts';
import { VoiceBar } from '../../../ui/index.ts';
import { useMessageActions } from '../timeline/menu/messageActions.ts';
import type { Place } from './Attachments.tsx';

const nothing = () => [];

/** A voice message of the timeline: the next one plays on after it. */
export function VoiceCard({ place, voice }: { place: Place; voice: wire.Attachment }) {
  const { conversationId, index } = place;
  const after = useMessageActions()?.after ?? nothing;
  const track = useMemo(
    () => trackOf({ conversationId, index, voice }, after),
    [conversationId, index, voice, after],
  );
  return <VoiceBar {...useVoice(track, voice)} />;
}
