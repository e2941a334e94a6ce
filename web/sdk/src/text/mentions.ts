import type { UserId } from '../gen/wire.gen.ts';

/** A text being written, and whom its “@Name” mean. */
export interface Written {
  readonly text: string;
  readonly mentions: ReadonlyMap<string, UserId>;
}

const PACKED = /\[(@[^[\]\n]+)\]\((u_[0-9a-z]{13})\)/g;

/** One text that says whom it mentions, as drafts keep it. */
export function packMentions({ text, mentions }: Written): string {
  const labels = [...mentions.keys()].toSorted((a, b) => b.length - a.length);
  if (labels.length === 0) return text;
  const any = new RegExp(labels.map(escaped).join('|'), 'g');
  return text.replace(any, label => `[${label}](${mentions.get(label)})`);
}

/** The other way round. */
export function unpackMentions(packed: string): Written {
  const mentions = new Map<string, UserId>();
  const text = packed.replace(PACKED, (_, label: string, user: UserId) => {
    mentions.set(label, user);
    return label;
  });
  return { text, mentions };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
