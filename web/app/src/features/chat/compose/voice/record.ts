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
  /** Resolves once nothing more is recorded, though nobody ended it: the microphone was unplugged. */
  readonly ended: Promise<void>;
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
  try {
    return begin(stream);
  } catch (error) {
    // Else the microphone stays on.
    silence(stream);
    throw error;
  }
}

function begin(stream: MediaStream): Recorder {
  const mimeType = TYPES.find(type => MediaRecorder.isTypeSupported(type));
  const options = { audioBitsPerSecond: BITS_PER_SECOND, ...(mimeType && { mimeType }) };
  const recorder = new MediaRecorder(stream, options);
  const chunks: Blob[] = [];
  recorder.addEventListener('dataavailable', event => chunks.push(event.data));
  let endedAt: number | undefined;
  const ended = new Promise<void>(resolve => {
    recorder.addEventListener('stop', () => {
      endedAt ??= performance.now();
      resolve();
    });
  });
  recorder.start();
  const began = performance.now();
  const meter = listen(stream);
  const durationMs = () => (endedAt ?? performance.now()) - began;
  const end = () => {
    meter.end();
    silence(stream);
  };
  return {
    levels: meter.levels,
    durationMs,
    ended,
    async finish() {
      endedAt ??= performance.now();
      if (recorder.state !== 'inactive') recorder.stop();
      await ended;
      end();
      const bytes = new Blob(chunks, { type: recorder.mimeType });
      return { bytes, durationMs: Math.max(1, Math.round(durationMs())), waveform: peaksOf(meter.levels) };
    },
    drop() {
      if (recorder.state !== 'inactive') recorder.stop();
      end();
    },
  };
}

/** Lets go of the microphone. */
function silence(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
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
