import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { checkAccess } from './support/frame.mjs';
import { Reader, groupOf } from './support/reader.mjs';

journey(
  'a quote, a link and a date lead to messages that are not loaded, and back',
  async ({ register, signUp }) => {
    // Before the first message: midnight may come before the last step.
    const today = new Date();
    const script = await register('script');
    const ann = await signUp('ann');
    const group = await groupOf([script], 'Archive', [ann]);
    const indexes = [];
    for (let number = 1; number <= 400; number++) indexes.push(await group.say(script, `message ${number}`));
    await group.say(script, 'as I said', { reply_to: indexes[9] });
    const reader = new Reader(ann);
    await ann.open('Archive');
    await ann.sees('as I said');
    await ann.row('Archive').getByText('unread').waitFor({ state: 'detached' });
    await reader.message('as I said').getByRole('button', { name: 'message 10' }).click();
    // What is new does not move what one reads there.
    const before = await reader.resting('message 10');
    await group.say(script, 'news');
    await reader.button('Jump to latest, 1 unread').waitFor();
    assert.deepEqual(await reader.message('message 10').boundingBox(), before);
    await checkAccess(ann, 'away from the end, with unread messages');
    // From there it goes on in both directions.
    await ann.log.hover();
    let reached = false;
    for (let turn = 0; turn < 200 && !reached; turn++) {
      await ann.page.mouse.wheel(0, 400);
      await ann.page.waitForTimeout(60);
      reached = await reader.message('message 60').isVisible();
    }
    assert.ok(reached);
    await reader.button('Back to where you were').click();
    await ann.sees('as I said');
    // One is so near to the end that the list may follow it already.
    await reader.latest.click({ timeout: 2_000 }).catch(() => undefined);
    await ann.sees('news');
    await reader.latest.waitFor({ state: 'detached' });

    const link = new URL(`/c/${group.id}/${indexes[99]}`, ann.page.url()).href;
    await ann.page.goto(link);
    await reader.resting('message 100');
    await reader.latest.click();
    await ann.sees('news');

    await reader.button('Search in this chat').click();
    const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()]
      .map(part => String(part).padStart(2, '0'))
      .join('-');
    await ann.page.locator('input[type=date]').fill(day);
    await reader.message('message 1').waitFor();
  },
);

journey('a quote of a message far above follows what becomes of that', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Archive', [ann]);
  const [plan, secret] = [await group.say(script, 'the plan'), await group.say(script, 'a secret')];
  for (let number = 1; number <= 300; number++) await group.say(script, `message ${number}`);
  await group.say(script, 'about the plan', { reply_to: plan });
  await group.say(script, 'about the secret', { reply_to: secret });
  const reader = new Reader(ann);
  await ann.open('Archive');
  const quote = (answer, text) => reader.message(answer).getByRole('button', { name: text });
  await quote('about the plan', 'the plan').waitFor();
  await quote('about the secret', 'a secret').waitFor();
  const path = index => `/api/v1/conversations/${group.id}/messages/${index}`;
  await script.call('PATCH', path(plan), { text: 'the better plan' });
  await quote('about the plan', 'the better plan').waitFor();
  await script.call('DELETE', path(secret));
  await quote('about the secret', 'a secret').waitFor({ state: 'detached' });
  await quote('about the secret', 'Message withdrawn').waitFor();
});

journey(
  'a message that is gone from the server says so instead of leading nowhere',
  async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const group = await groupOf([script], 'Short', [ann]);
    await group.say(script, 'only one');
    await ann.open('Short');
    await ann.page.goto(new URL(`/c/${group.id}/999`, ann.page.url()).href);
    await ann.page.getByText('That message is not there any more').waitFor();
    await ann.sees('only one');
  },
);

journey('pins lead to their messages one after the other, and go by right', async ({ register, signUp }) => {
  const script = await register('script');
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.createGroup('Crew', [bob.username, script.user.username]);
  for (const text of ['first plan', 'second plan']) {
    await ann.write(text);
    await ann.sent(text);
  }
  const [anns, bobs] = [new Reader(ann), new Reader(bob)];
  await bob.open('Crew');
  for (const text of ['first plan', 'second plan']) await anns.choose(text, 'Pin for everyone');
  for (const reader of [anns, bobs]) {
    await reader.page.getByRole('region', { name: '2 pinned messages' }).getByText('second plan').waitFor();
  }
  await bobs.page.getByText('Pinned message 2').click();
  await bobs.page.getByRole('region', { name: '2 pinned messages' }).getByText('first plan').waitFor();
  // A member may not take it away.
  assert.equal(await bobs.button('Unpin').count(), 0);
  await anns.button('Unpin').click();
  await bobs.page.getByRole('region', { name: '1 pinned message' }).getByText('first plan').waitFor();
  await bob.log.getByText('Ann pinned a message').first().waitFor();
});

journey(
  'the search in a chat finds what this device holds, and goes from one to the next',
  async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const group = await groupOf([script], 'Kitchen', [ann]);
    for (const text of ['Apple pie', 'rice', 'apple juice', 'beans', 'An APPLE a day'])
      await group.say(script, text);
    const reader = new Reader(ann);
    await ann.open('Kitchen');
    await ann.sees('An APPLE a day');
    await reader.button('Search in this chat').click();
    await ann.page.keyboard.type('apple');
    const search = ann.page.getByRole('search', { name: 'Search in this chat' });
    await search.getByText('1 of 3').waitFor();
    await ann.page.keyboard.press('Enter');
    await search.getByText('2 of 3').waitFor();
    await search.getByRole('button', { name: 'Older result' }).click();
    await search.getByText('3 of 3').waitFor();
    await search.getByRole('button', { name: 'Newer result' }).click();
    await search.getByText('2 of 3').waitFor();
    await ann.page.getByRole('searchbox', { name: 'Search in this chat' }).fill('pear');
    await search.getByText('Nothing found').waitFor();
    await ann.page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
  },
);
