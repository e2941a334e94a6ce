/** The text of a withdrawn message can be taken up again for so long. */
const KEPT_MS = 5 * 60_000;

interface Kept {
  readonly text: string;
  readonly untilMs: number;
}

/** In memory only, and only on this device: nobody else has it any more. */
const kept = new Map<string, Kept>();

/** Keeps what a message said that its sender withdraws here. */
export function keepRecalled(conversationId: string, index: number, text: string): void {
  const now = Date.now();
  for (const [key, { untilMs }] of kept) if (untilMs < now) kept.delete(key);
  kept.set(`${conversationId}/${index}`, { text, untilMs: now + KEPT_MS });
}

/** What a withdrawn message said, for a few minutes. */
export function recalledText(conversationId: string, index: number): Kept | undefined {
  const found = kept.get(`${conversationId}/${index}`);
  return found && found.untilMs > Date.now() ? found : undefined;
}
