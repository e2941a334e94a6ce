import { useSyncExternalStore } from 'react';

export interface Route {
  /** The conversation on screen. */
  readonly conversationId: string | undefined;
}

const CHAT = /^\/c\/([a-z]_[0-9a-z_]+)$/;
const INVITE = /^#invite=([A-Za-z0-9_-]+)$/;
const listeners = new Set<() => void>();

function conversationInPath(): string | undefined {
  return CHAT.exec(location.pathname)?.[1];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

/** Shows a conversation, or the list. */
export function navigate(conversationId: string | undefined, options: { replace?: boolean } = {}): void {
  if (conversationId === conversationInPath()) return;
  const path = conversationId ? `/c/${conversationId}` : '/';
  if (options.replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  for (const listener of listeners) listener();
}

export function useRoute(): Route {
  return { conversationId: useSyncExternalStore(subscribe, conversationInPath) };
}

/**
 * The code of the invite whose link opened this page. It leaves the address at once, so that it is neither kept in the
 * history nor copied along with the address.
 */
export function takeInvite(): string | undefined {
  const code = INVITE.exec(location.hash)?.[1];
  if (code) history.replaceState(null, '', location.pathname + location.search);
  return code;
}
