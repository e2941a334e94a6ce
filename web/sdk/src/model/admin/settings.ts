import type { ChangeSettings, ServerSettings } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';
import { Watched } from '../groups/watched.ts';

/** No event tells of settings that another administrator changed: they are read again this often. */
const READ_AGAIN_MS = 3_000;

/** The server's settings as they are now, kept current while somebody looks at them. */
export class RunningSettings {
  readonly watched: Watched<ServerSettings>;
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
    this.watched = new Watched({ read: () => call('admin.get_settings', {}) });
  }

  /** Reads them now and again and again; returns how to stop. */
  watch(): () => void {
    const stop = this.watched.watch();
    const timer = setInterval(() => this.watched.refresh(), READ_AGAIN_MS);
    return () => {
      clearInterval(timer);
      stop();
    };
  }

  async change(change: ChangeSettings): Promise<void> {
    await this.#call('admin.change_settings', change);
    await this.watched.read();
  }

  /** Tells every user something; an empty text takes it back. */
  async announce(text: string): Promise<void> {
    await this.#call('admin.announce', { text });
    await this.watched.read();
  }
}
