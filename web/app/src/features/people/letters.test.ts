import { expect, it } from 'vitest';
import { byLetter } from './letters.ts';

it('sorts names as people do, accents and case aside, and puts what is no letter last', () => {
  const names = ['zoe', 'Émile', '42', 'emil', 'Anna', 'Ödön', '李雷'];
  expect(byLetter(names, name => name, 'en')).toEqual([
    { letter: 'A', people: ['Anna'] },
    { letter: 'E', people: ['emil', 'Émile'] },
    { letter: 'O', people: ['Ödön'] },
    { letter: 'Z', people: ['zoe'] },
    { letter: '李', people: ['李雷'] },
    { letter: '#', people: ['42'] },
  ]);
});
