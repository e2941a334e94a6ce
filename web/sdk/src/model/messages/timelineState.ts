import type { Entry } from '../../gen/wire.gen.ts';
import type { PagesParts } from '../pages.ts';

export interface TimelineState {
  /** Complete and in order, without a gap. */
  readonly entries: readonly Entry[];
  /** What the last change did: `reset` is another part of the log, which is shown from where the reader wants it. */
  readonly change: 'reset' | 'prepend' | 'append';
  readonly hasOlder: boolean;
  /** There is something between the last of these entries and the end of the log. */
  readonly hasNewer: boolean;
  readonly loadingOlder: boolean;
  readonly loadingNewer: boolean;
  /** False until something is known, be it that there is nothing. */
  readonly ready: boolean;
  /** The last load of older or newer entries failed; asking for them tries again. */
  readonly failed: 'older' | 'newer' | undefined;
}

export interface TimelineOptions extends Omit<PagesParts, 'told'> {
  /** The last index known to the conversation list. */
  head: number;
  /** Called with entries that came from the server's log, once they are shown. */
  seen(entries: readonly Entry[]): void;
}

/** Nothing is known yet. */
export const EMPTY: TimelineState = {
  entries: [],
  change: 'reset',
  hasOlder: false,
  hasNewer: false,
  loadingOlder: false,
  loadingNewer: false,
  ready: false,
  failed: undefined,
};
