import type { ConversationId, Entry, MemberProgress, UserId } from '../../gen/wire.gen.ts';
import { Cell, type Readable } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';

/** How far each of the other members has got, by user. */
export type Marks = ReadonlyMap<UserId, MemberProgress>;

/** In larger groups the server tells only who asks about one message. */
export const MARKS_MEMBERS_MAX = 500;

const NOBODY: Marks = new Map();

/** Up to where the others have got and read the conversations on screen. Marks only rise. */
export class Receipts {
  readonly #call: Call;
  readonly #me: UserId;
  readonly #cells = new Map<ConversationId, Cell<Marks>>();

  constructor(call: Call, me: UserId) {
    this.#call = call;
    this.#me = me;
  }

  of(id: ConversationId): Readable<Marks> {
    return this.#cell(id);
  }

  /** Reads all marks of a conversation. Refused in large groups, where there are none to show. */
  async load(id: ConversationId): Promise<void> {
    try {
      const { members } = await this.#call('conversation.progress', { conversation_id: id });
      // Who is no longer a member has no mark any more; who lives on only moved up meanwhile.
      const here = new Set(members.map(member => member.user_id));
      const known = [...this.#cell(id).get().values()].filter(mark => here.has(mark.user_id));
      this.#cell(id).set(raised(new Map(members.map(mark => [mark.user_id, mark])), known));
    } catch {
      // Not connected: the next connection loads again.
    }
  }

  /** Who writes has read what stood before; no event tells of that. */
  wrote(id: ConversationId, { sender, index }: Entry): void {
    const mark = this.#cells.get(id)?.get().get(sender);
    if (!mark) return;
    const read = mark.read_index !== undefined && { read_index: index };
    this.moved(id, [{ user_id: sender, delivered_index: index, ...read }]);
  }

  /** Some moved on. */
  moved(id: ConversationId, moved: readonly MemberProgress[]): void {
    const cell = this.#cells.get(id);
    cell?.set(
      raised(
        cell.get(),
        moved.filter(mark => mark.user_id !== this.#me),
      ),
    );
  }

  #cell(id: ConversationId): Cell<Marks> {
    const cell = this.#cells.get(id) ?? new Cell(NOBODY);
    this.#cells.set(id, cell);
    return cell;
  }
}

/** The marks after some of them were told anew; the same object if nothing rose. */
export function raised(marks: Marks, told: readonly MemberProgress[]): Marks {
  const next = new Map(marks);
  let changed = false;
  for (const mark of told) {
    const before = marks.get(mark.user_id);
    const read = Math.max(before?.read_index ?? 0, mark.read_index ?? 0);
    const delivered = Math.max(before?.delivered_index ?? 0, mark.delivered_index, read);
    if (before && read === (before.read_index ?? 0) && delivered === before.delivered_index) continue;
    const shown = mark.read_index !== undefined || before?.read_index !== undefined;
    next.set(mark.user_id, {
      user_id: mark.user_id,
      delivered_index: delivered,
      ...(shown && { read_index: read }),
    });
    changed = true;
  }
  return changed ? next : marks;
}
