import type { Style, TextSpan, UserId } from '../gen/wire.gen.ts';
import { markdown, type Styled } from './markdown.ts';

/** What somebody types to get a styled text: Markdown, and whom its “@Name” mean. */
export interface Source {
  readonly text: string;
  readonly mentions: ReadonlyMap<string, UserId>;
}

const AROUND: Partial<Record<Style['kind'], string>> = {
  bold: '**',
  italic: '*',
  strike: '~~',
  spoiler: '||',
  code: '`',
};

/**
 * Writes a styled text as it would be typed, for editing it. Signs that mean nothing get a backslash only if they would
 * mean something without.
 */
export function sourceOf({ text, spans }: Styled): Source {
  const mentions = mentionsIn(text, spans);
  for (const escape of [false, true]) {
    const source = written([...text], spans, escape);
    const read = markdown(source, { mentions, mentionAll: true });
    if (read.text === text && same(read.spans, spans)) return { text: source, mentions };
  }
  return { text, mentions };
}

function mentionsIn(text: string, spans: readonly TextSpan[]): Map<string, UserId> {
  const chars = [...text];
  const mentions = new Map<string, UserId>();
  for (const { from, to, style } of spans) {
    const label = chars.slice(from, to).join('');
    if (style.kind === 'mention' && label.startsWith('@')) mentions.set(label, style.user_id);
  }
  return mentions;
}

/** Addresses that stand by themselves are found again by whoever reads the text, and mentions of all by their name. */
function same(read: readonly TextSpan[], wanted: readonly TextSpan[]): boolean {
  const key = (span: TextSpan) =>
    `${span.from} ${span.to} ${JSON.stringify({ ...span.style, suspicious: undefined })}`;
  const found = new Set(read.map(key));
  return wanted.every(span => found.has(key(span)) || span.style.kind === 'link');
}

function written(chars: readonly string[], spans: readonly TextSpan[], escape: boolean): string {
  let place = 0;
  const part = (from: number, to: number, literal: boolean): string => {
    let out = '';
    let at = from;
    while (place < spans.length && spans[place]!.from < to) {
      const span = spans[place++]!;
      out += plain(chars.slice(at, span.from), escape && !literal);
      const inner = part(span.from, span.to, literal || span.style.kind.startsWith('code'));
      out += dressed(span.style, inner);
      at = span.to;
    }
    return out + plain(chars.slice(at, to), escape && !literal);
  };
  return part(0, chars.length, false);
}

function plain(chars: readonly string[], escape: boolean): string {
  const text = chars.join('');
  return escape ? text.replaceAll(/[\\*_~|`[]/g, String.raw`\$&`) : text;
}

function dressed(style: Style, inner: string): string {
  const sign = AROUND[style.kind];
  if (sign) return sign + inner + sign;
  if (style.kind === 'code_block') return `\`\`\`${style.language ?? ''}\n${inner}\n\`\`\``;
  if (style.kind === 'quote') return inner.replaceAll(/^/gm, '> ');
  if (style.kind === 'link') return inner === style.url ? inner : labelled(style.url, inner);
  if (style.kind === 'mention') return inner.startsWith('@') ? inner : `[${inner}](${style.user_id})`;
  return inner;
}

/** A mail address that stands by itself is linked without being written as a link. */
function labelled(url: string, inner: string): string {
  return url === `mailto:${inner}` ? inner : `[${inner}](${url})`;
}
