import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { eventually } from './support/people.mjs';
import { Reader, groupOf } from './support/reader.mjs';

journey('a message is sent, delivered, read, and says so', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  const reader = new Reader(ann);
  await ann.message(bob.username);
  await ann.write('Hello');
  // Strangers learn nothing of each other before there is an answer.
  await bob.open('Ann');
  await bob.sees('Hello');
  await reader.reached('Hello', 'sent');
  await bob.write('Hello Ann');
  await ann.sees('Hello Ann');
  await bob.createGroup('Elsewhere', []);
  await bob.setOffline(true);
  await ann.write('Are you there?');
  await reader.reached('Are you there?', 'sent');
  await bob.setOffline(false);
  await reader.reached('Are you there?', 'delivered');
  await bob.open('Ann');
  await reader.reached('Are you there?', 'read');
  await reader.lane('Are you there?', 'Bob');
  await ann.write('Good');
  await ann.sent('Good');
  await reader.lane('Good', 'Bob');
  assert.equal(
    await reader.message('Are you there?').getByRole('button', { name: 'Read up to here' }).count(),
    0,
  );
});

journey(
  'a group of five shows who has read up to where, and a message tells whom it reached',
  async ({ register, signUp }) => {
    const scripts = await Promise.all(['carl', 'dora', 'emil', 'fred', 'gina'].map(name => register(name)));
    const [carl, dora, emil, fred, gina] = scripts;
    const ann = await signUp('ann');
    const group = await groupOf(scripts, 'Crew', [ann]);
    const reader = new Reader(ann);
    await ann.open('Crew');
    await ann.write('Meeting at ten');
    await ann.sent('Meeting at ten');
    await ann.write('Bring cake');
    await ann.sent('Bring cake');
    const last = 3;
    await group.read(carl, last - 1);
    await reader.lane('Meeting at ten', 'Carl');
    await group.got(dora, last);
    for (const script of [dora, emil, fred, gina]) await group.read(script, last);
    const byId = [dora, emil, fred, gina].toSorted((a, b) => (a.user.user_id < b.user.user_id ? -1 : 1));
    const names = byId.map(script => script.user.display_name);
    await reader.lane('Bring cake', new Intl.ListFormat('en').format(names));
    await reader.reached('Meeting at ten', 'read');
    const height = () => reader.message('Bring cake').evaluate(row => row.getBoundingClientRect().height);
    const before = await height();
    await group.read(carl, last);
    // Of more than four, three avatars and how many more.
    await reader.message('Bring cake').getByText('+2').waitFor();
    assert.equal(await height(), before);

    await reader.message('Bring cake').getByRole('button', { name: 'Read up to here' }).click();
    await reader.sheet.getByRole('tab', { name: 'Read 5' }).waitFor();
    for (const name of ['Carl', 'Dora', 'Emil', 'Fred', 'Gina'])
      await reader.sheet.getByText(name, { exact: true }).waitFor();
    await ann.page.keyboard.press('Escape');
    await reader.choose('Meeting at ten', 'Message info');
    await reader.sheet.getByRole('tab', { name: 'Not read 0' }).click();
    await reader.sheet.getByText('Nobody.').waitFor();
  },
);

journey(
  'a double click likes; who likes is shown on the message and in a list',
  async ({ register, signUp }) => {
    const scripts = await Promise.all(['carl', 'dora', 'emil'].map(name => register(name)));
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    const group = await groupOf(scripts, 'Crew', [ann, bob]);
    const index = await group.say(scripts[0], 'I baked a cake');
    const [anns, bobs] = [new Reader(ann), new Reader(bob)];
    await ann.open('Crew');
    await bob.open('Crew');
    await ann.log.getByText('I baked a cake').dblclick();
    await bobs.log.getByRole('button', { name: '❤️, 1 like' }).waitFor();
    await bobs.message('I baked a cake').hover();
    await bobs.message('I baked a cake').getByRole('button', { name: 'Like', exact: true }).click();
    await anns.log.getByRole('button', { name: '❤️, 2 likes', pressed: true }).waitFor();
    await group.like(scripts[1], index, '❤️');
    await group.like(scripts[2], index, '❤️');
    await anns.log.getByRole('button', { name: '❤️, 4 likes' }).waitFor();
    await anns.log.getByRole('button', { name: 'Who likes this' }).click();
    await anns.sheet.getByRole('listitem').nth(3).waitFor();
    const names = () => anns.sheet.getByRole('listitem').locator('[class*=name]').allTextContents();
    await eventually(async () => assert.deepEqual(await names(), ['Ann', 'Bob', 'Dora', 'Emil']));
    // Each is a press away.
    await anns.sheet.getByRole('button', { name: 'Dora' }).click();
    await anns.sheet.getByText(`@${scripts[1].user.username}`).waitFor();
    await ann.page.keyboard.press('Escape');
    await ann.log.getByText('I baked a cake').dblclick();
    await bobs.log.getByRole('button', { name: '❤️, 3 likes' }).waitFor();
    await bobs.menu('I baked a cake');
    await bobs.button('All emoji').click();
    await bobs.sheet.getByLabel('Search emoji').fill('birthday cake');
    await bobs.sheet.getByText('🎂', { exact: true }).first().click();
    await anns.log.getByRole('button', { name: '🎂, 1 like' }).waitFor();
  },
);
