import { Cell } from '../../readable.ts';
import { byAge, type OutboxRow } from '../../store/store.ts';

/** Messages on their way, oldest first. */
export class OutboxRows extends Cell<readonly OutboxRow[]> {
  constructor() {
    super([]);
  }

  row(clientMessageId: string): OutboxRow | undefined {
    return this.get().find(row => row.clientMessageId === clientMessageId);
  }

  /** Takes a row up, in place of what it was. */
  put(row: OutboxRow): void {
    const others = this.get().filter(other => other.clientMessageId !== row.clientMessageId);
    this.set([...others, row].toSorted(byAge));
  }

  /** Takes up what is not known. */
  add(rows: readonly OutboxRow[]): void {
    const found = rows.filter(row => !this.row(row.clientMessageId));
    if (found.length > 0) this.set([...found, ...this.get()].toSorted(byAge));
  }

  remove(row: OutboxRow | undefined): void {
    this.set(this.get().filter(other => other !== row));
  }
}
