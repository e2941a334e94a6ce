import { photoPath, type Client } from '@parlance/sdk';

/** The photos of people and groups that this device knows of, for whatever draws them. */
export function photosOf(client: Client) {
  const { users, conversations } = client;
  return {
    subscribe(listener: () => void): () => void {
      const stops = [users.state.subscribe(listener), conversations.state.subscribe(listener)];
      return () => stops.forEach(stop => stop());
    },
    of(id: string): string | undefined {
      const { photo } = (id.startsWith('u_') ? users.get(id) : conversations.get(id)) ?? {};
      return photo ? photoPath(id, photo) : undefined;
    },
  };
}
