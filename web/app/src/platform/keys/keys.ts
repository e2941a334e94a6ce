import { COMMANDS, runCommand, specOf, type CommandId } from './commands.ts';

interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const APPLE = /Mac|iPhone|iPad/;
const SIGNS: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

function isApple(): boolean {
  return APPLE.test(globalThis.navigator?.platform ?? '');
}

/** Whether what was pressed is `keys`, such as `Mod+Shift+M`. */
export function matches(keys: string, event: Pressed, apple: boolean = isApple()): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const has = (name: string) => parts.includes(name);
  if (event.metaKey !== (apple && has('Mod')) || event.ctrlKey !== (!apple && has('Mod'))) return false;
  if (event.altKey !== has('Alt')) return false;
  // A sign such as “?” is reached with or without Shift, as the keyboard has it.
  const letter = /^[A-Z]$/.test(key);
  if ((letter || key.length > 1) && event.shiftKey !== has('Shift')) return false;
  // With Alt some keyboards write another letter: the place of the key counts too.
  return event.key.toUpperCase() === key.toUpperCase() || (letter && event.code === `Key${key}`);
}

/** The keys as people read them: “Ctrl+K”, or “⌘K” on Apple's devices. */
export function keyNames(keys: string, apple: boolean = isApple()): string[] {
  const names: Record<string, string> = apple
    ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
    : { Mod: 'Ctrl', Alt: 'Alt', Shift: 'Shift' };
  return keys.split('+').map(part => names[part] ?? SIGNS[part] ?? part);
}

/** Has the keys of the table do what they say; returns how to stop. */
export function listenForKeys(): () => void {
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    // A dialog or a menu is a world of its own: it hears its own keys and knows its own Escape.
    if (document.querySelector('dialog[open], [popover]:popover-open')) return;
    const writing = isField(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey;
    for (const id of Object.keys(COMMANDS) as CommandId[]) {
      const { keys, local } = specOf(id);
      if (local || (writing && id !== 'close')) continue;
      if (!keys.some(each => matches(each, event)) || !runCommand(id)) continue;
      event.preventDefault();
      return;
    }
  };
  addEventListener('keydown', pressed);
  return () => removeEventListener('keydown', pressed);
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
