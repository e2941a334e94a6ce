import type { KeyboardEvent } from 'react';
import type { Mark } from './marks.ts';

const KEYS: Readonly<Record<string, Mark>> = {
  b: 'bold',
  i: 'italic',
  e: 'code',
  k: 'link',
  'shift+x': 'strike',
  'shift+p': 'spoiler',
  'shift+9': 'quote',
};

/** The mark that a press asks for: Ctrl or ⌘ and a letter. */
export function markOf({ ctrlKey, metaKey, altKey, shiftKey, key, code }: KeyboardEvent): Mark | undefined {
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  // With Shift the digit's key says something else on each keyboard.
  const name = code === 'Digit9' ? '9' : key.toLowerCase();
  const mark = KEYS[shiftKey ? `shift+${name}` : name];
  return mark === 'link' ? undefined : mark;
}
