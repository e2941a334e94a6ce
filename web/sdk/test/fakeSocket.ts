/** A WebSocket whose other side is the test. */
export class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readonly sent: { id: number; op: string; in: unknown }[] = [];
  readyState = 0;
  onopen = () => {};
  onmessage = (_message: { data: string }) => {};
  onclose = (_close: { code: number }) => {};

  readonly url: string;
  readonly protocol: string;

  constructor(url: string, protocol: string) {
    this.url = url;
    this.protocol = protocol;
    FakeSocket.made.push(this);
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame));
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen();
  }

  say(frame: unknown): void {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  hello(): void {
    this.open();
    const data = {
      user_id: 'u_1',
      session_id: 's_1',
      user_index: 3,
      time_ms: 0,
      heartbeat_ms: 25_000,
      version: '1',
    };
    this.say({ event: 'hello', data });
  }
}

export function lastSocket(): FakeSocket {
  return FakeSocket.made.at(-1)!;
}
