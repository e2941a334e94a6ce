import { useLayoutEffect, useRef } from 'react';
import type { TextKey } from '../i18n/index.ts';

export type CommandGroup = 'everywhere' | 'chats' | 'messages';

interface CommandSpec {
  readonly group: CommandGroup;
  readonly text: TextKey;
  /** Any of these does it: `Mod` is ⌘ on Apple's devices and Ctrl elsewhere; the last part is the key itself. */
  readonly keys: readonly string[];
  /** The part of the screen that has the focus hears these keys itself; they are listed here to be found. */
  readonly local?: true;
  /** Not offered in the palette: it makes sense as a key only. */
  readonly keyOnly?: true;
}

/** Everything the keyboard does. The keys, the sheet of shortcuts and the palette all come from this one table. */
export const COMMANDS = {
  palette: { group: 'everywhere', text: 'commands.palette', keys: ['Mod+K'], keyOnly: true },
  help: { group: 'everywhere', text: 'commands.help', keys: ['?', 'Mod+/'] },
  close: { group: 'everywhere', text: 'commands.close', keys: ['Escape'], keyOnly: true },
  settings: { group: 'everywhere', text: 'commands.settings', keys: ['Mod+,'] },
  theme: { group: 'everywhere', text: 'commands.theme', keys: [] },
  signOut: { group: 'everywhere', text: 'commands.signOut', keys: [] },
  invite: { group: 'everywhere', text: 'commands.invite', keys: [] },
  admin: { group: 'everywhere', text: 'commands.admin', keys: [] },
  newChat: { group: 'chats', text: 'commands.newChat', keys: ['Alt+N'] },
  contacts: { group: 'chats', text: 'commands.contacts', keys: [] },
  join: { group: 'chats', text: 'commands.join', keys: [] },
  nextChat: { group: 'chats', text: 'commands.nextChat', keys: ['Alt+ArrowDown'] },
  previousChat: { group: 'chats', text: 'commands.previousChat', keys: ['Alt+ArrowUp'] },
  nextUnread: { group: 'chats', text: 'commands.nextUnread', keys: ['Alt+Shift+ArrowDown'] },
  previousUnread: { group: 'chats', text: 'commands.previousUnread', keys: ['Alt+Shift+ArrowUp'] },
  info: { group: 'chats', text: 'commands.info', keys: ['Alt+I'] },
  mute: { group: 'chats', text: 'commands.mute', keys: ['Mod+Shift+M'] },
  markUnread: { group: 'chats', text: 'commands.markUnread', keys: ['Alt+Shift+U'] },
  searchChat: { group: 'chats', text: 'commands.searchChat', keys: ['Mod+F'] },
  compose: { group: 'messages', text: 'commands.compose', keys: ['Alt+C'], keyOnly: true },
  send: { group: 'messages', text: 'commands.send', keys: ['Enter'], local: true },
  newLine: { group: 'messages', text: 'commands.newLine', keys: ['Shift+Enter'], local: true },
  editLast: { group: 'messages', text: 'commands.editLast', keys: ['ArrowUp'], local: true },
  pages: { group: 'messages', text: 'commands.pages', keys: ['PageUp', 'PageDown'], local: true },
  latest: { group: 'messages', text: 'commands.latest', keys: ['End'], local: true },
} as const satisfies Record<string, CommandSpec>;

export type CommandId = keyof typeof COMMANDS;

/** Does the command; `false` says that it has nothing to do now, and an earlier one may. */
export type Act = () => unknown;

/** Who does a command now; the latest to say so comes first. */
const acting = new Map<CommandId, Act[]>();

export function specOf(id: CommandId): CommandSpec {
  return COMMANDS[id];
}

/** While the component is on the screen, and `act` is there, it is what the command does. */
export function useCommand(id: CommandId, act: Act | undefined): void {
  const latest = useRef(act);
  // Before the screen shows: the next key may follow at once.
  useLayoutEffect(() => {
    latest.current = act;
  });
  const enabled = act !== undefined;
  useLayoutEffect(() => {
    if (!enabled) return;
    const entry: Act = () => latest.current?.();
    acting.set(id, [entry, ...(acting.get(id) ?? [])]);
    return () => {
      acting.set(
        id,
        (acting.get(id) ?? []).filter(other => other !== entry),
      );
    };
  }, [id, enabled]);
}

/** Does a command; answers whether somebody did. */
export function runCommand(id: CommandId): boolean {
  return (acting.get(id) ?? []).some(act => act() !== false);
}

/** The commands that somebody would do now, in the order of the table. */
export function commandsNow(): CommandId[] {
  return (Object.keys(COMMANDS) as CommandId[]).filter(id => (acting.get(id) ?? []).length > 0);
}
