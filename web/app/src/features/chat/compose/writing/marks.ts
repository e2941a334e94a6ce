/** A text with a selection in it. */
export interface Selected {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

export type Mark = 'bold' | 'italic' | 'strike' | 'code' | 'spoiler' | 'quote' | 'link';

const SIGNS: Partial<Record<Mark, string>> = {
  bold: '**',
  italic: '_',
  strike: '~~',
  code: '`',
  spoiler: '||',
};

/** What takes the place of the selection, or of what is around it, and what is selected then. */
export interface Change {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly select: readonly [number, number];
}

/** Puts a mark on the selection, or takes it away where it is. */
export function marked({ text, from, to }: Selected, mark: Mark): Change {
  const picked = text.slice(from, to);
  if (mark === 'quote') return quoted(text, from, to);
  if (mark === 'link') return linked(picked, from, to);
  const sign = picked.includes('\n') && mark === 'code' ? undefined : SIGNS[mark];
  if (!sign) return fenced(picked, from, to);
  const { length } = sign;
  if (text.slice(from - length, from) === sign && text.slice(to, to + length) === sign) {
    const select = [from - length, to - length] as const;
    return { from: from - length, to: to + length, insert: picked, select };
  }
  // A sign that stands off from its text is none: spaces stay outside.
  const [, before = '', inner = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(picked) ?? [];
  const start = from + before.length + length;
  const insert = before + sign + inner + sign + after;
  return { from, to, insert, select: [start, start + inner.length] };
}

function fenced(picked: string, from: number, to: number): Change {
  const insert = `\`\`\`\n${picked}\n\`\`\``;
  return { from, to, insert, select: [from + 4, from + 4 + picked.length] };
}

function quoted(text: string, from: number, to: number): Change {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const lines = text.slice(start, to).split('\n');
  const all = lines.every(line => line.startsWith('> '));
  const insert = lines.map(line => (all ? line.slice(2) : `> ${line}`)).join('\n');
  return { from: start, to, insert, select: [start, start + insert.length] };
}

/** The address is what is typed next; an address that was selected becomes the link's. */
function linked(picked: string, from: number, to: number): Change {
  if (/^https?:\/\/\S+$/.test(picked)) {
    return { from, to, insert: `[](${picked})`, select: [from + 1, from + 1] };
  }
  const place = from + picked.length + 3;
  return { from, to, insert: `[${picked}]()`, select: [place, place] };
}
