const KEY = 'parlance.emoji.recent';
const KEPT_MAX = 16;

/** Emoji used on this device, the latest first. */
export function recentEmoji(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(one => typeof one === 'string').slice(0, KEPT_MAX) : [];
  } catch {
    return [];
  }
}

export function keepRecent(emoji: string): void {
  const others = recentEmoji().filter(other => other !== emoji);
  localStorage.setItem(KEY, JSON.stringify([emoji, ...others].slice(0, KEPT_MAX)));
}
