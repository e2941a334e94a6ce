import type { Latencies, Overview, ServerFigures } from '../../gen/wire.gen.ts';
import { Cell, type Readable } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';

/** How often the server is asked for what it measures. */
const FIGURES_MS = 2_000;
/** Counting users and groups is work for a large server: it is asked for less often. */
const OVERVIEW_EVERY = 5;
/** Samples that are kept: five minutes. */
const SAMPLES_MAX = 150;

/** Each sample looks back over so many answers, 20 seconds: few messages a second would jump up and down else. */
const SPAN = 10;

/** How long most took, in milliseconds; nothing if nothing was measured in that time. */
export interface Quantiles {
  readonly half: number;
  readonly most: number;
}

/** What a server did between two moments. */
export interface Sample {
  readonly timeMs: number;
  readonly onlineUsers: number;
  readonly connections: number;
  readonly messagesPerMinute: number;
  readonly acknowledgement: Quantiles | undefined;
  readonly delivery: Quantiles | undefined;
}

export interface FiguresState {
  readonly overview: Overview | undefined;
  readonly figures: ServerFigures | undefined;
  /** Oldest first. */
  readonly samples: readonly Sample[];
  /** How long deliveries took since the watch began. */
  readonly delivered: Latencies | undefined;
  /** Why the last reading failed; what was known before stays. */
  readonly error: unknown;
}

const NOTHING: FiguresState = {
  overview: undefined,
  figures: undefined,
  samples: [],
  delivered: undefined,
  error: undefined,
};

/** How the server is doing, sampled while somebody watches. */
export class Figures {
  readonly #state = new Cell<FiguresState>(NOTHING);
  readonly #call: Call;
  /** The first answer of this start of the server. */
  #first: ServerFigures | undefined;
  /** The latest answers, oldest first. */
  #recent: ServerFigures[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchers = 0;
  #turn = 0;

  constructor(call: Call) {
    this.#call = call;
  }

  get state(): Readable<FiguresState> {
    return this.#state;
  }

  /** Samples from now on; returns how to stop. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) {
      this.#turn = 0;
      void this.#tick();
    }
    let watching = true;
    return () => {
      if (watching) this.#watchers -= 1;
      watching = false;
      if (this.#watchers === 0) clearTimeout(this.#timer);
    };
  }

  /** Asks at once, after an error. */
  retry(): void {
    this.#turn = 0;
    void this.#tick();
  }

  async #tick(): Promise<void> {
    clearTimeout(this.#timer);
    try {
      await this.#read();
    } catch (error) {
      this.#state.set({ ...this.#state.get(), error });
    }
    clearTimeout(this.#timer);
    if (this.#watchers > 0) this.#timer = setTimeout(() => void this.#tick(), FIGURES_MS);
  }

  async #read(): Promise<void> {
    const asks = this.#turn++ % OVERVIEW_EVERY === 0;
    const [figures, fresh] = await Promise.all([
      this.#call('admin.figures', {}),
      asks ? this.#call('admin.overview', {}) : undefined,
    ]);
    const state = this.#state.get();
    const overview = fresh ?? state.overview;
    // Counts of another start of the server have nothing in common with those before.
    const restarted = state.figures !== undefined && figures.messages < state.figures.messages;
    if (restarted || !this.#first) this.#first = figures;
    if (restarted) this.#recent = [];
    const [before] = this.#recent;
    this.#recent = [...this.#recent, figures].slice(-SPAN);
    const sample = before && between(before, figures, overview?.online_users ?? 0);
    this.#state.set({
      overview,
      figures,
      samples: sample ? [...state.samples, sample].slice(-SAMPLES_MAX) : state.samples,
      delivered: difference(this.#first.delivery, figures.delivery),
      error: undefined,
    });
  }
}

/** What happened between two answers. */
export function between(before: ServerFigures, after: ServerFigures, onlineUsers: number): Sample {
  const minutes = Math.max(1, after.time_ms - before.time_ms) / 60_000;
  return {
    timeMs: after.time_ms,
    onlineUsers,
    connections: after.connections,
    messagesPerMinute: Math.max(0, after.messages - before.messages) / minutes,
    acknowledgement: quantiles(difference(before.acknowledgement, after.acknowledgement)),
    delivery: quantiles(difference(before.delivery, after.delivery)),
  };
}

function difference(before: Latencies, after: Latencies): Latencies {
  const earlier = new Map(before.within.map(({ us, count }) => [us, count]));
  return {
    count: after.count - before.count,
    within: after.within.map(({ us, count }) => ({ us, count: count - (earlier.get(us) ?? 0) })),
  };
}

function quantiles(latencies: Latencies): Quantiles | undefined {
  if (latencies.count <= 0) return undefined;
  return { half: quantile(latencies, 0.5), most: quantile(latencies, 0.95) };
}

/** The time that a share of all stayed within, in milliseconds: even inside a bucket, as Prometheus reckons. */
export function quantile({ count, within }: Latencies, share: number): number {
  const wanted = share * count;
  let below = { us: 0, count: 0 };
  for (const bucket of within) {
    if (bucket.count >= wanted) {
      const inside = bucket.count - below.count;
      const part = inside > 0 ? (wanted - below.count) / inside : 1;
      return (below.us + (bucket.us - below.us) * part) / 1_000;
    }
    below = bucket;
  }
  return below.us / 1_000;
}
