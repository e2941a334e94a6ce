import { expect, it } from 'vitest';
import { presenceText } from './presence.ts';

const NOW = new Date(2026, 5, 15, 14, 30).getTime();
const MINUTE = 60_000;

const seen = (ago: number) =>
  presenceText({ user_id: 'u', status: 'offline', last_seen_ms: NOW - ago * MINUTE }, NOW);

it('tells when somebody was last seen, the less exactly the longer ago', () => {
  expect(seen(0)).toBe('last seen just now');
  expect(seen(-5)).toBe('last seen just now');
  expect(seen(1)).toBe('last seen 1 minute ago');
  expect(seen(28)).toBe('last seen 28 minutes ago');
  expect(seen(90)).toMatch(/^last seen today at 0?1:00/);
  expect(seen(24 * 60)).toMatch(/^last seen yesterday at 0?2:30/);
  expect(seen(3 * 24 * 60)).toBe('last seen on June 12');
  expect(seen(400 * 24 * 60)).toBe('last seen on May 11, 2025');
});

it('tells no more than is shown', () => {
  expect(presenceText(undefined)).toBeUndefined();
  expect(presenceText({ user_id: 'u', status: 'unknown' })).toBeUndefined();
  expect(presenceText({ user_id: 'u', status: 'offline' })).toBe('offline');
  expect(presenceText({ user_id: 'u', status: 'online' })).toBe('online');
});
