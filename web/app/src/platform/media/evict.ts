import type { Client } from '@parlance/sdk';

type Listener = (paths: readonly string[]) => void;

const listeners = new Set<Listener>();

/** Calls with the paths whose content is gone. */
export function onContentGone(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Has the browser forget what it kept of messages whose content is gone: content is kept for good under its address, and
 * only asking the server anew takes the place of that.
 */
export function watchContent(client: Client): () => void {
  return client.events.on('content.gone', ({ paths }) => {
    for (const listener of [...listeners]) listener(paths);
    for (const path of paths) void forget(path);
  });
}

async function forget(path: string): Promise<void> {
  const answer = await fetch(path, { cache: 'reload' }).catch(() => undefined);
  // Should the server still have it, nobody needs the bytes.
  void answer?.body?.cancel();
}
