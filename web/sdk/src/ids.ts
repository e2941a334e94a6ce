import type { ConversationId, UserId } from './gen/wire.gen.ts';

/** The direct conversation of two users. Ids sort like their numbers, and the lower one comes first. */
export function directConversation(one: UserId, other: UserId): ConversationId {
  const [low, high] = one <= other ? [one, other] : [other, one];
  return `d_${low.slice(2)}_${high.slice(2)}`;
}

/** The other side of a direct conversation as `me` sees it; undefined for groups and strangers' conversations. */
export function peerOf(conversation: ConversationId, me: UserId): UserId | undefined {
  const [kind, low, high] = conversation.split('_');
  if (kind !== 'd') return undefined;
  const mine = me.slice(2);
  if (low === mine) return `u_${high}`;
  if (high === mine) return `u_${low}`;
  return undefined;
}

/** A UUID of version 7: unique, and later ones sort after earlier ones. */
export function uuidv7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = now;
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** The digits of ids: Crockford's base 32. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id right before a user's, so that a page after it begins with that user. */
export function idBefore(user: UserId): UserId {
  const digits = [...user.slice(2)];
  for (let place = digits.length - 1; place >= 0; place--) {
    const value = DIGITS.indexOf(digits[place]!);
    digits[place] = DIGITS[value > 0 ? value - 1 : DIGITS.length - 1]!;
    if (value > 0) break;
  }
  return `u_${digits.join('')}`;
}
