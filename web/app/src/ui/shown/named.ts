/** A piece of a text: characters, or the name of a custom emoji. */
export type Piece = { readonly text: string; readonly name?: string };

/** Asks for the closing colon and leaves it: it may open the next name. */
const NAME = /:([a-z0-9_+-]{2,32})(?=:)/g;

/** Whether a text may name custom emoji at all. */
export function mayName(text: string): boolean {
  NAME.lastIndex = 0;
  return NAME.test(text);
}

/** A text by the names in it that are known; any other stays as it is written. */
export function namedIn(text: string, known: (name: string) => boolean): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  NAME.lastIndex = 0;
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const name = match[1] ?? '';
    if (!known(name)) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    end = match.index + name.length + 2;
    NAME.lastIndex = end;
    pieces.push({ text: `:${name}:`, name });
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** The same text with any emoji in place of those names, for who counts emoji. */
export function withoutNames(text: string, known: (name: string) => boolean): string {
  if (!mayName(text)) return text;
  return namedIn(text, known)
    .map(piece => (piece.name ? '🙂' : piece.text))
    .join('');
}
