import { afterEach, describe, expect, it, vi } from 'vitest';
import { backoffMs } from '../src/transport/backoff.ts';
import { createHttp, httpRequest } from '../src/transport/http.ts';

afterEach(() => void vi.unstubAllGlobals());

describe('back-off', () => {
  it('doubles up to a cap, with the upper half random', () => {
    expect([1, 2, 3, 20].map(failures => backoffMs(failures, 1))).toEqual([400, 800, 1_600, 25_000]);
    expect([1, 20].map(failures => backoffMs(failures, 0))).toEqual([200, 12_500]);
  });
});

describe('HTTP calls', () => {
  it('spread their input over path, query and body', () => {
    const conversation_id = 'g_1';
    expect(httpRequest('message.history', { conversation_id, before: 9, after: undefined })).toEqual({
      method: 'GET',
      path: '/api/v1/conversations/g_1/messages?before=9',
    });
    expect(httpRequest('message.send', { conversation_id, client_message_id: 'm', text: 'a' })).toEqual({
      method: 'POST',
      path: '/api/v1/conversations/g_1/messages',
      body: '{"client_message_id":"m","text":"a"}',
    });
    expect(() => httpRequest('session.ping', {})).toThrow('WebSocket');
  });

  it('tell refusals from broken answers', async () => {
    const problem = { type: '', title: 'Not found', status: 404, code: 'not_found', detail: 'No such user' };
    const answers = [
      new Response(JSON.stringify(problem), { status: 404 }),
      new Response('<html>', { status: 502 }),
    ];
    vi.stubGlobal('fetch', async () => answers.shift());
    const call = createHttp({ url: 'http://server' });
    await expect(call('profile.get', {})).rejects.toMatchObject({ name: 'Refusal', code: 'not_found' });
    await expect(call('profile.get', {})).rejects.toMatchObject({ name: 'Unreachable' });
  });
});
