import { EMPTY_TIMELINE, type Timeline, type TimelineState } from '@parlance/sdk';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useClient } from '../../platform/index.ts';

const never = () => () => undefined;

/** Keeps a conversation's timeline open while it is on screen. */
export function useTimeline(id: string): { timeline: Timeline | undefined; state: TimelineState } {
  const client = useClient();
  const [timeline, setTimeline] = useState<Timeline>();
  useEffect(() => {
    setTimeline(client.open(id));
    return () => client.close(id);
  }, [client, id]);
  const state = useSyncExternalStore(
    timeline?.state.subscribe ?? never,
    () => timeline?.state.get() ?? EMPTY_TIMELINE,
  );
  return { timeline, state };
}
