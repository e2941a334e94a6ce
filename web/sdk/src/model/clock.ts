/** The server's clock. What it decides by time, such as until when a message can be taken back, is shown by it. */
export class ServerClock {
  /** How far it is ahead of this device's, in milliseconds. */
  #aheadMs = 0;

  /** The server told its time just now. */
  heard(timeMs: number): void {
    this.#aheadMs = timeMs - Date.now();
  }

  /** Milliseconds since 1970, at the server. */
  now(): number {
    return Date.now() + this.#aheadMs;
  }
}
