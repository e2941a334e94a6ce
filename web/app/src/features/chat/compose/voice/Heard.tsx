import { useEffect, useState } from 'react';
import { playTime, t } from '../../../../platform/index.ts';
import { player, usePlayer, type Track } from '../../../../platform/media/player.ts';
import { VoiceBar } from '../../../../ui/index.ts';
import type { Recording } from './record.ts';

/** What was recorded, to be heard before it is sent. */
export function Heard({ recording }: { recording: Recording }) {
  const { bytes, durationMs, waveform } = recording;
  const [track, setTrack] = useState<Track>({ path: '', durationMs });
  useEffect(() => {
    const path = URL.createObjectURL(bytes);
    setTrack({ path, durationMs });
    return () => {
      player.stop(path);
      URL.revokeObjectURL(path);
    };
  }, [bytes, durationMs]);
  const current = usePlayer(state => state.track?.path === track.path);
  const playing = usePlayer(state => state.playing) && current;
  return (
    <VoiceBar
      wide
      waveform={waveform}
      durationMs={durationMs}
      playing={playing}
      share={() => player.share(track)}
      timeText={playTime}
      labels={{ play: t('media.play'), pause: t('media.pause'), seek: t('media.seek') }}
      onToggle={() => player.toggle(track)}
      onSeek={share => (current ? player.seek(track, share) : player.play(track, share))}
    />
  );
}
