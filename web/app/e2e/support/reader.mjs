// What people do with messages, by what they see.
import assert from 'node:assert/strict';
import { eventually } from './people.mjs';

export class Reader {
  #person;

  constructor(person) {
    this.#person = person;
  }

  get page() {
    return this.#person.page;
  }

  get log() {
    return this.#person.log;
  }

  /** The bubble with a text. */
  message(text) {
    return this.log.getByRole('article').filter({ has: this.page.getByText(text, { exact: true }) });
  }

  /** Whether a message is in view. */
  inView(text) {
    return this.log
      .getByText(text, { exact: true })
      .first()
      .evaluate(element => {
        const { top, bottom } = element.getBoundingClientRect();
        const frame = element.closest('[role=log]').getBoundingClientRect();
        return top >= frame.top && bottom <= frame.bottom;
      });
  }

  /** Where a message stands, once it is in view and has come to rest there. */
  async resting(text) {
    let last;
    await eventually(async () => {
      const before = last;
      last = await this.message(text).boundingBox();
      assert.deepEqual(last, before);
      assert.ok(await this.inView(text), `${text} is not in view`);
    });
    return last;
  }

  /** Opens a message's menu. */
  async menu(text) {
    await this.log.getByText(text, { exact: true }).first().click({ button: 'right' });
    return this.page.getByRole('menu');
  }

  async choose(text, action) {
    await this.menu(text);
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** How far an own message has got, once that is so. */
  reached(text, progress) {
    return this.log.locator(`[data-progress=${progress}]`).filter({ hasText: text }).waitFor();
  }

  /** The avatars beside a message: who has read up to there. */
  lane(text, names) {
    return this.message(text)
      .getByRole('button', { name: `Read up to here by ${names}` })
      .waitFor();
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Says how much is unread, too, while there is something. */
  get latest() {
    return this.page.getByRole('button', { name: /^Jump to latest/ });
  }

  get sheet() {
    return this.page.getByRole('dialog');
  }
}

/** A group with everybody in it, and a way to say something there for each of those who have no screen. */
export async function groupOf(scripts, name, others) {
  const [owner, ...rest] = scripts;
  const ids = [...rest.map(script => script.user.user_id)];
  for (const { username } of others) {
    ids.push((await owner.call('GET', `/api/v1/users?username=${username}`)).user_id);
  }
  const input = { name, member_ids: ids, client_message_id: `group-${name}` };
  const { conversation_id: id } = await owner.call('POST', '/api/v1/conversations', input);
  const path = `/api/v1/conversations/${id}`;
  return {
    id,
    /** Answers the index. */
    say: async (script, text, more = {}) => {
      const message = { client_message_id: crypto.randomUUID(), text, ...more };
      return (await script.call('POST', `${path}/messages`, message)).index;
    },
    read: (script, index) => script.call('POST', `${path}/read`, { index }),
    like: (script, index, emoji) => script.call('POST', `${path}/messages/${index}/likes`, { emoji }),
    pin: (script, index) => script.call('POST', `${path}/messages/${index}/pin`, {}),
    got: (script, index) =>
      script.call('POST', '/api/v1/delivered', { marks: [{ conversation_id: id, index }] }),
  };
}
