/** What the tabs of a user say to each other about one thing they share, and how they take turns at it. */
export interface Peers<Note> {
  /** Runs the work while no other tab does work of the same key, one after the other within this tab too. */
  turn<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Tells the other tabs. */
  say(note: Note): void;
  /** Called with what other tabs say. */
  hear(listener: (note: Note) => void): void;
  close(): void;
}

/** For a program that stands alone: takes turns with itself. */
export function noPeers<Note>(): Peers<Note> {
  /** The last work of each key that has some. */
  const last = new Map<string, Promise<unknown>>();
  return {
    turn(key, work) {
      const next = (last.get(key) ?? Promise.resolve()).then(work, work);
      last.set(key, next);
      const end = () => void (last.get(key) === next && last.delete(key));
      next.then(end, end);
      return next;
    },
    say: () => undefined,
    hear: () => undefined,
    close: () => undefined,
  };
}

/** For tabs of a browser. The browser gives the turn of a tab that is gone to the next one. */
export function tabPeers<Note>(name: string): Peers<Note> {
  const channel = new BroadcastChannel(name);
  const tell = channel.postMessage.bind(channel);
  return {
    turn: (key, work) => navigator.locks.request(`${name}.${key}`, work) as never,
    say: note => tell(note),
    hear: listener => {
      channel.onmessage = message => listener(message.data as Note);
    },
    close: () => channel.close(),
  };
}
