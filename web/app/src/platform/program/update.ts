import type { Client } from '@parlance/sdk';
import { useEffect, useState } from 'react';

/** Who has not touched anything for so long is not in the middle of something. */
const QUIET_MS = 30_000;
const LOOK_MS = 5_000;

/**
 * Whether another version of the program waits to be loaded. At a quiet moment it is loaded by itself: nobody looks, or
 * nobody has touched anything for a while, and nothing is being written.
 */
export function useUpdate(client: Client): boolean {
  const [ready, setReady] = useState(false);

  useEffect(() => {
    const found = () => setReady(true);
    const stop = client.events.on('version.changed', found);
    // A part of the program that was not loaded yet is gone from the server.
    addEventListener('vite:preloadError', found);
    return () => {
      stop();
      removeEventListener('vite:preloadError', found);
    };
  }, [client]);

  useEffect(() => {
    if (!ready) return;
    let touched = Date.now();
    const touch = () => (touched = Date.now());
    const look = () => {
      const quiet = document.visibilityState === 'hidden' || Date.now() - touched > QUIET_MS;
      if (quiet && !isBusy(client)) location.reload();
    };
    const names = ['pointerdown', 'keydown', 'wheel'];
    for (const name of names) addEventListener(name, touch, { capture: true, passive: true });
    document.addEventListener('visibilitychange', look);
    const timer = setInterval(look, LOOK_MS);
    look();
    return () => {
      for (const name of names) removeEventListener(name, touch, { capture: true });
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [ready, client]);

  return ready;
}

/** Whether loading anew would take something away: what is being written, a form, or what no database keeps. */
function isBusy(client: Client): boolean {
  if (client.storeKind === 'memory' && client.outbox.state.get().length > 0) return true;
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea, dialog[open] input, form input:not([type=radio], [type=checkbox])',
  );
  // React keeps the default of a field at its value: only what is empty was surely not written.
  return [...fields].some(field => !field.readOnly && field.value !== '');
}
