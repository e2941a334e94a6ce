/** Tabs that nobody looks at wait so long, so that the one somebody looks at can come first. */
const POLITE_MS = 200;
/** For so long nobody else does the same. */
const HELD_MS = 5_000;

/**
 * Lets one tab of this browser do something about `name`: `act` if nobody looks at any of them. A tab that somebody
 * looks at comes first and does nothing.
 */
export async function whenUnseen(name: string, act: () => void): Promise<void> {
  const seen = () => document.visibilityState === 'visible' && document.hasFocus();
  if (!seen()) await pause(POLITE_MS);
  const hold = async (lock: unknown) => {
    if (!lock) return;
    if (!seen()) act();
    await pause(HELD_MS);
  };
  if (!('locks' in navigator)) return void hold(true);
  await navigator.locks.request(name, { ifAvailable: true }, hold);
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
