import type { Client } from '@parlance/sdk';
import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  const events = ['focus', 'blur', 'visibilitychange'];
  for (const name of events) addEventListener(name, listener, true);
  return () => {
    for (const name of events) removeEventListener(name, listener, true);
  };
}

/** Whether a person is looking: the tab is in front and has the focus. Only then do messages count as read. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, () => document.visibilityState === 'visible' && document.hasFocus());
}

/** Tells the client what the browser knows about its network and its tab; returns how to stop. */
export function watchTab(client: Client): () => void {
  const online = () => client.link.setOnline(true);
  const offline = () => client.link.setOnline(false);
  const visible = () => {
    if (document.visibilityState === 'visible') client.link.wake();
  };
  addEventListener('online', online);
  addEventListener('offline', offline);
  document.addEventListener('visibilitychange', visible);
  return () => {
    removeEventListener('online', online);
    removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', visible);
  };
}
