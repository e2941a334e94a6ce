// The real program on a free port with a temporary data folder.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';

export const PROGRAM =
  process.env.PARLANCE_BIN ?? fileURLToPath(new URL('../../../../target/release/parlance', import.meta.url));
const READY_MS = 20_000;
// Settings of whoever runs the journeys are none of the program's; where the client's pages lie may be said.
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !name.startsWith('PARLANCE_') || name === 'PARLANCE_WEB_FOLDER',
  ),
);

export class Server {
  #data = mkdtempSync(join(tmpdir(), 'parlance-e2e-'));
  #process;
  #log = '';
  url;
  #port;

  static async start() {
    const server = new Server();
    server.#port = await freePort();
    server.url = `http://127.0.0.1:${server.#port}`;
    await server.start();
    return server;
  }

  async start() {
    const listen = `127.0.0.1:${this.#port}`;
    // The journeys sign up more people in a minute than a server expects of one address.
    const args = [
      'serve',
      '--listen',
      listen,
      '--data',
      this.#data,
      '--registration',
      'open',
      '--rates',
      'off',
    ];
    this.#process = spawn(PROGRAM, args, { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.on('data', text => (this.#log += text));
    }
    const until = Date.now() + READY_MS;
    while (Date.now() < until) {
      if (this.#process.exitCode !== null) throw new Error(`the server ended:\n${this.#log}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (answer?.ok) return;
      await pause(50);
    }
    throw new Error(`the server is not ready:\n${this.#log}`);
  }

  /** Ends it without a warning, as a power cut would. */
  async kill() {
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) await this.kill();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

/** A port below those that the system lends to clients: nobody is given it while the server is down. */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
