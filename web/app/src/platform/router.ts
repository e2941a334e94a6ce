import { useSyncExternalStore } from 'react';

export interface Route {
  /** The conversation on screen. */
  readonly conversationId: string | undefined;
}

const listeners = new Set<() => void>();
const CHAT = /^\/c\/([a-z]_[0-9a-z_]+)$/;

let current = parse(location.pathname);

function parse(path: string): Route {
  return { conversationId: CHAT.exec(path)?.[1] };
}

function changed(): void {
  current = parse(location.pathname);
  for (const listener of listeners) listener();
}

addEventListener('popstate', changed);

/** Shows a conversation, or the list. */
export function navigate(conversationId: string | undefined, options: { replace?: boolean } = {}): void {
  if (conversationId === current.conversationId) return;
  const path = conversationId ? `/c/${conversationId}` : '/';
  if (options.replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  changed();
}

export function useRoute(): Route {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
