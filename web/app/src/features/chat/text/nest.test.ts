import type { wire } from '@parlance/sdk';
import { describe, expect, it } from 'vitest';
import { charactersOf, nest, placeOf, safeHref } from './nest.ts';

const bold = (from: number, to: number): wire.TextSpan => ({ from, to, style: { kind: 'bold' } });
const quote = (from: number, to: number): wire.TextSpan => ({ from, to, style: { kind: 'quote' } });

describe('a styled text', () => {
  it('is a tree of its spans, counted in characters and not in halves of them', () => {
    const parts = nest('😀 ab c', [bold(2, 6), { from: 3, to: 4, style: { kind: 'italic' } }]);
    expect(parts).toEqual([
      '😀 ',
      { style: { kind: 'bold' }, parts: ['a', { style: { kind: 'italic' }, parts: ['b'] }, ' c'] },
    ]);
  });

  it('loses no character to spans that do not fit', () => {
    for (const spans of [
      [bold(0, 99)],
      [bold(3, 2)],
      [bold(-4, 2)],
      [bold(0, 3), bold(2, 5)],
      [bold(1.5, 2.5)],
      [bold(Number.NaN, 3)],
    ])
      expect(charactersOf(nest('abcdef', spans)), JSON.stringify(spans)).toBe('abcdef');
  });

  it('has no empty lines around blocks', () => {
    expect(nest('a\nq\nb', [quote(2, 3)])).toEqual(['a', { style: { kind: 'quote' }, parts: ['q'] }, 'b']);
    expect(nest('q\n\nb', [quote(0, 1)])[1]).toBe('\nb');
  });
});

describe('an address', () => {
  it('opens only if nothing runs by opening it', () => {
    expect(safeHref('https://a.example/x?y#z')).toBe('https://a.example/x?y#z');
    expect(safeHref('mailto:a@b.example')).toBe('mailto:a@b.example');
    for (const bad of [
      'javascript:alert(1)',
      '\u0001javascript:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,x',
      'blob:https://a.example/1',
      'vbscript:x',
      'file:///etc/passwd',
      '//a.example',
      'a.example',
      '',
    ])
      expect(safeHref(bad), bad).toBeUndefined();
  });

  it('shows the host it leads to, whatever stands before it', () => {
    expect(placeOf('https://bank.example@evil.example/x')).toBe('evil.example');
    expect(placeOf('https://xn--80ak6aa92e.com/')).toBe('xn--80ak6aa92e.com');
    expect(placeOf('mailto:a%20b@c.example')).toBe('a b@c.example');
  });
});
