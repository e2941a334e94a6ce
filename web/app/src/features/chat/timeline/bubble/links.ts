/** A piece of a message: plain text, or a web address. */
export type Piece = { readonly text: string; readonly href?: string };

const ADDRESS = /https?:\/\/[^\s<>"'`]+/giu;
/** Punctuation after an address belongs to the sentence. */
const TAIL = /[.,;:!?)\]}…]+$/u;

/** Finds web addresses. Only http and https ever become links. */
export function pieces(text: string): Piece[] {
  const result: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TAIL, '');
    if (!URL.canParse(address)) continue;
    if (match.index > end) result.push({ text: text.slice(end, match.index) });
    result.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) result.push({ text: text.slice(end) });
  return result;
}

/** Whether a message is one to three emoji and nothing else, which is shown large. */
export function isEmojiOnly(text: string): boolean {
  return /^(?:\p{RGI_Emoji}\s*){1,3}$/v.test(text);
}
