import type { Style } from '../gen/wire.gen.ts';

/** Signs within signs, at most. */
export const DEPTH = 8;
/** How far the other end of a pair of signs is looked for, in characters. */
export const REACH = 4_000;
/** Spans of a message, at most. */
export const SPANS_MAX = 200;
/** Longest label or address of a link that is looked for, in characters. */
export const LINK_REACH = 2_000;
/** Longest address, in bytes. */
const URL_MAX_BYTES = 2_048;

/** The signs that stand in pairs; longer ones first. */
export const PAIRS: readonly (readonly [string, Style])[] = [
  ['**', { kind: 'bold' }],
  ['~~', { kind: 'strike' }],
  ['||', { kind: 'spoiler' }],
  ['*', { kind: 'italic' }],
  ['_', { kind: 'italic' }],
];

/** Characters that are not seen, or change how others are seen. */
const HIDDEN =
  /[\s\p{Cc}\u{ad}\u{61c}\u{180e}\u{feff}\u{2028}\u{2029}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}]/u;

export function isWord(one: string | undefined): boolean {
  return one !== undefined && /[\p{Alphabetic}\p{N}]/u.test(one);
}

export function isSpace(one: string | undefined): boolean {
  return one === undefined || /\s/u.test(one);
}

export function isSign(one: string | undefined): boolean {
  return one !== undefined && /[!-/:-@[-`{-~]/.test(one);
}

export function isLanguage(name: string): boolean {
  return /^[A-Za-z0-9+#-]{1,32}$/.test(name);
}

export function isUserId(text: string): boolean {
  return /^u_[0-9a-z]{13}$/.test(text);
}

/** Whether an address may be linked: http, https and mailto, and nothing invisible in it. The server's own rule. */
export function isSafeUrl(url: string): boolean {
  if (new TextEncoder().encode(url).length > URL_MAX_BYTES) return false;
  if (HIDDEN.test(url) || /[\\"<>]/.test(url)) return false;
  if (/^mailto:/i.test(url)) return url.includes('@');
  return /^https?:\/\//i.test(url) && hostOf(url) !== '';
}

/** The host in an address: names before an `@` are not it. */
export function hostOf(url: string): string {
  const authority = url.replace(/^[a-z]+:\/\//i, '').split(/[/?#]/)[0] ?? '';
  return (authority.split('@').at(-1) ?? '').split(':')[0] ?? '';
}
