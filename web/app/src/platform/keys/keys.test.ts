import { expect, test } from 'vitest';
import { keyNames, matches } from './keys.ts';

const none = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test('Mod is one key here and another on Apple devices', () => {
  const control = { ...none, key: 'k', code: 'KeyK', ctrlKey: true };
  const command = { ...none, key: 'k', code: 'KeyK', metaKey: true };
  expect(matches('Mod+K', control, false)).toBe(true);
  expect(matches('Mod+K', command, false)).toBe(false);
  expect(matches('Mod+K', command, true)).toBe(true);
});

test('a key with more held down than it asks for is another one', () => {
  const held = { ...none, key: 'ArrowDown', code: 'ArrowDown', altKey: true, shiftKey: true };
  expect(matches('Alt+Shift+ArrowDown', held, false)).toBe(true);
  expect(matches('Alt+ArrowDown', held, false)).toBe(false);
});

test('a sign counts however the keyboard reaches it, a letter by its place too', () => {
  expect(matches('?', { ...none, key: '?', code: 'Slash', shiftKey: true }, false)).toBe(true);
  expect(matches('Alt+N', { ...none, key: '˜', code: 'KeyN', altKey: true }, true)).toBe(true);
});

test('keys are named as they are printed', () => {
  expect(keyNames('Mod+Shift+M', false)).toEqual(['Ctrl', 'Shift', 'M']);
  expect(keyNames('Mod+Shift+M', true)).toEqual(['⌘', '⇧', 'M']);
  expect(keyNames('Alt+ArrowUp', false)).toEqual(['Alt', '↑']);
});
