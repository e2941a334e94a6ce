import type { Client } from '@parlance/sdk';

/** Without input for so long, nobody is at this device. */
const IDLE_MS = 5 * 60_000;
const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;
/** A moving pointer tells so much; one look at it in this time is enough. */
const LOOK_MS = 5_000;

/** Tells the client whether somebody is at this tab; returns how to stop. */
export function watchIdle(client: Client): () => void {
  const { presence } = client.people;
  let timer: ReturnType<typeof setTimeout>;
  let seenAt = 0;
  const away = () => {
    seenAt = 0;
    presence.setAttention('away');
  };
  const input = () => {
    const now = Date.now();
    if (now - seenAt < LOOK_MS) return;
    seenAt = now;
    presence.setAttention('active');
    clearTimeout(timer);
    timer = setTimeout(away, IDLE_MS);
  };
  // Another tab may go on with the connection: this one must not count as somebody who is there.
  const options = { capture: true, passive: true };
  for (const name of INPUT) addEventListener(name, input, options);
  addEventListener('pagehide', away);
  addEventListener('pageshow', input);
  timer = setTimeout(away, IDLE_MS);
  return () => {
    clearTimeout(timer);
    for (const name of INPUT) removeEventListener(name, input, options);
    removeEventListener('pagehide', away);
    removeEventListener('pageshow', input);
  };
}
