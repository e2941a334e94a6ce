import type { Client } from '@parlance/sdk';

type Listener = (isGone: (path: string) => boolean) => void;

const listeners = new Set<Listener>();

/** Calls with what tells of a path whether its content is gone. */
export function onContentGone(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(isGone: (path: string) => boolean): void {
  for (const listener of [...listeners]) listener(isGone);
}

/** Follows whose content is gone, until it is ended. When the session ends, everything is gone. */
export function watchContent(client: Client): () => void {
  const stop = client.events.on('content.gone', ({ paths }) => {
    tell(path => paths.includes(path));
    for (const path of paths) void forget(path);
  });
  return () => {
    stop();
    tell(() => true);
  };
}

/**
 * Has the browser forget what it kept of content that is gone: it would ask the server before it shows that again, but
 * the bytes lie on the device until another answer takes their place. Nothing is asked for what it never showed.
 */
async function forget(path: string): Promise<void> {
  const kept = await fetch(path, { cache: 'only-if-cached', mode: 'same-origin' }).catch(() => undefined);
  void kept?.body?.cancel();
  if (!kept?.ok) return;
  const answer = await fetch(path, { cache: 'reload' }).catch(() => undefined);
  // Should the server still have it, nobody needs the bytes.
  void answer?.body?.cancel();
}
