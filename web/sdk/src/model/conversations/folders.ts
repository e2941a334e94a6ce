import { Refusal } from '../../errors.ts';
import type { Call } from '../../transport/call.ts';
import type { ConversationSummary, Folder, Folders as Told } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import { Reread } from '../people/reread.ts';

const KEPT = 'folders';
/** Another device may be faster a few times in a row, not for ever. */
const TRIES = 4;

/** One's folders, the same on all of one's devices. */
export class Folders {
  readonly state = new Cell<readonly Folder[]>([]);
  readonly reread = new Reread(async call => this.#told(await call('folder.list', {})));
  readonly #store: Store;
  readonly #call: Call;
  #version = 0;

  constructor(store: Store, call: Call) {
    this.#store = store;
    this.#call = call;
  }

  async load(): Promise<void> {
    const kept = await this.#store.kept<Told>(KEPT);
    if (kept) this.#show(kept);
  }

  /** Changes the folders; if another device was faster, what it made is changed in the same way. */
  async change(make: (folders: readonly Folder[]) => readonly Folder[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      const folders = [...make(this.state.get())];
      try {
        return this.#told(await this.#call('folder.arrange', { version: this.#version, folders }));
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'conflict' || tries === TRIES) throw error;
        await this.reread.run(this.#call);
      }
    }
  }

  #told(told: Told): void {
    // Answers may cross: an older one is no news.
    if (told.version < this.#version) return;
    this.#show(told);
    void this.#store.keep(KEPT, told);
  }

  #show({ version, folders }: Told): void {
    this.#version = version;
    this.state.set(folders);
  }
}

/** Whether a conversation is in a folder. One by one beats by kind. */
export function inFolder(folder: Folder, row: ConversationSummary): boolean {
  const id = row.conversation_id;
  if (folder.included.includes(id)) return true;
  if (folder.excluded.includes(id)) return false;
  if (!(row.kind === 'direct' ? folder.direct : folder.groups)) return false;
  return !folder.unread_only || row.unread > 0 || row.marked_unread === true;
}
