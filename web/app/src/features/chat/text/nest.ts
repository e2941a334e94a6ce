import type { wire } from '@parlance/sdk';

/** A part of a text: characters, or a style around parts. */
export type Part = string | { readonly style: wire.Style; readonly parts: readonly Part[] };

/**
 * Turns spans into a tree. What does not nest properly is left out, whoever sent it: places count Unicode scalar values
 * and lie within the text and within the span around.
 */
export function nest(text: string, spans: readonly wire.TextSpan[] = []): readonly Part[] {
  if (spans.length === 0) return text === '' ? [] : [text];
  const chars = [...text];
  const sorted = spans.toSorted((a, b) => a.from - b.from || b.to - a.to);
  let place = 0;
  const within = (from: number, to: number): Part[] => {
    const parts: Part[] = [];
    let at = from;
    for (; place < sorted.length && sorted[place]!.from < to;) {
      const span = sorted[place++]!;
      if (span.from < at || span.to > to || span.to <= span.from) continue;
      if (span.from > at) parts.push(chars.slice(at, span.from).join(''));
      parts.push({ style: span.style, parts: within(span.from, span.to) });
      at = span.to;
    }
    if (at < to) parts.push(chars.slice(at, to).join(''));
    return parts;
  };
  return withoutEdges(within(0, chars.length));
}

const BLOCKS: ReadonlySet<wire.Style['kind']> = new Set(['code_block', 'quote']);

/** A block stands on lines of its own: the line breaks around it would be empty lines. */
function withoutEdges(parts: readonly Part[]): readonly Part[] {
  const isBlock = (part: Part | undefined) => typeof part === 'object' && BLOCKS.has(part.style.kind);
  const trimmed = parts.map((part, place) => {
    if (typeof part !== 'string') return part;
    const start = isBlock(parts[place - 1]) && part.startsWith('\n') ? 1 : 0;
    const end = isBlock(parts[place + 1]) && part.endsWith('\n') && part.length > start ? 1 : 0;
    return part.slice(start, part.length - end);
  });
  return trimmed.filter(part => part !== '');
}

/** The characters of parts. */
export function charactersOf(parts: readonly Part[]): string {
  return parts.map(part => (typeof part === 'string' ? part : charactersOf(part.parts))).join('');
}

/** An address that may be opened: http, https or mail, and nothing else. */
export function safeHref(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : undefined;
}

/** Where a link leads, as people read it: the host, or the mail address. */
export function placeOf(href: string): string {
  const url = new URL(href);
  return url.protocol === 'mailto:' ? decodeSafely(url.pathname) : url.host;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
