import type { ClientEvents } from './clientParts.ts';
import type { Emitter } from './readable.ts';
import type { LinkHandlers } from './transport/link.ts';

/** Tells what the administrators announce, each time and after each sign-in, and that the server became another. */
export function announcing(handlers: LinkHandlers, events: Emitter<ClientEvents>): LinkHandlers {
  let version: string | undefined;
  return {
    ...handlers,
    event: event => {
      if (event.event === 'hello' || event.event === 'announcement')
        events.emit('announcement', { announcement: event.data.announcement });
      if (event.event === 'hello') {
        const changed = version !== undefined && version !== event.data.version;
        version = event.data.version;
        if (changed) events.emit('version.changed', { version });
      }
      handlers.event(event);
    },
  };
}
