import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem } from '../src/gen/wire.gen.ts';

interface Kept {
  readonly length: number;
  readonly name: string;
  readonly kind: string;
  bytes: Buffer;
}

/** What happens to a request instead of an answer: its connection breaks before or after it was done, or a proxy lets none so large
 * through. */
type Fault = 'unheard' | 'unanswered' | 'held_back' | Problem;

/** Resumable uploads over HTTP as the protocol (tus.io, 1.0.0) and docs/files.md have them. */
export class FakeTus {
  readonly uploads = new Map<string, Kept>();
  /** Methods in the order they came. */
  readonly requests: string[] = [];
  /** How many bodies are being received, and the most that were at once. */
  atOnce = 0;
  most = 0;
  /** Asked before each request. */
  fault: (method: string) => Fault | undefined = () => undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(): Promise<FakeTus> {
    const fake = new FakeTus();
    await new Promise<void>(resolve => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** The only upload there is. */
  get only(): Kept {
    const [upload, ...more] = this.uploads.values();
    if (!upload || more.length > 0) throw new Error(`${this.uploads.size} uploads`);
    return upload;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    this.requests.push(method);
    const fault = this.fault(method);
    if (fault === 'unheard') return void request.socket.destroy();
    this.most = Math.max(this.most, ++this.atOnce);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.atOnce -= 1;
    if (fault === 'held_back') {
      response.writeHead(413, { 'content-type': 'text/html' });
      return void response.end('<h1>413 Request Entity Too Large</h1>');
    }
    const answer = typeof fault === 'object' ? fault : this.#answer(request, Buffer.concat(chunks));
    if (fault === 'unanswered') return void request.socket.destroy();
    if ('code' in answer) {
      response.writeHead(answer.status, { 'content-type': 'application/problem+json' });
      return void response.end(method === 'HEAD' ? undefined : JSON.stringify(answer));
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }

  #answer(request: IncomingMessage, body: Buffer) {
    const { method, headers } = request;
    const id = request.url?.split('/').at(-1) ?? '';
    if (method === 'POST') {
      const made = `f_${this.uploads.size + 1}`;
      const [name, kind] = String(headers['upload-metadata']).split(',').map(decoded);
      const length = Number(headers['upload-length']);
      this.uploads.set(made, { length, name: name!, kind: kind!, bytes: Buffer.alloc(0) });
      return { status: 201, headers: { location: `/api/v1/uploads/${made}`, 'upload-offset': '0' } };
    }
    const upload = this.uploads.get(id);
    if (!upload) return problem('not_found', 404);
    if (method === 'GET') {
      const info = { file_id: id, kind: upload.kind, size: upload.length };
      return { status: 200, headers: {}, body: JSON.stringify(info) };
    }
    if (method === 'DELETE') {
      this.uploads.delete(id);
      return { status: 204, headers: {} };
    }
    if (method === 'PATCH') {
      if (Number(headers['upload-offset']) !== upload.bytes.length) return problem('conflict', 409);
      upload.bytes = Buffer.concat([upload.bytes, body]);
    }
    return {
      status: method === 'HEAD' ? 200 : 204,
      headers: { 'upload-offset': String(upload.bytes.length) },
    };
  }
}

export function problem(code: Problem['code'], status: number): Problem {
  return { type: `urn:parlance:error:${code}`, title: code, status, code, detail: code };
}

function decoded(pair: string): string {
  return Buffer.from(pair.split(' ')[1] ?? '', 'base64').toString();
}
