import { createContext, use } from 'react';

/** What a message can have the chat do. */
export interface ChatActions {
  readonly conversationId: string;
  /** Shows a person who was mentioned or sent as a contact. */
  openPerson(userId: string): void;
  /** Writes a text to this chat, as a button of a card does. */
  say(text: string): void;
}

const NOTHING: ChatActions = { conversationId: '', openPerson: () => undefined, say: () => undefined };

export const ChatActionsContext = createContext<ChatActions>(NOTHING);

export function useChatActions(): ChatActions {
  return use(ChatActionsContext);
}
