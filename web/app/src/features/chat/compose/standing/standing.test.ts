import type { wire } from '@parlance/sdk';
import { describe, expect, it } from 'vitest';
import { standingOf, type StandingInput } from './standing.ts';

const NOW = 1_000_000;
const row = { kind: 'group', role: 'member' } as wire.ConversationSummary;

function settings(change: object = {}, group: object = {}): wire.ConversationSettings {
  return {
    rights: { post: true, mention_all: true },
    settings: { slow_mode_s: 0, who_posts: 'members', ...group },
    ...change,
  } as wire.ConversationSettings;
}

function standing(input: Partial<StandingInput>) {
  const nothing = {
    row,
    peer: undefined,
    blocked: false,
    settings: settings(),
    lastOwnMs: undefined,
    now: NOW,
  };
  return standingOf({ ...nothing, ...input });
}

describe('what one may do', () => {
  it('is to write, while nothing is known against it', () => {
    expect(standing({})).toEqual({ kind: 'write', mentionAll: true });
    expect(standing({ settings: undefined })).toEqual({ kind: 'write', mentionAll: false });
  });

  it('says why not', () => {
    expect(standing({ row: { ...row, request: true } })).toMatchObject({ kind: 'write', request: true });
    expect(standing({ blocked: true }).kind).toBe('blocked');
    expect(standing({ peer: { disabled: true } as wire.User }).kind).toBe('disabled');
    const muted = settings({ muted_until_ms: NOW + 1 });
    expect(standing({ settings: muted })).toEqual({ kind: 'muted', until: NOW + 1 });
    expect(standing({ settings: settings({ muted_until_ms: NOW }) }).kind).toBe('write');
    const reader = settings({ rights: { post: false } }, { who_posts: 'admins' });
    expect(standing({ settings: reader })).toEqual({ kind: 'reader', channel: false, who: 'admins' });
  });

  it('waits in slow mode, which concerns members only', () => {
    const slow = settings({}, { slow_mode_s: 10 });
    expect(standing({ settings: slow, lastOwnMs: NOW - 4_000 })).toMatchObject({ slowUntil: NOW + 6_000 });
    expect(standing({ settings: slow, lastOwnMs: NOW - 10_000 })).not.toHaveProperty('slowUntil');
    const admin = { ...row, role: 'admin' as const };
    expect(standing({ settings: slow, lastOwnMs: NOW, row: admin })).not.toHaveProperty('slowUntil');
  });
});
