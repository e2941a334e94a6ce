// A group of 100,000 in the panel. The server is real; between it and the page somebody adds the members.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { Panel } from './support/panel.mjs';

const CROWD = 100_000;
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** The id of the n-th of the crowd; all of them sort after nobody and in order. */
function idOf(n) {
  let text = '';
  for (let rest = n; text.length < 13; rest = Math.floor(rest / 32)) text = DIGITS[rest % 32] + text;
  return `u_${text}`;
}

function placeOf(id) {
  return [...id.slice(2)].reduce((sum, digit) => sum * 32 + DIGITS.indexOf(digit), 0);
}

function userOf(id) {
  const n = placeOf(id);
  return {
    user_id: id,
    username: `person${n}`,
    display_name: `Person ${n}`,
    status_text: '',
    disabled: false,
  };
}

/** What the crowd answers; nothing for what only the server knows. */
function answerOf({ op, in: input = {} }) {
  if (op === 'conversation.members') {
    const first = input.after ? Math.min(placeOf(input.after) + 1, CROWD + 1) : 1;
    const last = Math.min(first + (input.limit ?? 50) - 1, CROWD);
    const members = [];
    for (let n = first; n <= last; n += 1)
      members.push({ user_id: idOf(n), role: n === 1 ? 'owner' : 'member', joined_index: 1 });
    return { members, more: last < CROWD };
  }
  if (op === 'user.look_up') return { users: input.user_ids.map(userOf) };
  if (op === 'user.find' && /^person\d+$/.test(input.username)) {
    return userOf(idOf(Number(input.username.slice(6))));
  }
  return undefined;
}

/** Has the crowd answer for the server, and counts how often each operation was asked for. */
async function crowd(page) {
  const asked = {};
  await page.routeWebSocket(/\/api\/v1\/ws/, socket => {
    const server = socket.connectToServer();
    socket.onMessage(text => {
      const request = JSON.parse(text);
      asked[request.op] = (asked[request.op] ?? 0) + 1;
      const out = answerOf(request);
      if (out) socket.send(JSON.stringify({ id: request.id, out }));
      else server.send(text);
    });
    server.onMessage(text => socket.send(text.replaceAll(/"member_count":\d+/g, `"member_count":${CROWD}`)));
  });
  await page.reload();
  return asked;
}

journey(
  'the members of a group of 100,000 scroll, load as needed, and one of them is found',
  async people => {
    const ann = await people.signUp('ann');
    await ann.createGroup('Everybody', []);
    const asked = await crowd(ann.page);
    await ann.composer.waitFor();
    const panel = await Panel.of(ann);
    await panel.sees('100,000 members');
    await panel.row('Person 5').waitFor();
    await panel.go('All members');
    await panel.row('Person 8').waitFor();
    assert.ok(
      asked['conversation.members'] <= 5,
      `pages loaded before anybody scrolled: ${JSON.stringify(asked)}`,
    );

    const list = panel.side.getByRole('list').first();
    const scroller = list.locator('..');
    const loaded = () => scroller.evaluate(element => element.scrollHeight / 56);
    for (let turn = 0; turn < 600 && (await loaded()) <= 1_500; turn += 1) {
      await scroller.evaluate(element => element.scrollBy(0, 2_500));
      await ann.page.waitForTimeout(30);
    }
    const rows = await list.getByRole('listitem').count();
    assert.ok(rows > 5 && rows < 80, `rows drawn: ${rows}`);
    const held = await loaded();
    assert.ok(held > 1_500, `members loaded by scrolling: ${held}`);

    const before = asked['conversation.members'];
    await panel.side.getByLabel('Search members').fill('person98765');
    await panel.row('Person 98765').waitFor();
    assert.ok(asked['conversation.members'] - before < 30, 'found without loading all');
    await panel.row('Person 98765').click();
    await panel.sees('@person98765');

    // Back again, what was typed and found is there still.
    await panel.back();
    assert.equal(await panel.side.getByLabel('Search members').inputValue(), 'person98765');
    await panel.row('Person 98765').waitFor();
  },
);
