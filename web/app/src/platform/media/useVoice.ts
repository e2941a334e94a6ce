import type { wire } from '@parlance/sdk';
import { useDeviceChoice } from '../choices/deviceChoice.ts';
import { t } from '../i18n/index.ts';
import { playTime } from './figures.ts';
import { player, usePlayer, type Track } from './player.ts';

/** What a voice message shows and does: whoever draws it passes it on. */
export function useVoice(track: Track, voice: wire.Attachment) {
  const current = usePlayer(state => state.track?.path === track.path);
  const playing = usePlayer(state => state.playing) && current;
  const failed = usePlayer(state => state.failed) && current;
  const speed = useDeviceChoice(player.speed);
  return {
    waveform: voice.waveform ?? [],
    durationMs: track.durationMs,
    playing,
    share: () => player.share(track),
    timeText: playTime,
    labels: { play: t('media.play'), pause: t('media.pause'), seek: t('media.seek') },
    speed: current
      ? { text: `${speed}×`, label: t('media.speed', { speed }), onPress: player.nextSpeed }
      : undefined,
    failure: failed ? t('media.unheard') : undefined,
    onToggle: () => player.toggle(track),
    onSeek: (share: number) => (current ? player.seek(track, share) : player.play(track, share)),
  };
}
