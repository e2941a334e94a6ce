import { emojiPath, type Client } from '@parlance/sdk';
import { whenConnected } from '../tab/connection.ts';

/** The server's own emoji that this device knows of, for whatever draws them. */
export function emojisOf(client: Client) {
  const { emoji } = client.expressions;
  return {
    subscribe: emoji.state.subscribe,
    all: () => emoji.state.get(),
    want: () => emoji.want(),
    pathOf(name: string): string | undefined {
      const one = emoji.state.get().get(name);
      return one && emojiPath(one);
    },
    again: (work: () => void) => whenConnected(client, work),
  };
}
