import { useSyncExternalStore } from 'react';

/** Chromium's own question, which it hands to the page to ask at a good time. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** How this browser installs the page as an app: it is one, on request, by hand in Safari's menu, or not at all. */
export type Install = 'installed' | 'ask' | 'byHand' | 'none';

const listeners = new Set<() => void>();
let asking: InstallEvent | undefined;

// It comes once, early; nobody may be there yet to want it.
globalThis.addEventListener?.('beforeinstallprompt', event => {
  event.preventDefault();
  asking = event as InstallEvent;
  for (const listener of [...listeners]) listener();
});

function install(): Install {
  if (matchMedia('(display-mode: standalone)').matches) return 'installed';
  if (asking) return 'ask';
  return /iPhone|iPad/.test(navigator.userAgent) ? 'byHand' : 'none';
}

export function useInstall(): Install {
  return useSyncExternalStore(listener => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, install);
}

/** Shows the browser's question. */
export async function installApp(): Promise<void> {
  const event = asking;
  asking = undefined;
  await event?.prompt();
  for (const listener of [...listeners]) listener();
}
