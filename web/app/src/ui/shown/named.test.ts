import { expect, it } from 'vitest';
import { mayName, namedIn, withoutNames } from './named.ts';

const known = (name: string) => ['parrot', '+1', 'wave'].includes(name);
const shown = (text: string) => namedIn(text, known).map(({ text, name }) => (name ? `<${name}>` : text));

it('names that the server has are found, wherever they stand', () => {
  expect(shown('hello :parrot:!')).toEqual(['hello ', '<parrot>', '!']);
  expect(shown(':parrot::+1:')).toEqual(['<parrot>', '<+1>']);
  expect(shown(':wave:')).toEqual(['<wave>']);
});

it('anything else stays as it is written', () => {
  for (const text of ['10:30:45', ':unknown:', ': parrot :', 'parrot', ':Parrot:', '::', ''])
    expect(shown(text).join('|')).toBe(text);
  expect(shown('at 10:30:wave:')).toEqual(['at 10:30', '<wave>']);
  expect(shown(':nobody:parrot:')).toEqual([':nobody', '<parrot>']);
});

it('most texts name nothing and cost nothing', () => {
  expect(mayName('see https://example.org: it works')).toBe(false);
  expect(mayName(':wave:')).toBe(true);
  expect(mayName(':wave:')).toBe(true);
});

it('names count as emoji where emoji are counted', () => {
  expect(withoutNames(':wave: :parrot:', known)).toBe('🙂 🙂');
  expect(withoutNames(':unknown:', known)).toBe(':unknown:');
});
