import type { wire } from '@parlance/sdk';
import { createContext, use } from 'react';
import { useClient, useWatched } from '../../platform/index.ts';

export type PageName =
  | 'main'
  | 'files'
  | 'notifications'
  | 'background'
  | 'members'
  | 'member'
  | 'add'
  | 'alias'
  | 'edit'
  | 'announcement'
  | 'permissions'
  | 'history'
  | 'disappearing'
  | 'joining'
  | 'requests'
  | 'bans'
  | 'report';

export interface Page {
  readonly name: PageName;
  /** Whom it is about. */
  readonly user?: wire.UserId;
}

/** What the Shell can do for the panel; what is missing is not offered. */
export interface PanelActions {
  onClose(): void;
  /** Searches in the chat on screen. */
  onSearch?: (() => void) | undefined;
  /** Shows who somebody is. */
  onProfile?: ((user: wire.UserId) => void) | undefined;
}

export interface Panel extends PanelActions {
  readonly row: wire.ConversationSummary;
  /** What a page wants to find again when one comes back to it: gone with the panel. */
  readonly kept: Map<string, string | number>;
  go(page: Page): void;
  back(): void;
}

export const PanelContext = createContext<Panel | undefined>(undefined);

export function usePanel(): Panel {
  const panel = use(PanelContext);
  if (!panel) throw new Error('a part of the panel was rendered outside of it');
  return panel;
}

export interface GroupNow {
  /** Undefined until it is known. */
  readonly about: wire.ConversationSettings | undefined;
  readonly error: unknown;
  readonly rights: wire.Rights;
  readonly owner: boolean;
}

/** Nothing is offered before it is known that one may. */
const NO_RIGHTS: wire.Rights = {
  add: false,
  post: false,
  mention_all: false,
  edit_info: false,
  pin: false,
  list_members: false,
  manage: false,
};

/** The group on the panel as it is now; of a direct chat there is nothing to know. */
export function useGroup(): GroupNow {
  const { row } = usePanel();
  const { groups } = useClient();
  const { value, error } = useWatched(
    row.kind === 'direct' ? undefined : groups.get(row.conversation_id).settings,
  );
  return { about: value, error, rights: value?.rights ?? NO_RIGHTS, owner: row.role === 'owner' };
}
