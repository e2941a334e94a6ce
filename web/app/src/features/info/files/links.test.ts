import type { wire } from '@parlance/sdk';
import { expect, it } from 'vitest';
import { linksOf } from './links.ts';

it('finds the links of a message once each, and none that leads out of the web', () => {
  const urls = [
    'https://www.example.org/a?b=1',
    'https://www.example.org/a?b=1',
    'javascript:alert(1)',
    'http://x.test/',
    'no',
  ];
  const spans = urls.map((url, from) => ({ from, to: from + 1, style: { kind: 'link', url } }));
  const entry = { details: { spans } } as unknown as wire.Entry;
  expect(linksOf(entry)).toEqual([
    { href: 'https://www.example.org/a?b=1', host: 'example.org', rest: '/a?b=1' },
    { href: 'http://x.test/', host: 'x.test', rest: '' },
  ]);
});
