import { describe, expect, it } from 'vitest';
import type { Style, TextSpan } from '../src/gen/wire.gen.ts';
import { markdown } from '../src/text/markdown.ts';
import { isSafeUrl } from '../src/text/signs.ts';
import { sourceOf } from '../src/text/source.ts';
import { BOB } from './fakeServer.ts';
import { seeded } from './random.ts';

const span = (from: number, to: number, style: Style): TextSpan => ({ from, to, style });
const bold: Style = { kind: 'bold' };
const italic: Style = { kind: 'italic' };

describe('markdown', () => {
  // The server's own cases: both read the same.
  it.each<[string, string, TextSpan[]]>([
    ['**b** and *i*', 'b and i', [span(0, 1, bold), span(6, 7, italic)]],
    ['**b _i_**', 'b i', [span(0, 3, bold), span(2, 3, italic)]],
    ['~~s~~ ||x||', 's x', [span(0, 1, { kind: 'strike' }), span(2, 3, { kind: 'spoiler' })]],
    ['`**c**`', '**c**', [span(0, 5, { kind: 'code' })]],
    ['> q\n> r\nt', 'q\nr\nt', [span(0, 3, { kind: 'quote' })]],
    ['```rust\na\nb\n```\nt', 'a\nb\nt', [span(0, 3, { kind: 'code_block', language: 'rust' })]],
    ['[d](https://a.example/x)', 'd', [span(0, 1, { kind: 'link', url: 'https://a.example/x' })]],
    [`hi [@Al](${BOB})`, 'hi @Al', [span(3, 6, { kind: 'mention', user_id: BOB })]],
    ['@all hi', '@all hi', [span(0, 4, { kind: 'mention_all' })]],
    ['2 * 3 * 4 and a_b_c \\*x\\*', '2 * 3 * 4 and a_b_c *x*', []],
    ['[x](javascript:alert(1))', '[x](javascript:alert(1))', []],
    ['ü **é** 😀 *x*', 'ü é 😀 x', [span(2, 3, bold), span(6, 7, italic)]],
    ['2**3 ** 4', '2**3 ** 4', []],
  ])('reads %j', (source, text, spans) => {
    expect(markdown(source, { mentionAll: true })).toEqual({ text, spans });
  });

  it('finds people by what they were picked as, the longest name first', () => {
    const mentions = new Map([
      ['@Ann', 'u_0000000000007'],
      ['@Ann Lee', 'u_0000000000008'],
    ]);
    const { text, spans } = markdown('**@Ann Lee**, @Ann and @Anna, x@Ann', { mentions });
    expect(text).toBe('@Ann Lee, @Ann and @Anna, x@Ann');
    expect(spans).toEqual([
      span(0, 8, bold),
      span(0, 8, { kind: 'mention', user_id: 'u_0000000000008' }),
      span(10, 14, { kind: 'mention', user_id: 'u_0000000000007' }),
    ]);
    expect(markdown('@all').spans).toEqual([]);
  });

  it('is written back as it was typed', () => {
    for (const source of [
      '**b** and *i*',
      'a_b_c and 2 * 3',
      '> q\n> r\nt',
      '```rust\na\n```\nt',
      '[d](https://a.example/x) https://b.example',
      '\\*x\\*',
    ]) {
      expect(sourceOf(markdown(source)).text).toBe(source);
    }
    const bare = {
      text: 'https://b.example',
      spans: [span(0, 17, { kind: 'link', url: 'https://b.example' })],
    };
    expect(sourceOf(bare).text).toBe('https://b.example');
  });

  it('never fails, nests what it finds, and says the same when it is edited unchanged', () => {
    const parts = [
      '*',
      '**',
      '_',
      '~~',
      '||',
      '`',
      '```',
      '\n',
      '> ',
      '[',
      '](',
      ')',
      'a',
      ' ',
      '\\',
      '@all',
      '😀',
    ];
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed);
      const length = Math.floor(random() * 24);
      const source = Array.from({ length }, () => parts[Math.floor(random() * parts.length)]).join('');
      const styled = markdown(source, { mentionAll: true });
      const size = [...styled.text].length;
      const open: number[] = [];
      for (const { from, to } of styled.spans) {
        while (open.length > 0 && open.at(-1)! <= from) open.pop();
        expect(from < to && to <= (open.at(-1) ?? size), `seed ${seed}: ${source}`).toBe(true);
        open.push(to);
      }
      const again = sourceOf(styled);
      const reread = markdown(again.text, { mentions: again.mentions, mentionAll: true });
      if (again.text !== styled.text) expect(reread.text, `seed ${seed}`).toBe(styled.text);
    }
  });
});

describe('addresses', () => {
  it('are links only if they are http, https or mail', () => {
    for (const good of ['https://a.example', 'HTTP://a.example/x', 'mailto:a@b.example'])
      expect(isSafeUrl(good), good).toBe(true);
    for (const bad of [
      'javascript:x',
      ' javascript:x',
      'data:text/html,x',
      'https://',
      'https:///x',
      'https://a b',
      'http://a\u{202e}b',
      '//a',
      '',
      'vbscript:x',
      'file:///etc',
      'https://a"b',
    ])
      expect(isSafeUrl(bad), bad).toBe(false);
  });
});
