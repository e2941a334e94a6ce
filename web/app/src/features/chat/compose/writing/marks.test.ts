import { describe, expect, it } from 'vitest';
import { fit, triggerAt } from '../completion/completion.ts';
import { marked, type Mark } from './marks.ts';

/** Applies a mark to a text in which `<` and `>` stand around the selection. */
function apply(source: string, mark: Mark): string {
  const from = source.indexOf('<');
  const to = source.indexOf('>') - 1;
  const text = source.replace('<', '').replace('>', '');
  const change = marked({ text, from, to }, mark);
  const next = text.slice(0, change.from) + change.insert + text.slice(change.to);
  const [start, end] = change.select;
  return `${next.slice(0, start)}<${next.slice(start, end)}>${next.slice(end)}`;
}

describe('a mark', () => {
  it.each<[string, Mark, string]>([
    ['a <b> c', 'bold', 'a **<b>** c'],
    ['a **<b>** c', 'bold', 'a <b> c'],
    ['a< b >c', 'italic', 'a _<b>_ c'],
    ['<a\nb>', 'code', '```\n<a\nb>\n```'],
    ['<>', 'code', '`<>`'],
    ['<here>', 'link', '[here](<>)'],
    ['<https://a.example>', 'link', '[<>](https://a.example)'],
  ])('on %j as %s', (source, mark, result) => expect(apply(source, mark)).toBe(result));

  it('quotes whole lines, and takes that back', () => {
    const change = marked({ text: 'one\ntwo', from: 5, to: 6 }, 'quote');
    expect(change).toMatchObject({ from: 4, to: 6, insert: '> tw' });
    expect(marked({ text: '> one', from: 2, to: 5 }, 'quote')).toMatchObject({ from: 0, insert: 'one' });
  });
});

describe('completion', () => {
  it('begins after @ and : where a word begins', () => {
    const at = (text: string) => triggerAt(text, text.length);
    expect(at('hi @an')).toEqual({ kind: 'person', query: 'an', from: 3 });
    expect(at('@')).toEqual({ kind: 'person', query: '', from: 0 });
    expect(at('mail@an')).toBeUndefined();
    expect(at(':smi')).toEqual({ kind: 'emoji', query: 'smi', from: 0 });
    for (const text of ['at 10:30', 'a:smile', ':s', 'https://x', '@an hello'])
      expect(at(text)).toBeUndefined();
  });

  it('prefers the beginning of a name, then of a word in it', () => {
    expect(fit('an', 'Ann')).toBe(0);
    expect(fit('le', 'Ann Lee', 'ann')).toBe(1);
    expect(fit('ee', 'Ann Lee')).toBe(2);
    expect(fit('x', 'Ann', undefined)).toBeUndefined();
  });
});
