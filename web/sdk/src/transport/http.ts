import { Refusal, Unreachable } from '../errors.ts';
import { ROUTES } from '../gen/operations.gen.ts';
import type { Problem } from '../gen/wire.gen.ts';
import type { Call, CallOptions, Input, Name, Output } from './call.ts';

const TIMEOUT_MS = 20_000;

export interface HttpOptions {
  /** The server's address; same-origin cookies sign in where there is no token. */
  url: string;
  /** A session's token, for programs that are not a browser. */
  token?: string | undefined;
}

/** Calls operations over their HTTP routes. */
export function createHttp({ url, token }: HttpOptions): Call {
  return async <N extends Name>(name: N, input: Input<N>, options: CallOptions = {}): Promise<Output<N>> => {
    const request = httpRequest(name, input as Record<string, unknown>);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (request.body !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    let response: Response;
    let text: string;
    try {
      const body = request.body ?? null;
      response = await fetch(new URL(request.path, url), { method: request.method, headers, body, signal });
      text = await response.text();
    } catch {
      throw new Unreachable(`no answer to ${name}`);
    }
    return readAnswer(name, response, text);
  };
}

function readAnswer<N extends Name>(name: N, response: Response, text: string): Output<N> {
  let value: unknown;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    throw new Unreachable(`an answer to ${name} that is not JSON (status ${response.status})`);
  }
  if (response.ok) return value as Output<N>;
  if (typeof value === 'object' && value !== null && 'code' in value) throw new Refusal(value as Problem);
  throw new Unreachable(`status ${response.status} for ${name}`);
}

/** Spreads an input over the route's path, the query (reads and removals) or a JSON body. */
export function httpRequest(
  name: Name,
  input: Record<string, unknown>,
): { method: string; path: string; body?: string } {
  const route = (ROUTES as Partial<Record<Name, { method: string; path: string }>>)[name];
  if (!route) throw new Unreachable(`${name} needs a WebSocket`);
  const rest = { ...input };
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
    const value = String(rest[field]);
    delete rest[field];
    return encodeURIComponent(value);
  });
  if (route.method === 'POST' || route.method === 'PATCH') {
    return { method: route.method, path, body: JSON.stringify(rest) };
  }
  const query = new URLSearchParams();
  for (const [field, value] of Object.entries(rest)) if (value !== undefined) query.set(field, String(value));
  return { method: route.method, path: query.size > 0 ? `${path}?${query}` : path };
}
