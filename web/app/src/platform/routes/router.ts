import { useSyncExternalStore, type MouseEvent } from 'react';
import { hrefOf, routeOf, type Route } from './routes.ts';

/** What the browser keeps with each entry of its history. */
interface Kept {
  /** The address of the entry below, if that is ours: where going back leads. */
  readonly from?: string;
  /** The address of the chat, or the list, that stays on screen behind a sheet. */
  readonly behind?: string;
}

const INVITE = /^#invite=([A-Za-z0-9_-]+)$/;
/** Who goes on from one of these does not come back to it. */
const SHEETS: ReadonlySet<Route['page']> = new Set(['new', 'contacts', 'join', 'media']);

const listeners = new Set<() => void>();
let address = '';
/** How often somebody asked for what the address names already. */
let asked = 0;
let route: Route = { page: 'list' };
/** Something was closed: the browser goes back in a moment, or is on its way; what was asked for meanwhile. */
let leaving: { timer?: ReturnType<typeof setTimeout> | undefined; next?: () => void } | undefined;

/** The same object as long as the address stays. */
function current(): Route {
  const now = location.pathname + location.hash;
  if (now !== address) {
    address = now;
    route = routeOf(location.pathname, location.hash);
  }
  return route;
}

function kept(): Kept {
  return (history.state as Kept | null) ?? {};
}

function behind(): string {
  const { page } = current();
  if (page === 'chat' || page === 'list') return hrefOf(current());
  return kept().behind ?? (page === 'media' ? location.pathname : '/');
}

function changed(): void {
  for (const listener of [...listeners]) listener();
}

// Tests of parts that need no page load this too.
globalThis.addEventListener?.('popstate', () => {
  const next = leaving?.next;
  leaving = undefined;
  changed();
  next?.();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes somewhere: a new entry of the history, or in place of the present one, as from a sheet. */
export function navigate(to: Route, options: { replace?: boolean } = {}): void {
  if (leaving?.timer) {
    // What closes a sheet and goes on from it in one breath goes on from the sheet.
    clearTimeout(leaving.timer);
    leaving = undefined;
  } else if (leaving) {
    leaving.next = () => navigate(to, options);
    return;
  }
  const from = location.pathname + location.hash;
  const href = hrefOf(to);
  if (href === from) {
    asked += 1;
    return changed();
  }
  const under = behind();
  if (options.replace || leavesSheet(to))
    history.replaceState({ ...kept(), behind: under } satisfies Kept, '', href);
  else history.pushState({ from, behind: under } satisfies Kept, '', href);
  changed();
}

/** Whether one goes on from a sheet for good. To a profile one goes for a look, and comes back. */
function leavesSheet(to: Route): boolean {
  return to.page !== 'person' && (SHEETS.has(current().page) || current().page === 'person');
}

/** Closes a sheet and shows what was there before: another sheet, or what lies behind. */
export function closeSheet(): void {
  const { from } = kept();
  const before = from === undefined ? undefined : routeOf(from);
  goBack(before?.page === 'contacts' ? before : undefined);
}

/**
 * Closes what is on the screen and shows `to`, else what lies behind. If that is where one came from, the browser goes
 * back, so that its own back button does not open again what was closed.
 */
export function goBack(to: Route = routeOf(behind())): void {
  if (leaving) return;
  if (kept().from !== hrefOf(to)) return navigate(to, { replace: true });
  const timer = setTimeout(() => {
    leaving = {};
    history.back();
  });
  leaving = { timer };
}

/** What is on the screen. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}

/** The chat on the screen: that of the address or, behind a sheet or a page, the one it was opened from. */
export function useChatRoute(): Extract<Route, { page: 'chat' }> | undefined {
  const chat = routeOf(useSyncExternalStore(subscribe, behind));
  return chat.page === 'chat' ? chat : undefined;
}

/** Changes when the same is asked for once more: to be led to a message again, whatever one has looked at since. */
export function useAsked(): number {
  return useSyncExternalStore(subscribe, () => asked);
}

/** Opens a conversation, at a message if there is an `index`. */
export function openChat(conversationId: string, index?: number): void {
  navigate({ page: 'chat', conversationId, ...(index !== undefined && { index }) });
}

/** What makes an `<a>` lead to a route: a real address, so that it opens in another tab and can be copied. */
export function linkTo(to: Route, options: { replace?: boolean } = {}) {
  return {
    href: hrefOf(to),
    onClick(event: MouseEvent) {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      navigate(to, options);
    },
  };
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
