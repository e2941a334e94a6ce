import { Refusal, Unreachable } from '../errors.ts';
import type { AttachmentKind, FileId, FileInfo, Problem } from '../gen/wire.gen.ts';
import type { HttpOptions } from './http.ts';

/** The version of the protocol (tus.io) that both sides speak. */
const RESUMABLE = '1.0.0';
const TIMEOUT_MS = 20_000;
/** A piece is sized to take a second; one that takes longer than this is given up. */
const PIECE_TIMEOUT_MS = 90_000;

/** Something between here and the server lets no piece of this size through. */
export class PieceTooLarge extends Unreachable {}

/** What an upload is begun with. */
export interface Announced {
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly size: number;
}

/** Resumable uploads. Everything rejects with `Refusal` (the server said no) or `Unreachable` (nobody knows). */
export interface Tus {
  begin(what: Announced, signal: AbortSignal): Promise<FileId>;
  /** How many bytes the server has for good. */
  offset(id: FileId, signal: AbortSignal): Promise<number>;
  /** Sends the bytes that belong at an offset; answers the offset after them. */
  put(id: FileId, at: number, bytes: Blob, signal: AbortSignal): Promise<number>;
  /** What the upload became; refused with `conflict` until it is complete. */
  info(id: FileId, signal: AbortSignal): Promise<FileInfo>;
  /** Ends an upload that is not to be sent. */
  end(id: FileId): Promise<void>;
}

export function createTus({ url, token }: HttpOptions): Tus {
  async function ask(path: string, init: RequestInit, signal: AbortSignal | null, timeoutMs = TIMEOUT_MS) {
    const headers = new Headers(init.headers);
    headers.set('tus-resumable', RESUMABLE);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    const late = AbortSignal.timeout(timeoutMs);
    const ended = signal ? AbortSignal.any([signal, late]) : late;
    const response = await fetch(new URL(path, url), { ...init, headers, signal: ended }).catch(() => {
      throw new Unreachable('no answer to an upload');
    });
    if (!response.ok) throw await refusalOf(response);
    return response;
  }

  return {
    async begin({ name, kind, size }, signal) {
      const metadata = `filename ${base64(name)},kind ${base64(kind)}`;
      const headers = { 'upload-length': String(size), 'upload-metadata': metadata };
      const { headers: answer } = await ask('/api/v1/uploads', { method: 'POST', headers }, signal);
      const id = answer.get('location')?.split('/').at(-1);
      if (!id) throw new Unreachable('an upload without an address');
      return id;
    },
    async offset(id, signal) {
      return offsetOf(await ask(addressOf(id), { method: 'HEAD' }, signal));
    },
    async put(id, at, bytes, signal) {
      const headers = { 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' };
      const init = { method: 'PATCH', headers, body: bytes };
      return offsetOf(await ask(addressOf(id), init, signal, PIECE_TIMEOUT_MS));
    },
    async info(id, signal) {
      const response = await ask(`/api/v1/files/${id}`, {}, signal);
      return (await response.json()) as FileInfo;
    },
    async end(id) {
      await ask(addressOf(id), { method: 'DELETE' }, null);
    },
  };
}

function addressOf(id: FileId): string {
  return `/api/v1/uploads/${id}`;
}

function offsetOf({ headers }: Response): number {
  const offset = headers.get('upload-offset');
  if (offset === null) throw new Unreachable('an answer to an upload without an offset');
  return Number(offset);
}

/** Why the server said no. An answer to HEAD has no body: then its status has to do. */
async function refusalOf(response: Response): Promise<Error> {
  const { status } = response;
  const value: unknown = await response.json().catch(() => undefined);
  if (typeof value === 'object' && value !== null && 'code' in value) return new Refusal(value as Problem);
  const code = ({ 401: 'not_signed_in', 404: 'not_found' } as const)[status];
  if (status === 413) return new PieceTooLarge('a piece of an upload is too large for a proxy');
  if (!code) return new Unreachable(`status ${status} for an upload`);
  return new Refusal({ type: `urn:parlance:error:${code}`, title: code, status, code, detail: '' });
}

/** A text as the protocol's metadata has it: UTF-8 in base64. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
