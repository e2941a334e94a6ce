import { useSyncExternalStore } from 'react';

/** What sends a message: Enter alone, or together with Ctrl or ⌘; the other one begins a new line. */
export type SendKey = 'enter' | 'ctrl-enter';

const KEY = 'parlance.send_key';
const listeners = new Set<() => void>();

export function sendKey(): SendKey {
  return localStorage.getItem(KEY) === 'ctrl-enter' ? 'ctrl-enter' : 'enter';
}

export function setSendKey(key: SendKey): void {
  localStorage.setItem(KEY, key);
  for (const listener of listeners) listener();
}

export function useSendKey(): SendKey {
  return useSyncExternalStore(listener => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, sendKey);
}
