import type { RollItem, RollState } from '@parlance/sdk';
import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import { appearance } from '../../platform/index.ts';
import { keyOf } from './slide.ts';
import { Stage } from './stage.ts';

interface StageInput {
  conversationId: string;
  /** Where the viewer is put. */
  ground: RefObject<HTMLElement | null>;
  state: RollState;
  /** The key of the one to begin with. */
  first: string;
  onClosed(): void;
}

/** Keeps the viewer to what there is to see, and tells what it shows. */
export function useStage({ conversationId, ground, state, first, onClosed }: StageInput) {
  const stage = useRef<Stage>(undefined);
  const shownKey = useRef(first);
  const [shown, setShown] = useState<RollItem>();
  const [zoomed, setZoomed] = useState(false);
  const [bare, setBare] = useState(false);
  const { items, ready } = state;
  const closed = useEffectEvent(onClosed);

  // It begins when the picture is known, and anew when some of them are gone.
  useEffect(() => {
    if (!ready || stage.current?.update(items)) return;
    const before = take(stage);
    const place = items.findIndex(item => keyOf(item) === shownKey.current);
    const start = place < 0 && before ? nearest(items, shownKey.current) : place;
    before?.destroy();
    if (start < 0 || !ground.current) return setShown(undefined);
    const made = new Stage({
      conversationId,
      element: ground.current,
      items,
      start,
      calm: before !== undefined || appearance.wantsLessMotion(),
      shown: item => {
        shownKey.current = keyOf(item);
        setShown(item);
      },
      zoomed: setZoomed,
      tapped: () => setBare(now => !now),
      closing: () => stage.current === made && setBare(true),
      closed: () => stage.current === made && closed(),
    });
    stage.current = made;
  }, [ready, items, conversationId, ground]);
  useEffect(() => () => take(stage)?.destroy(), []);

  return {
    shown,
    zoomed,
    bare,
    close: () => (stage.current ? stage.current.close() : onClosed()),
    previous: () => stage.current?.previous(),
    next: () => stage.current?.next(),
    zoom: () => stage.current?.toggleZoom(),
  };
}

/** Takes the viewer away; from then on it tells nothing any more. */
function take(stage: RefObject<Stage | undefined>): Stage | undefined {
  const before = stage.current;
  stage.current = undefined;
  return before;
}

/** The place of what stands closest to one that is gone. */
function nearest(items: readonly RollItem[], key: string): number {
  const index = Number(key.split('/')[0]);
  const after = items.findIndex(({ entry }) => entry.index > index);
  return after >= 0 ? after : items.length - 1;
}
