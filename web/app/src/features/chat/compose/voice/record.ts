import { peaksOf } from './peaks.ts';

/** In this order: what every browser plays comes first. */
const TYPES = ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus'];
const SAMPLE_MS = 50;
const BITS_PER_SECOND = 48_000;

/** What was said. */
export interface Recording {
  readonly bytes: Blob;
  readonly durationMs: number;
  /** 64 peaks from 0 to 255. */
  readonly waveform: number[];
}

/** A recording that is being made. */
export interface Recorder {
  /** How loud it has been, one value from 0 to 1 for each twentieth of a second. */
  readonly levels: readonly number[];
  durationMs(): number;
  /** Ends it. */
  finish(): Promise<Recording>;
  /** Ends it and forgets what was said. */
  drop(): void;
}

export type Hindrance = 'denied' | 'missing' | 'insecure';

/** Why there is no recording. */
export class CannotRecord extends Error {
  readonly why: Hindrance;

  constructor(why: Hindrance) {
    super(why);
    this.why = why;
  }
}

/** Begins to record; rejects with `CannotRecord`. */
export async function record(): Promise<Recorder> {
  // Browsers have microphones on secure addresses only.
  if (!navigator.mediaDevices || typeof MediaRecorder !== 'function') throw new CannotRecord('insecure');
  const stream = await navigator.mediaDevices
    .getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    .catch((error: unknown) => {
      const denied = error instanceof DOMException && error.name === 'NotAllowedError';
      throw new CannotRecord(denied ? 'denied' : 'missing');
    });
  const mimeType = TYPES.find(type => MediaRecorder.isTypeSupported(type));
  const options = { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType && { mimeType }) };
  const recorder = new MediaRecorder(stream, options);
  const chunks: Blob[] = [];
  recorder.addEventListener('dataavailable', event => chunks.push(event.data));
  const meter = listen(stream);
  const began = performance.now();
  recorder.start();
  const end = () => {
    meter.end();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    levels: meter.levels,
    durationMs: () => performance.now() - began,
    async finish() {
      const durationMs = Math.max(1, Math.round(performance.now() - began));
      const stopped = new Promise(resolve => recorder.addEventListener('stop', resolve, { once: true }));
      // It may have ended by itself: the microphone was unplugged.
      if (recorder.state !== 'inactive') {
        recorder.stop();
        await stopped;
      }
      end();
      const bytes = new Blob(chunks, { type: recorder.mimeType });
      return { bytes, durationMs, waveform: peaksOf(meter.levels) };
    },
    drop() {
      if (recorder.state !== 'inactive') recorder.stop();
      end();
    },
  };
}

/** Measures how loud it is. */
function listen(stream: MediaStream): { levels: number[]; end(): void } {
  const levels: number[] = [];
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    levels.push(Math.min(1, Math.max(...samples.map(Math.abs))));
  }, SAMPLE_MS);
  return {
    levels,
    end() {
      clearInterval(timer);
      void context.close();
    },
  };
}
