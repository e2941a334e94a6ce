import type { SkinTone } from 'frimousse';

const KEY = 'parlance.emoji.tone';
const TONES: readonly SkinTone[] = ['none', 'light', 'medium-light', 'medium', 'medium-dark', 'dark'];

/** The skin tone chosen on this device. */
export function tone(): SkinTone {
  const kept = localStorage.getItem(KEY);
  return TONES.find(one => one === kept) ?? 'none';
}

export function setTone(tone: SkinTone): SkinTone {
  localStorage.setItem(KEY, tone);
  return tone;
}
