import type { wire } from '@parlance/sdk';
import { describe, expect, it } from 'vitest';
import { buildItems, firstUnread, type MessageItem } from './items.ts';
import { isEmojiOnly, pieces } from '../bubble/links.ts';

const MINUTE = 60_000;
const NOON = new Date(2026, 4, 4, 12).getTime();

function message(index: number, sender: string, minutes: number, id?: string): wire.Entry {
  return {
    index,
    ordinal: index,
    time_ms: NOON + minutes * MINUTE,
    sender,
    session: 's_1',
    ...(id && { client_message_id: id }),
    body: { kind: 'text', text: `message ${index}` },
  };
}

function build(entries: wire.Entry[], unreadFrom?: number) {
  return buildItems({ entries, pending: [], me: 'u_me', unreadFrom }) as MessageItem[];
}

describe('the items of a timeline', () => {
  it('a sticker is one before and after its answer, and neither a picture nor a text', () => {
    const sticker = { file_id: 'f_1', width: 64, height: 32, sticker: { pack_id: 'p_1', emoji: '🐱' } };
    const row = { clientMessageId: 'm1', conversationId: 'g_1', text: '', createdMs: NOON, sticker };
    const [sending] = buildItems({ entries: [], pending: [row], me: 'u_me', unreadFrom: undefined });
    expect(sending).toMatchObject({ sticker, attachments: [], files: undefined });
    const attachment = { kind: 'picture' as const, media_type: 'image/webp', size: 9, ...sticker };
    const entry = { ...message(1, 'u_me', 0, 'm1'), details: { attachments: [attachment] } };
    expect(build([entry])[0]).toMatchObject({ key: sending?.key, attachments: [] });
    // The same object each time: a row that did not change is not drawn again.
    expect(build([entry])[0]?.sticker).toBe(attachment);
    expect(build([{ ...entry, body: { kind: 'gone', reason: 'recalled' } }])[0]?.sticker).toBeUndefined();
  });

  it('group messages of one sender within five minutes of a day', () => {
    const items = build([
      message(1, 'u_a', 0),
      message(2, 'u_a', 4),
      message(3, 'u_a', 10),
      message(4, 'u_b', 11),
      message(5, 'u_b', 24 * 60),
    ]);
    expect(items.map(({ first, last }) => [first, last])).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, true],
    ]);
    expect(items.map(item => item.newDay)).toEqual([true, false, false, false, true]);
  });

  it('break a group at the unread divider', () => {
    const items = build([message(1, 'u_a', 0), message(2, 'u_a', 1)], 2);
    expect(items.map(({ first, last, unreadBegins }) => [first, last, unreadBegins])).toEqual([
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('keep a key from the outbox to the log, and show a message once while both have it', () => {
    const pending = [{ clientMessageId: 'm1', conversationId: 'g_1', text: 'message 1', createdMs: NOON }];
    const sending = buildItems({ entries: [], pending, me: 'u_me', unreadFrom: undefined });
    const both = buildItems({
      entries: [message(1, 'u_me', 0, 'm1')],
      pending,
      me: 'u_me',
      unreadFrom: undefined,
    });
    expect(sending).toMatchObject([{ state: 'sending', own: true }]);
    expect(both).toMatchObject([{ state: 'sent', own: true, index: 1 }]);
    expect(both[0]?.key).toBe(sending[0]?.key);
  });

  it('do not show technical entries', () => {
    const technical: wire.Entry = {
      ...message(2, 'u_a', 1),
      body: { kind: 'fan_out_changed', fan_out: 'read' },
    };
    expect(build([message(1, 'u_a', 0), technical])).toHaveLength(1);
  });

  it('know the first unread message of somebody else', () => {
    const entries = [message(1, 'u_a', 0), message(2, 'u_me', 1), message(3, 'u_a', 2)];
    expect(firstUnread(entries, 1, 'u_me')).toBe(3);
    expect(firstUnread(entries, 3, 'u_me')).toBeUndefined();
  });
});

describe('the text of a message', () => {
  it('has links for web addresses only, without the punctuation of the sentence', () => {
    expect(pieces('see (https://example.org/a?b=1), or javascript:alert(1)')).toEqual([
      { text: 'see (' },
      { text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
      { text: '), or javascript:alert(1)' },
    ]);
    expect(pieces('no link')).toEqual([{ text: 'no link' }]);
    expect(pieces('https://')).toEqual([{ text: 'https://' }]);
  });

  it('is large for up to three emoji alone', () => {
    expect(['👋', '👋 👍🏽', '👨‍👩‍👧', '👋👋👋👋', 'hi 👋', '1'].map(isEmojiOnly)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
