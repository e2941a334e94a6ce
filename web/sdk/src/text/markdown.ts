import type { Style, TextSpan, UserId } from '../gen/wire.gen.ts';
import {
  DEPTH,
  LINK_REACH,
  PAIRS,
  REACH,
  SPANS_MAX,
  isLanguage,
  isSafeUrl,
  isSign,
  isSpace,
  isUserId,
  isWord,
} from './signs.ts';

/** A text and how parts of it are styled: sorted, properly nested, places in Unicode scalar values. */
export interface Styled {
  readonly text: string;
  readonly spans: TextSpan[];
}

export interface MarkdownOptions {
  /** Whom “@Name” means, by the whole label with its `@`. */
  mentions?: ReadonlyMap<string, UserId>;
  /** Whether `@all` is more than a text. */
  mentionAll?: boolean;
}

/**
 * Reads a part of Markdown in one pass, by the server's own grammar: what does not fit stays as it was written. It is
 * read here so that a message on its way already looks as it will.
 */
export function markdown(source: string, options: MarkdownOptions = {}): Styled {
  const writer = new Writer(options);
  const lines = source.split('\n').map(line => [...line]);
  for (let at = 0; at < lines.length;) {
    if (at > 0) writer.out.push('\n');
    at = writer.block(lines, at);
  }
  // Of two over the same text the outer one was written last.
  const outerFirst = writer.spans.toReversed().toSorted((a, b) => a.from - b.from || b.to - a.to);
  const spans = outerFirst.slice(0, SPANS_MAX);
  return { text: writer.out.join(''), spans };
}

class Writer {
  readonly out: string[] = [];
  readonly spans: TextSpan[] = [];
  readonly #options: MarkdownOptions;
  /** Labels of people, longer ones first, so that “@Ann Lee” is not read as “@Ann”. */
  readonly #labels: readonly string[][];

  constructor(options: MarkdownOptions) {
    this.#options = options;
    const labels = [...(options.mentions?.keys() ?? [])].map(label => [...label]);
    this.#labels = labels.toSorted((a, b) => b.length - a.length);
  }

  /** Reads the block that begins at a line; answers the line after it. */
  block(lines: readonly string[][], at: number): number {
    const fence = fenceEnd(lines, at);
    if (fence !== undefined) return this.#fenced(lines, at, fence);
    const quoted = (line: string[] | undefined) => line?.[0] === '>';
    let end = at;
    while (quoted(lines[end])) end += 1;
    if (end > at) {
      const from = this.out.length;
      this.#inline(joined(lines.slice(at, end).map(unquoted)), 0);
      this.#span(from, { kind: 'quote' });
      return end;
    }
    end = at + 1;
    while (end < lines.length && !quoted(lines[end]) && fenceEnd(lines, end) === undefined) end += 1;
    this.#inline(joined(lines.slice(at, end)), 0);
    return end;
  }

  #fenced(lines: readonly string[][], at: number, end: number): number {
    const name = lines[at]!.slice(3).join('').trim();
    const from = this.out.length;
    this.out.push(...joined(lines.slice(at + 1, end)));
    this.#span(from, { kind: 'code_block', ...(isLanguage(name) && { language: name }) });
    return end + 1;
  }

  /** A span from a place to what was written last, unless that is nothing. */
  #span(from: number, style: Style): void {
    if (this.out.length > from) this.spans.push({ from, to: this.out.length, style });
  }

  #inline(chars: readonly string[], depth: number): void {
    for (let at = 0; at < chars.length;) at = this.#piece(chars, at, depth);
  }

  #piece(chars: readonly string[], at: number, depth: number): number {
    const sign = chars[at]!;
    if (sign === '\\' && isSign(chars[at + 1])) {
      this.out.push(chars[at + 1]!);
      return at + 2;
    }
    if (sign === '`') return this.#code(chars, at);
    if (sign === '[') return this.#link(chars, at, depth);
    if (sign === '@') return this.#mention(chars, at);
    if ('*_~|'.includes(sign) && depth < DEPTH) return this.#pair(chars, at, depth);
    return this.#literal(chars, at);
  }

  #literal(chars: readonly string[], at: number): number {
    this.out.push(chars[at]!);
    return at + 1;
  }

  #code(chars: readonly string[], at: number): number {
    const end = chars.indexOf('`', at + 1);
    if (end < 0 || end === at + 1 || end > at + REACH) return this.#literal(chars, at);
    const from = this.out.length;
    this.out.push(...chars.slice(at + 1, end));
    this.#span(from, { kind: 'code' });
    return end + 1;
  }

  #pair(chars: readonly string[], at: number, depth: number): number {
    for (const [sign, style] of PAIRS) {
      if (!startsWith(chars, at, [...sign])) continue;
      const start = at + sign.length;
      const end = closing(chars, at, start, [...sign]);
      if (end === undefined) continue;
      const from = this.out.length;
      this.#inline(chars.slice(start, end), depth + 1);
      this.#span(from, style);
      return end + sign.length;
    }
    return this.#literal(chars, at);
  }

  /** `[text](address)`. The text is taken as it stands: no link in a link. */
  #link(chars: readonly string[], at: number, depth: number): number {
    const labelEnd = within(chars, at + 1, ']');
    if (labelEnd === undefined || labelEnd === at + 1) return this.#literal(chars, at);
    const label = chars.slice(at + 1, labelEnd);
    if (chars[labelEnd + 1] !== '(' || label.includes('[') || depth > DEPTH) return this.#literal(chars, at);
    const end = within(chars, labelEnd + 2, ')');
    if (end === undefined) return this.#literal(chars, at);
    const url = chars.slice(labelEnd + 2, end).join('');
    const person = isUserId(url);
    if (!person && !isSafeUrl(url)) return this.#literal(chars, at);
    const from = this.out.length;
    this.out.push(...label);
    this.#span(from, person ? { kind: 'mention', user_id: url } : { kind: 'link', url });
    return end + 1;
  }

  #mention(chars: readonly string[], at: number): number {
    const ends = (label: readonly string[]) =>
      startsWith(chars, at, label) && !isWord(chars[at + label.length]) && !isWord(chars[at - 1]);
    const label = this.#labels.find(ends);
    const user = label && this.#options.mentions?.get(label.join(''));
    const all = ['@', 'a', 'l', 'l'];
    if (label && user) return this.#labelled(label, at, { kind: 'mention', user_id: user });
    if (this.#options.mentionAll && ends(all)) return this.#labelled(all, at, { kind: 'mention_all' });
    return this.#literal(chars, at);
  }

  #labelled(label: readonly string[], at: number, style: Style): number {
    const from = this.out.length;
    this.out.push(...label);
    this.#span(from, style);
    return at + label.length;
  }
}

function joined(lines: readonly (readonly string[])[]): string[] {
  return lines.flatMap((line, place) => (place === 0 ? line : ['\n', ...line]));
}

function startsWith(chars: readonly string[], at: number, sign: readonly string[]): boolean {
  return sign.every((one, place) => chars[at + place] === one);
}

function within(chars: readonly string[], from: number, sign: string): number | undefined {
  const end = chars.indexOf(sign, from);
  return end < 0 || end >= from + LINK_REACH ? undefined : end;
}

/** The line that ends a fenced block which begins at a line and is not empty. */
function fenceEnd(lines: readonly string[][], at: number): number | undefined {
  const fence = ['`', '`', '`'];
  const first = lines[at]!;
  if (!startsWith(first, 0, fence) || first.includes('`', 3)) return undefined;
  const end = lines.findIndex((line, place) => place > at && line.join('') === '```');
  return end < 0 ? undefined : end;
}

function unquoted(line: readonly string[]): string[] {
  return line.slice(line[1] === ' ' ? 2 : 1);
}

/** Where the second of a pair of signs stands. Signs that stand off from what they enclose are none. */
function closing(
  chars: readonly string[],
  at: number,
  start: number,
  sign: readonly string[],
): number | undefined {
  const single = sign.length === 1 ? sign[0] : undefined;
  if (isSpace(chars[start]) || (single === '_' && isWord(chars[at - 1]))) return undefined;
  const last = Math.min(chars.length, start + REACH);
  for (let place = start + 1; place + sign.length <= last; place++) {
    if (!startsWith(chars, place, sign) || isSpace(chars[place - 1]) || chars[place - 1] === '\\') continue;
    // A single star does not end at a double one.
    if (single === '*' && (chars[place + 1] === '*' || chars[place - 1] === '*')) continue;
    if (single === '_' && isWord(chars[place + 1])) continue;
    return place;
  }
  return undefined;
}
