import { Cell, type Readable } from '../../readable.ts';

/** Pages without a row that a search may answer before it shows that it has found nothing so far. */
const EMPTY_PAGES_MAX = 50;

export interface PageState<Row> {
  /** The rows of the page on the screen; undefined before the first answer. */
  readonly rows: readonly Row[] | undefined;
  /** Which page it is, from 1. */
  readonly page: number;
  readonly more: boolean;
  readonly loading: boolean;
  /** Why the last reading failed; what was shown before stays. */
  readonly error: unknown;
}

/** A part of a long list, and where the part after it begins. */
export interface Part<Row, Place> {
  readonly rows: readonly Row[];
  readonly next?: Place | undefined;
}

export interface PagesParts<Row, Place> {
  read(after: Place | undefined): Promise<Part<Row, Place>>;
  /** By what a row is the same as before. */
  idOf(row: Row): string | number;
}

/** A list too long to hold: one page at a time, forth and back. */
export class Pages<Row, Place> {
  readonly #state = new Cell<PageState<Row>>({
    rows: undefined,
    page: 1,
    more: false,
    loading: false,
    error: undefined,
  });
  readonly #parts: PagesParts<Row, Place>;
  /** Where each page begins, up to the one after the present one. */
  #places: (Place | undefined)[] = [undefined];
  /** Only the answer to the latest question is shown. */
  #asked = 0;

  constructor(parts: PagesParts<Row, Place>) {
    this.#parts = parts;
  }

  get state(): Readable<PageState<Row>> {
    return this.#state;
  }

  /** Reads the page on the screen anew. */
  reload(): Promise<void> {
    return this.#show(this.#state.get().page);
  }

  next(): Promise<void> {
    const { page, more } = this.#state.get();
    return more ? this.#show(page + 1) : Promise.resolve();
  }

  previous(): Promise<void> {
    return this.#show(Math.max(1, this.#state.get().page - 1));
  }

  /** A row is another now; one that is not on the screen changes nothing. */
  replace(row: Row): void {
    const state = this.#state.get();
    const id = this.#parts.idOf(row);
    const rows = state.rows?.map(old => (this.#parts.idOf(old) === id ? row : old));
    this.#state.set({ ...state, rows });
  }

  async #show(page: number): Promise<void> {
    const question = ++this.#asked;
    this.#state.set({ ...this.#state.get(), loading: true });
    try {
      const part = await this.#read(this.#places[page - 1]);
      if (question !== this.#asked) return;
      this.#places = this.#places.slice(0, page);
      if (part.next !== undefined) this.#places.push(part.next);
      const more = part.next !== undefined;
      this.#state.set({ rows: part.rows, page, more, loading: false, error: undefined });
    } catch (error) {
      if (question === this.#asked) this.#state.set({ ...this.#state.get(), loading: false, error });
    }
  }

  /** A search answers what it has found so far, which may be nothing: looks on then. */
  async #read(after: Place | undefined): Promise<Part<Row, Place>> {
    let part = await this.#parts.read(after);
    for (let turn = 1; turn < EMPTY_PAGES_MAX; turn++) {
      if (part.rows.length > 0 || part.next === undefined) break;
      part = await this.#parts.read(part.next);
    }
    return part;
  }
}
