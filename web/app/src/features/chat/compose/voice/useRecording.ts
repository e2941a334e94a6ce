import { useCallback, useEffect, useRef, useState } from 'react';
import type { Press } from './press.ts';
import { CannotRecord, record, type Hindrance, type Recorder, type Recording } from './record.ts';

/** A press that is shorter is a tap: the recording goes on without it. */
const TAP_MS = 400;
/** What is shorter than this is no message. */
const SHORTEST_MS = 600;
/** A recording ends by itself. */
const LONGEST_MS = 60 * 60_000;
/** How far the press is moved to give it up, and to let go of it. */
export const CANCEL_PX = 110;
export const LOCK_PX = 64;

export type Stage =
  | { readonly at: 'asking' }
  | { readonly at: 'recording'; readonly recorder: Recorder; readonly held: boolean }
  | { readonly at: 'heard'; readonly recording: Recording }
  | { readonly at: 'hindered'; readonly why: Hindrance };

interface RecordingState {
  readonly stage: Stage;
  /** Ends the recording, to be heard before it is sent. */
  stop(): void;
  /** Sends it as it is. */
  send(): void;
}

/** One voice message, from the first moment until it is sent or given up. */
export function useRecording(
  press: Press,
  onSend: (recording: Recording) => void,
  onClose: () => void,
): RecordingState {
  const [stage, setStage] = useState<Stage>({ at: 'asking' });
  const recorder = useRef<Recorder>(undefined);
  // What was told last: this component is made anew for each recording.
  const told = useRef({ onSend, onClose });

  useEffect(() => {
    told.current = { onSend, onClose };
  });

  const finish = useCallback(async (then: (recording: Recording) => void) => {
    const running = recorder.current;
    recorder.current = undefined;
    if (running) then(await running.finish());
  }, []);

  const stop = useCallback(() => {
    void finish(recording => setStage({ at: 'heard', recording }));
  }, [finish]);

  useEffect(() => {
    let wanted = true;
    const asked = performance.now();
    const follow = () => {
      const running = recorder.current;
      if (!running) return;
      if (press.back > CANCEL_PX) return told.current.onClose();
      const locked = press.up > LOCK_PX || (!press.down && press.heldMs < TAP_MS);
      if (locked || press.down) {
        if (locked) press.end();
        return setStage({ at: 'recording', recorder: running, held: press.down && !locked });
      }
      if (running.durationMs() < SHORTEST_MS) return told.current.onClose();
      void finish(recording => told.current.onSend(recording));
    };
    record().then(
      running => {
        if (!wanted) return running.drop();
        recorder.current = running;
        // Whoever had to answer the browser first has let go for that.
        const held = press.down && performance.now() - asked < TAP_MS;
        if (!held) press.end();
        else press.onChange = follow;
        setStage({ at: 'recording', recorder: running, held });
        void running.ended.then(() => recorder.current === running && stop());
      },
      (error: unknown) => {
        if (wanted) setStage({ at: 'hindered', why: error instanceof CannotRecord ? error.why : 'missing' });
      },
    );
    return () => {
      wanted = false;
      press.end();
      recorder.current?.drop();
      recorder.current = undefined;
    };
  }, [press, finish, stop]);

  useEffect(() => {
    if (stage.at !== 'recording') return;
    const timer = setTimeout(stop, LONGEST_MS);
    return () => clearTimeout(timer);
  }, [stage.at, stop]);

  const send = useCallback(() => {
    if (stage.at === 'heard') told.current.onSend(stage.recording);
    else void finish(recording => told.current.onSend(recording));
  }, [stage, finish]);

  return { stage, stop, send };
}
