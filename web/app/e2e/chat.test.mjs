import assert from 'node:assert/strict';
import { PHONE } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { Panel } from './support/panel.mjs';
import { groupOf } from './support/reader.mjs';

journey('two people sign up and chat both ways, live', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('Hello Bob');
  await ann.sent('Hello Bob');
  await bob.row('Ann').getByText('Hello Bob').waitFor();
  await bob.row('Ann').getByText('1 unread message').waitFor();
  await bob.open('Ann');
  await bob.sees('Hello Bob');
  await bob.write('Hello Ann');
  await ann.sees('Hello Ann');
  await bob.row('Ann').getByText('You: Hello Ann').waitFor();
  await bob.row('Ann').getByText('unread').waitFor({ state: 'detached' });
});

journey('a text keeps its lines, and never becomes markup', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.composer.fill('first');
  await ann.composer.press('Shift+Enter');
  await ann.composer.pressSequentially('second');
  await ann.composer.press('Enter');
  await ann.write('<img src=x onerror=alert(1)> javascript:alert(1) https://example.org/x.');
  await bob.open('Ann');
  await bob.log.getByText('first\nsecond').waitFor();
  await bob.log.getByText('<img src=x onerror=alert(1)>').waitFor();
  const links = bob.log.getByRole('link');
  assert.deepEqual(await links.evaluateAll(all => all.map(link => link.href)), ['https://example.org/x']);
});

journey('a group of three adds, promotes, removes and is left', async ({ signUp }) => {
  const [ann, bob, carl] = await Promise.all([signUp('ann'), signUp('bob'), signUp('carl')]);
  await ann.createGroup('Crew', [bob.username]);
  await ann.write('Welcome aboard');
  await bob.open('Crew');
  await bob.sees('Welcome aboard');

  const [anns, bobs] = [await Panel.of(ann), await Panel.of(bob)];
  await anns.go('Add people');
  await anns.side.getByLabel('Search people').fill(carl.username);
  await anns.button(`Look for @${carl.username}`).click();
  await anns.button('Add 1 person').click();
  await anns.row('Carl').waitFor();
  await carl.open('Crew');
  await bob.sees('Ann added Carl');
  await carl.write('Thanks for having me');
  await ann.sees('Thanks for having me');

  await anns.member('Bob');
  await anns.row('Make admin').click();
  await carl.sees('Ann made Bob an admin');

  await anns.go('Name and description');
  await anns.side.getByLabel('Group name').fill('Old crew');
  await anns.button('Save').click();
  await bob.row('Old crew').waitFor();

  await bobs.member('Carl');
  await bobs.row('Remove from group').click();
  await bobs.confirm('Remove from group');
  await ann.sees('Bob removed Carl');
  await carl.page.getByText('You were removed').first().waitFor();
  await carl.row('Old crew').waitFor({ state: 'detached' });

  await anns.go('Leave group');
  await anns.confirm('Leave group');
  await ann.page.waitForURL(url => url.pathname === '/');
  await bob.sees('Ann left. Bob owns the group now');
  await ann.row('Old crew').waitFor({ state: 'detached' });
  await bob.write('Alone at last');
  await bob.sent('Alone at last');
});

journey('scrolling up loads 500 messages without losing the place', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await script.call('POST', '/api/v1/conversations', {
    name: 'Archive',
    member_ids: [(await script.call('GET', `/api/v1/users?username=${ann.username}`)).user_id],
    client_message_id: 'archive',
  });
  for (let number = 1; number <= 500; number++) await script.send(group.conversation_id, `message ${number}`);
  await ann.open('Archive');
  await ann.sees('message 500');
  await ann.log.hover();

  const seen = new Set();
  let jumps = 0;
  for (let turn = 0; turn < 400 && !seen.has('message 1'); turn++) {
    const before = await places(ann);
    await roll(ann, -400);
    const after = await places(ann);
    for (const text of [...before.keys(), ...after.keys()]) seen.add(text);
    const moves = [...after].flatMap(([text, top]) => (before.has(text) ? [top - before.get(text)] : []));
    // Rows that stay in view move down by what the wheel asked for, or less at the top; never up.
    if (moves.some(move => move < -8 || move > 440)) jumps += 1;
  }
  assert.equal([...seen].filter(text => /^message \d+$/.test(text)).length, 500);
  assert.ok(jumps <= 2, `${jumps} jumps`);

  await script.send(group.conversation_id, 'message 501');
  await ann.page.getByRole('button', { name: 'Jump to latest' }).click();
  await ann.sees('message 501');
});

/** Turns the wheel, and waits until the log has moved by it; at its end it does not move. */
async function roll(person, by) {
  await person.log.evaluate(log => {
    globalThis.rolled = new Promise(resolve => {
      log.addEventListener('scroll', resolve, { once: true });
      setTimeout(resolve, 500);
    }).then(() => undefined);
  });
  await person.page.mouse.wheel(0, by);
  await person.page.evaluate(() => globalThis.rolled);
  await settled(person);
}

/** Waits until the log has come to rest: nothing moved for three frames. */
function settled(person) {
  return person.log.evaluate(async log => {
    for (
      let still = 0, last = -1;
      still < 3;
      still = log.scrollTop === last ? still + 1 : 0, last = log.scrollTop
    ) {
      await new Promise(resolve => requestAnimationFrame(resolve));
    }
  });
}

/** Where the rows on screen stand. */
async function places(person) {
  const rows = await person.log
    .locator('[data-state]')
    .evaluateAll(all =>
      all.map(row => [
        row.querySelector('[class*=text]').textContent,
        Math.round(row.getBoundingClientRect().top),
      ]),
    );
  return new Map(rows);
}

journey(
  'a chat with many unread messages opens at its end, and a button leads to where they begin',
  async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const chat = script.with({ user: await script.call('GET', `/api/v1/users?username=${ann.username}`) });
    await script.send(chat, 'already read');
    await ann.open('Script');
    await ann.row('Script').getByText('unread').waitFor({ state: 'detached' });
    await ann.createGroup('Elsewhere', []);
    for (let number = 1; number <= 160; number++) await script.send(chat, `news ${number}`);
    await ann.row('Script').getByText('160 unread messages').waitFor();
    await ann.open('Script');
    await ann.sees('news 160');
    await ann.page.getByRole('button', { name: 'unread' }).click();
    await ann.log.getByRole('separator', { name: 'New messages' }).waitFor();
    await ann.sees('news 1');
  },
);

journey('a chat that opens where the unread messages begin does not offer to lead there', async walk => {
  const { register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann', PHONE);
  const group = await groupOf([script], 'Harbour', [ann]);
  // More than fit on the screen, and few enough to open where they begin.
  for (let number = 1; number <= 20; number++) await group.say(script, `news ${number}\nin two lines`);
  await ann.open('Harbour');
  await ann.page.waitForFunction(mark => {
    const [line, log] = [document.querySelector(mark), document.querySelector('[role=log]')];
    const top = line?.getBoundingClientRect().top ?? 0;
    return top > log.getBoundingClientRect().top && top < innerHeight / 2;
  }, '[role=log] [role=separator][aria-label="New messages"]');
  await ann.page.getByRole('button', { name: '20 unread', exact: true }).waitFor({ state: 'detached' });
});
