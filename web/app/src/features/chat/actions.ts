import { createContext, use } from 'react';

/** What a message can have the chat do. */
export interface ChatActions {
  readonly conversationId: string;
  /** Shows a person who was mentioned or sent as a contact. */
  openPerson(userId: string): void;
  /** Writes a text to this chat, as a button of a card does. */
  say(text: string): void;
  /** Something was sent to this chat: its end is what one wants to see now. */
  sent(): void;
}

const nothing = () => undefined;
const NOTHING: ChatActions = { conversationId: '', openPerson: nothing, say: nothing, sent: nothing };

export const ChatActionsContext = createContext<ChatActions>(NOTHING);

export function useChatActions(): ChatActions {
  return use(ChatActionsContext);
}
