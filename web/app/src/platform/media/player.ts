import { useSyncExternalStore } from 'react';
import { deviceChoice, oneOf } from '../choices/deviceChoice.ts';
import { onContentGone } from './evict.ts';

/** The message that something was said with. */
export interface Said {
  readonly conversationId: string;
  readonly index: number;
  readonly sender: string;
}

/** A voice message to play. */
export interface Track {
  /** Where its content is read; what it is told from others by. */
  readonly path: string;
  readonly durationMs: number;
  /** Nothing for what was not sent yet. */
  readonly said?: Said;
  /** What plays on after it, looked up when it has ended. */
  next?(): Track | undefined;
}

export type Speed = '1' | '1.5' | '2';

export interface PlayerState {
  readonly track: Track | undefined;
  readonly playing: boolean;
  /** It could not be played. */
  readonly failed: boolean;
  /** Its message is in view, with all it needs to control it. */
  readonly attended: boolean;
}

const SPEEDS: readonly Speed[] = ['1', '1.5', '2'];
const NOTHING: PlayerState = { track: undefined, playing: false, failed: false, attended: false };

const speed = deviceChoice<Speed>('parlance.speed', '1', oneOf('1', '1.5', '2'));
const listeners = new Set<() => void>();
let state = NOTHING;
let audio: HTMLAudioElement | undefined;
/** Whatever plays now: starting another pauses it. */
let sounding: HTMLMediaElement | undefined;

function set(change: Partial<PlayerState>): void {
  state = { ...state, ...change };
  for (const listener of [...listeners]) listener();
}

/** Has anything that plays pause when this begins to. */
export function exclusively(element: HTMLMediaElement): void {
  if (sounding && sounding !== element) sounding.pause();
  sounding = element;
}

/** Has whatever plays pause. */
export function hush(): void {
  sounding?.pause();
}

function element(): HTMLAudioElement {
  if (audio) return audio;
  const made = (audio = new Audio());
  made.preload = 'auto';
  made.addEventListener('play', () => {
    exclusively(made);
    set({ playing: true, failed: false });
  });
  made.addEventListener('pause', () => set({ playing: false }));
  made.addEventListener('error', () => state.track && set({ playing: false, failed: true }));
  made.addEventListener('ended', () => {
    const next = state.track?.next?.();
    if (next) player.play(next);
    else player.stop();
  });
  return made;
}

/** Plays voice messages, one at a time, whatever of the page is on the screen. */
export const player = {
  speed,

  /** Plays from the beginning, from a share of it, or where it was paused. */
  play(track: Track, from?: number): void {
    const playing = element();
    if (state.track?.path !== track.path || state.failed) {
      playing.src = track.path;
      set({ track, failed: false, attended: false });
    }
    playing.defaultPlaybackRate = playing.playbackRate = Number(speed.get());
    if (from !== undefined) player.seek(track, from);
    // Browsers refuse what nobody asked for by a press; then it waits for one.
    playing.play().catch(() => undefined);
  },

  /** Pauses or plays on, by what is so now: what is on the screen may be a moment behind. */
  toggle(track: Track): void {
    if (audio && !audio.paused && state.track?.path === track.path) audio.pause();
    else player.play(track);
  },

  /** Its message has come into view, or is out of it. */
  attend(path: string, attended: boolean): void {
    if (state.track?.path === path && state.attended !== attended) set({ attended });
  },

  /** Goes to a place of what plays, from 0 to 1. */
  seek(track: Track, share: number): void {
    if (!audio || state.track?.path !== track.path) return;
    audio.currentTime = (share * lengthMs(track)) / 1_000;
  },

  /** How far it is, from 0 to 1. */
  share(track: Track): number {
    if (!audio || state.track?.path !== track.path) return 0;
    return Math.min(1, (audio.currentTime * 1_000) / Math.max(1, lengthMs(track)));
  },

  nextSpeed(): void {
    speed.set(SPEEDS[(SPEEDS.indexOf(speed.get()) + 1) % SPEEDS.length]!);
    if (audio) audio.playbackRate = Number(speed.get());
  },

  /** Ends it, if it plays that. */
  stop(path = state.track?.path): void {
    if (!audio || !state.track || state.track.path !== path) return;
    audio.pause();
    audio.removeAttribute('src');
    audio.load();
    state = NOTHING;
    set({});
  },
};

// What is withdrawn is heard no further, nor anything by whom is signed out.
onContentGone(isGone => {
  if (state.track && isGone(state.track.path)) player.stop();
});

/** What the file itself says is its length, else its sender; a recording may not know. */
function lengthMs(track: Track): number {
  const known = audio && Number.isFinite(audio.duration) ? audio.duration * 1_000 : 0;
  return known || track.durationMs;
}

/** What plays. */
export function usePlayer<T>(pick: (state: PlayerState) => T): T {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => pick(state),
  );
}
