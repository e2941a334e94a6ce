// A user of the plain HTTP API, for what a journey needs to be there before it starts.
import { randomUUID } from 'node:crypto';

export const PASSWORD = 'a long journey password';

export class Api {
  #url;
  token;
  user;

  static async register(server, username) {
    const api = new Api();
    api.#url = server.url;
    const input = {
      username,
      password: PASSWORD,
      display_name: displayName(username),
      device_name: 'a script',
    };
    const { token, user } = await api.call('POST', '/api/v1/register', input);
    api.token = token;
    api.user = user;
    return api;
  }

  async call(method, path, input) {
    const headers = { 'content-type': 'application/json' };
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    const body = input === undefined ? undefined : JSON.stringify(input);
    const response = await fetch(new URL(path, this.#url), { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  send(conversation, text) {
    const input = { client_message_id: randomUUID(), text };
    return this.call('POST', `/api/v1/conversations/${conversation}/messages`, input);
  }

  /** The direct conversation with somebody. */
  with(other) {
    const [low, high] = [this.user.user_id, other.user.user_id].toSorted();
    return `d_${low.slice(2)}_${high.slice(2)}`;
  }

  /** All texts of a conversation, in order. */
  async texts(conversation) {
    const path = `/api/v1/conversations/${conversation}/messages?after=0&limit=200`;
    const { entries } = await this.call('GET', path);
    return entries.flatMap(entry => (entry.body.kind === 'text' ? [entry.body.text] : []));
  }
}

/** Names as people write them: “ann3” is Ann. */
export function displayName(username) {
  return username[0].toUpperCase() + username.slice(1).replace(/\d+$/, '');
}
