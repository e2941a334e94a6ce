import type { SentSticker, wire } from '@parlance/sdk';
import { createContext, use } from 'react';

/** Where a message's menu was asked for. */
export interface MenuPlace {
  readonly entry: wire.Entry;
  readonly x: number;
  readonly y: number;
}

/** What a message on screen can have the timeline do. Stays the same object, so that it draws no row again. */
export interface MessageActions {
  readonly conversationId: string;
  /** Groups show who wrote; in a direct chat that is clear. */
  readonly group: boolean;
  jump(index: number): void;
  /** The messages after an index that are loaded. */
  after(index: number): readonly wire.Entry[];
  menu(place: MenuPlace): void;
  reply(entry: wire.Entry): void;
  /** Likes with an emoji, or takes that back. */
  like(entry: wire.Entry, emoji: string): void;
  /** Shows who likes a message. */
  likers(entry: wire.Entry): void;
  /** Shows whom a message has reached. */
  info(entry: wire.Entry): void;
  /** Shows the pack of a sticker. */
  stickers(sticker: SentSticker): void;
  /** Selects a message, or not any more. */
  toggle(index: number): void;
  /** Puts a text that was withdrawn into the composer again. */
  again(text: string): void;
}

export const MessageActionsContext = createContext<MessageActions | undefined>(undefined);

/** Nothing where messages are only shown. */
export function useMessageActions(): MessageActions | undefined {
  return use(MessageActionsContext);
}

/** The one that a press or a double click likes with. */
export const HEART = '❤️';
