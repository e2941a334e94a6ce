import type { wire } from '@parlance/sdk';
import { useEffect, useReducer, useState } from 'react';
import { useBlocked, useClient, useWatched, type Title } from '../../../../platform/index.ts';
import { standingOf, type Standing } from './standing.ts';

/** What one may do here, now: a mute or a wait of slow mode ends by itself. */
export function useStanding(
  conversationId: string,
  row: wire.ConversationSummary | undefined,
  title: Title,
  lastOwnMs: number | undefined,
): Standing {
  const client = useClient();
  const blocked = useBlocked(title.peer?.user_id);
  const group = title.group ? client.groups.get(conversationId).settings : undefined;
  const { value: settings } = useWatched(group);
  // This device's time, and how far the server's clock is ahead of it.
  const [{ now, aheadMs }, look] = useReducer(() => moment(client.clock), client.clock, moment);
  const told = standingOf({ row, peer: title.peer, blocked, settings, lastOwnMs, now: now + aheadMs });
  const standing = here(told, aheadMs);
  const until = standing.kind === 'muted' ? standing.until : standing.kind === 'write' && standing.slowUntil;

  // One's own message begins the wait at a time of the server's, which may be ahead of the last look at the clock.
  useEffect(look, [look, lastOwnMs, settings]);
  useEffect(() => {
    if (!until) return;
    // A timer takes at most so long; a mute may be for years.
    const timer = setTimeout(look, Math.min(until - Date.now() + 50, 3_600_000));
    return () => clearTimeout(timer);
  }, [until, now]);
  return standing;
}

function moment(clock: { now(): number }) {
  const now = Date.now();
  return { now, aheadMs: clock.now() - now };
}

/** Times of the server's clock become such of this device's, which the timers go by. */
function here(standing: Standing, aheadMs: number): Standing {
  if (standing.kind === 'muted') return { ...standing, until: standing.until - aheadMs };
  if (standing.kind !== 'write' || standing.slowUntil === undefined) return standing;
  return { ...standing, slowUntil: standing.slowUntil - aheadMs };
}

/** Seconds until then, counted down. */
export function useSecondsUntil(until: number | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - now) / 1_000));
}
