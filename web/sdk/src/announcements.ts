import type { ClientEvents } from './clientParts.ts';
import type { Emitter } from './readable.ts';
import type { LinkHandlers } from './transport/link.ts';

/** Tells what the administrators announce: each time it changes, and as it is after each sign-in. */
export function announcing(handlers: LinkHandlers, events: Emitter<ClientEvents>): LinkHandlers {
  return {
    ...handlers,
    event: event => {
      if (event.event === 'hello' || event.event === 'announcement')
        events.emit('announcement', { announcement: event.data.announcement });
      handlers.event(event);
    },
  };
}
