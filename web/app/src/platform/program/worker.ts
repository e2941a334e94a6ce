import { navigate } from '../routes/router.ts';
import { routeOf } from '../routes/routes.ts';

const WORKER = '/sw.js';
const POLICY = 'parlance-worker';

/** What browsers that guard script addresses have, and the others have not. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
}

/** Has the browser keep the program once the page is there, so that it opens without a connection. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const register = async () => {
    try {
      if (await isAllowed()) await navigator.serviceWorker.register(trusted());
    } catch {
      // In a private window there may be none to have; the program works without.
    }
  };
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register(), { once: true });
  // Somebody pressed a notification.
  navigator.serviceWorker.addEventListener('message', event => {
    const { open } = event.data as { open?: string };
    if (open) navigate(routeOf(new URL(open, location.origin).pathname));
  });
}

/** Whether there is a worker, and the policy of the page lets it be named: a proxy in between may have its own. */
async function isAllowed(): Promise<boolean> {
  const { ok, headers } = await fetch(WORKER, { method: 'HEAD' });
  const policy = headers.get('content-security-policy') ?? '';
  return ok && (!policy.includes('trusted-types') || policy.includes(POLICY));
}

/** The one address of a script that is not on the page: the server's policy knows this name, and no other. */
function trusted(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return WORKER;
  return trustedTypes.createPolicy(POLICY, { createScriptURL: () => WORKER }).createScriptURL(WORKER);
}
