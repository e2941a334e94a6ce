import type { wire } from '@parlance/sdk';
import { useMemo } from 'react';
import { playTime, t, useDeviceChoice } from '../../../platform/index.ts';
import { player, usePlayer } from '../../../platform/media/player.ts';
import { VoiceBar } from '../../../ui/index.ts';
import { useMessageActions } from '../timeline/menu/messageActions.ts';
import type { Place } from './Attachments.tsx';
import { trackOf } from './voice.ts';

const nothing = () => [];

/** A voice message of the timeline: the next one plays on after it. */
export function VoiceCard({ place, voice }: { place: Place; voice: wire.Attachment }) {
  const { conversationId, index } = place;
  const after = useMessageActions()?.after ?? nothing;
  const track = useMemo(
    () => trackOf({ conversationId, index, voice }, after),
    [conversationId, index, voice, after],
  );
  const current = usePlayer(state => state.track?.path === track.path);
  const playing = usePlayer(state => state.playing) && current;
  const failed = usePlayer(state => state.failed) && current;
  const speed = useDeviceChoice(player.speed);
  return (
    <VoiceBar
      waveform={voice.waveform ?? []}
      durationMs={track.durationMs}
      playing={playing}
      share={() => player.share(track)}
      timeText={playTime}
      labels={{ play: t('media.play'), pause: t('media.pause'), seek: t('media.seek') }}
      speed={
        current
          ? { text: `${speed}×`, label: t('media.speed', { speed }), onPress: player.nextSpeed }
          : undefined
      }
      failure={failed ? t('media.unheard') : undefined}
      onToggle={() => (playing ? player.pause() : player.play(track))}
      onSeek={share => (current ? player.seek(track, share) : player.play(track, share))}
    />
  );
}
