import { expect, it } from 'vitest';
import type { ConversationSummary, Entry, Notifications } from '../src/gen/wire.gen.ts';
import { isQuiet, notifies } from '../src/model/notify.ts';
import { ANN, BOB, SESSION } from './fakeServer.ts';

const settings: Notifications = { direct: 'all', groups: 'mentions', preview: true, sound: true };
const nowMs = Date.UTC(2026, 0, 1, 23, 30);

function row(more: Partial<ConversationSummary>): ConversationSummary {
  return { conversation_id: 'g_0000000000001', kind: 'group', ...more } as ConversationSummary;
}

function said(mentioned?: string): Entry {
  const spans = mentioned
    ? [{ from: 0, to: 1, style: { kind: 'mention', user_id: mentioned } as const }]
    : [];
  const body = { kind: 'text', text: 'hello' } as const;
  return { index: 1, ordinal: 1, time_ms: nowMs, sender: BOB, session: SESSION, body, details: { spans } };
}

const asks = (more: Partial<ConversationSummary>, entry = said(), chosen = settings) =>
  notifies({ row: row(more), entry, settings: chosen, me: ANN, nowMs });

it('a direct chat notifies of every message, a group of mentions, unless chosen otherwise', () => {
  expect(asks({ kind: 'direct' })).toBe(true);
  expect(asks({})).toBe(false);
  expect(asks({}, said(ANN))).toBe(true);
  expect(asks({}, said(BOB))).toBe(false);
  expect(asks({ personal: { archived: false, notify: 'all' } })).toBe(true);
  expect(asks({ kind: 'direct', personal: { archived: false, notify: 'nothing' } })).toBe(false);
});

it('what is muted, a request or one’s own makes no noise', () => {
  expect(asks({ kind: 'direct', personal: { archived: false, muted_until_ms: nowMs + 1 } })).toBe(false);
  expect(asks({ kind: 'direct', personal: { archived: false, muted_until_ms: nowMs - 1 } })).toBe(true);
  expect(asks({ kind: 'direct', request: true })).toBe(false);
  expect(asks({ kind: 'direct' }, { ...said(), sender: ANN })).toBe(false);
});

it('quiet hours go by the wall’s clock, over midnight too', () => {
  const night = { from_minute: 22 * 60, to_minute: 7 * 60, utc_offset_minutes: 0 };
  expect(isQuiet(night, nowMs)).toBe(true);
  expect(isQuiet({ ...night, utc_offset_minutes: 8 * 60 }, nowMs)).toBe(false);
  expect(isQuiet({ from_minute: 9 * 60, to_minute: 17 * 60, utc_offset_minutes: 0 }, nowMs)).toBe(false);
  expect(asks({ kind: 'direct' }, said(), { ...settings, quiet_hours: night })).toBe(false);
});
