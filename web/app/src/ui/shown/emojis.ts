import { createContext, use, useEffect, useSyncExternalStore } from 'react';

/** How a custom emoji looks. */
export interface EmojiLook {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
}

/** The custom emoji that texts name; given by whoever knows them. */
export interface Emojis {
  subscribe(listener: () => void): () => void;
  /** All of them by name, as they are known now. */
  all(): ReadonlyMap<string, EmojiLook>;
  /** Somebody draws them: from now on they are kept current. */
  want(): void;
  /** Where the picture of one is. */
  pathOf(name: string): string | undefined;
  /** Does something whenever a picture that did not come may be had again. */
  again(work: () => void): () => void;
}

const EMPTY: ReadonlyMap<string, EmojiLook> = new Map();
const NONE: Emojis = {
  subscribe: () => () => undefined,
  all: () => EMPTY,
  want: () => undefined,
  pathOf: () => undefined,
  again: () => () => undefined,
};

export const EmojisContext = createContext<Emojis>(NONE);

/** All custom emoji by name, kept current from now on. */
export function useEmojis(): ReadonlyMap<string, EmojiLook> {
  const emojis = use(EmojisContext);
  useEffect(() => emojis.want(), [emojis]);
  return useSyncExternalStore(emojis.subscribe, emojis.all);
}
