import { useSyncExternalStore } from 'react';
import { deviceChoice, oneOf } from '../choices/deviceChoice.ts';

/** Whether this device shows notifications, if the browser lets it. */
export const wanted = deviceChoice<'on' | 'off'>('parlance.notify', 'off', oneOf('on', 'off'));

export type Permission = NotificationPermission | 'none';

const listeners = new Set<() => void>();

function permission(): Permission {
  return 'Notification' in globalThis ? Notification.permission : 'none';
}

/** What the browser says about notifications of this page. */
export function usePermission(): Permission {
  return useSyncExternalStore(listener => {
    listeners.add(listener);
    addEventListener('focus', listener);
    return () => {
      listeners.delete(listener);
      removeEventListener('focus', listener);
    };
  }, permission);
}

/** Asks for notifications; to be called from a press, or the browser does not ask. */
export async function allow(): Promise<void> {
  if (permission() === 'none') return;
  if ((await Notification.requestPermission()) === 'granted') wanted.set('on');
  for (const listener of [...listeners]) listener();
}

export interface Notice {
  readonly title: string;
  readonly text: string;
  /** A later notice of the same chat takes the place of the earlier one. */
  readonly tag: string;
  /** The address that a press on it opens. */
  readonly href: string;
  opened(): void;
}

/** Shows a notice, if that is wanted and allowed. The page makes its own sound. */
export async function show({ title, text, tag, href, opened }: Notice): Promise<void> {
  if (wanted.get() !== 'on' || permission() !== 'granted') return;
  const options = { body: text, tag, icon: '/icon-192.png', silent: true, data: { href } };
  const worker = await navigator.serviceWorker?.getRegistration();
  // Phones show a notice of a worker only; a press on it comes back as a message (`worker.ts`).
  if (worker?.active) return worker.showNotification(title, options);
  const notice = new Notification(title, options);
  notice.addEventListener('click', () => {
    focus();
    notice.close();
    opened();
  });
}

/** Two soft notes, a fourth apart. */
const NOTES_HZ = [660, 880];
const NOTE_S = 0.11;
const LOUDNESS = 0.12;

let audio: AudioContext | undefined;

/** A short tone, made on the spot. Before the first press on the page browsers keep it silent. */
export function playTone(): void {
  try {
    audio ??= new AudioContext();
  } catch {
    // No device to play it on.
    return;
  }
  void audio.resume();
  for (const [place, frequency] of NOTES_HZ.entries()) {
    const from = audio.currentTime + place * NOTE_S;
    const tone = new OscillatorNode(audio, { type: 'sine', frequency });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(LOUDNESS, from + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0001, from + NOTE_S * 2);
    tone.connect(gain).connect(audio.destination);
    tone.start(from);
    tone.stop(from + NOTE_S * 2);
  }
}
