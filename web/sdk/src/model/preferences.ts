import type { Notifications, Privacy, Topic, UpdateNotifications, UpdatePrivacy } from '../gen/wire.gen.ts';
import type { Store } from '../store/store.ts';
import type { Call } from '../transport/call.ts';
import { Watched } from './groups/watched.ts';
import type { Topics } from './topics.ts';

interface PreferencesParts {
  store: Store;
  call: Call;
  topics: Topics;
}

/** What one has chosen for all of one's devices. Read while it is on the screen, kept to be readable offline. */
export class Preferences {
  readonly privacy: Watched<Privacy>;
  readonly notifications: Watched<Notifications>;
  readonly #parts: PreferencesParts;

  constructor(parts: PreferencesParts) {
    const { call } = parts;
    this.#parts = parts;
    this.privacy = this.#kept('privacy', () => call('privacy.get', {}));
    this.notifications = this.#kept('notifications', () => call('notification.get', {}));
  }

  async setPrivacy(change: UpdatePrivacy): Promise<void> {
    await this.#parts.call('privacy.update', change);
    await this.privacy.read();
  }

  async setNotifications(change: UpdateNotifications): Promise<void> {
    await this.#parts.call('notification.update', change);
    await this.notifications.read();
  }

  /** Connected again: what was asked for meanwhile got no answer. */
  reconnected(): void {
    this.privacy.refresh(0);
    this.notifications.refresh(0);
  }

  #kept<T>(topic: Topic, read: () => Promise<T>): Watched<T> {
    const { store, topics } = this.#parts;
    const watched = new Watched<T>({
      read,
      load: () => store.kept<T>(topic),
      keep: value => void store.keep(topic, value),
    });
    topics.on(topic, async () => watched.refresh());
    return watched;
  }
}
