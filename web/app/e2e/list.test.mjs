import assert from 'node:assert/strict';
import { MOBILE } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { befriendInBrowser, drag, eventually, namesIn, swipe, tab, userOf } from './support/people.mjs';

journey(
  'a stranger waits among the requests, on all devices, until accepted',
  async ({ register, signUp, signIn }) => {
    const [noor, emil, tomas] = await Promise.all(['noor', 'emil', 'tomas'].map(name => register(name)));
    const ann = await signUp('ann', { strangers: 'wait' });
    const laptop = await signIn(ann.username);
    const me = await userOf(noor, ann);
    for (const one of [noor, emil, tomas])
      await one.send(one.with(me), `Hello from ${one.user.display_name}`);
    for (const device of [ann, laptop]) {
      await device.page.getByRole('button', { name: '3 requests from strangers' }).click();
      await device.row('Noor').waitFor();
    }
    const request = name => ann.page.getByRole('navigation').getByRole('listitem').filter({ hasText: name });
    await request('Noor').getByRole('button', { name: 'Accept' }).click();
    await request('Noor').waitFor({ state: 'detached' });
    await request('Emil').getByRole('button', { name: 'Block' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
    await request('Emil').waitFor({ state: 'detached' });
    await request('Tomas').getByRole('button', { name: 'Delete' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Delete chat' }).click();
    for (const device of [ann, laptop]) {
      await device.row('Noor').waitFor();
      await eventually(async () => assert.deepEqual(await namesIn(device), ['Noor']));
    }
    // What was deleted comes back with the next message; what is blocked does not.
    await emil.send(emil.with(me), 'Are you there?');
    await tomas.send(tomas.with(me), 'Me again');
    for (const device of [ann, laptop])
      await device.page.getByRole('button', { name: '1 request from a stranger' }).waitFor();
  },
);

journey(
  'pins are put in order by the keyboard, the mouse and the menu, on all devices',
  async ({ register, signUp, signIn }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    for (const name of ['One', 'Two', 'Three']) {
      await ann.createGroup(name, [script.user.username]);
      await ann.arrange(name, 'Pin');
      await ann.row(name).getByLabel('Pinned').waitFor();
    }
    const laptop = await signIn(ann.username);
    const are = async names => {
      for (const device of [ann, laptop])
        await eventually(async () => assert.deepEqual((await namesIn(device)).slice(0, 3), names));
    };
    await are(['Three', 'Two', 'One']);
    await ann.row('Three').focus();
    await ann.page.keyboard.press('Control+Shift+ArrowDown');
    await are(['Two', 'Three', 'One']);
    await laptop.arrange('One', 'Move pin up');
    await are(['Two', 'One', 'Three']);
    await drag(ann, 'Three', 'Two');
    await are(['Three', 'Two', 'One']);
  },
);

journey(
  'folders are made, filled, moved and deleted, on all devices',
  async ({ register, signUp, signIn }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    await ann.createGroup('Choir', [script.user.username]);
    await ann.message(script.user.username);
    await ann.write('hello');
    await ann.sent('hello');
    const laptop = await signIn(ann.username);
    const make = async (name, kind) => {
      await ann.page.getByRole('button', { name: 'New folder' }).click();
      await ann.page.getByLabel('Folder name').fill(name);
      await ann.page.getByText(kind, { exact: true }).click();
      await ann.page.getByRole('button', { name: 'Create folder' }).click();
      await tab(laptop, name).waitFor();
    };
    await make('Music', 'All groups and channels');
    await make('Friends', 'All direct chats');
    await tab(laptop, 'Music').click();
    await eventually(async () => assert.deepEqual(await namesIn(laptop), ['Choir']));
    await tab(ann, 'All').click();
    await ann.arrange('Script', 'Folders…');
    await ann.page.getByRole('menuitem', { name: 'Put into “Music”' }).click();
    await laptop.row('Script').waitFor();
    await tab(ann, 'Friends').click();
    await tab(ann, 'Friends').press('Control+Shift+ArrowLeft');
    const order = () => laptop.page.getByRole('tab').allTextContents();
    await eventually(async () => assert.deepEqual((await order()).slice(4), ['Friends', 'Music']));
    await tab(laptop, 'Music').click({ button: 'right' });
    await laptop.page.getByRole('menuitem', { name: 'Delete folder' }).click();
    await laptop.page.getByRole('dialog').getByRole('button', { name: 'Delete folder' }).click();
    await tab(ann, 'Music').waitFor({ state: 'detached' });
    await tab(ann, 'Groups').click();
    await eventually(async () => assert.deepEqual(await namesIn(ann), ['Choir']));
  },
);

journey('search finds chats, contacts, people and messages', async ({ register, signUp }) => {
  const [ladder, noor, robin] = await Promise.all(['ladder', 'noor', 'robin'].map(name => register(name)));
  const ann = await signUp('ann');
  await befriendInBrowser(ann, noor);
  await ann.createGroup('Ladder crew', [robin.user.username]);
  await ann.write('Bring the ladder!');
  await ann.sent('Bring the ladder!');
  const search = ann.page.getByLabel('Search', { exact: true });
  const section = name => ann.page.getByRole('navigation').getByRole('region', { name, exact: true });
  // People are looked up when they are meant.
  await search.fill(`@${ladder.user.username}`);
  await section('People').getByText('Ladder', { exact: true }).waitFor();
  await search.fill('LADDER');
  await section('Chats').getByText('Ladder crew').waitFor();
  await section('Messages on this device').getByText('Bring the').waitFor();
  await search.fill('noo');
  // What was found before stays until this is.
  await section('Contacts').getByText('Noor', { exact: true }).waitFor();
  await search.press('ArrowDown');
  await ann.page.keyboard.press('Enter');
  await ann.page.getByRole('region', { name: 'Noor' }).waitFor();
  await search.fill('nothing like it');
  await ann.page.getByText('Nothing found for').waitFor();
  await search.press('Escape');
  await ann.row('Ladder crew').waitFor();
});

journey('drafts, typing, mentions and who is there show in the list', async ({ register, signUp }) => {
  const script = await register('script');
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await bob.message(ann.username);
  await bob.write('Hi');
  await ann.open('Bob');
  await ann.write('Hello yourself');
  await bob.sees('Hello yourself');
  await ann.row('Bob').getByRole('img', { name: 'Read' }).waitFor();
  await ann.message(script.user.username);
  await ann.row('Bob').getByText('online').waitFor();
  // The server passes over what is told more often than every three seconds.
  await bob.page.waitForTimeout(3_100);
  await bob.composer.pressSequentially('I am wri');
  await ann.row('Bob').getByText('typing…').waitFor();
  await ann.row('Bob').getByText('typing…').waitFor({ state: 'detached' });
  await ann.composer.fill('Half a thought');
  await ann.open('Bob');
  await ann.message(script.user.username);
  await ann.composer.fill('');
  await ann.open('Bob');
  await ann.composer.fill('Not yet');
  await ann.message(script.user.username);
  await ann.row('Bob').getByText('Draft:').waitFor();
  await bob.setOffline(true);
  await bob.page.close();
  await ann.row('Bob').getByText('online').waitFor({ state: 'detached' });
  await ann.open('Bob');
  await ann.page.getByText(/^last seen/).waitFor();
});

journey('somebody who leaves the device alone is away', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await bob.page.clock.install();
  await bob.page.reload();
  await bob.page.getByRole('heading', { name: 'Chats' }).waitFor();
  await ann.message(bob.username);
  await ann.page.getByText('online', { exact: true }).first().waitFor();
  await bob.page.clock.fastForward(5 * 60_000 + 10_000);
  await ann.page.getByText('away', { exact: true }).first().waitFor();
  await bob.page.mouse.move(300, 300);
  await ann.page.getByText('online', { exact: true }).first().waitFor();
});

journey('a finger draws actions from behind a chat', async ({ register, signUp }) => {
  const noor = await register('noor');
  const ann = await signUp('ann', MOBILE);
  const me = await userOf(noor, ann);
  await noor.send(noor.with(me), 'Hello');
  await ann.row('Noor').getByText('1 unread').waitFor();
  await swipe(ann, 'Noor', 200);
  await ann.page.getByText('Read', { exact: true }).click();
  await ann.row('Noor').getByText('1 unread').waitFor({ state: 'detached' });
  await swipe(ann, 'Noor', -200);
  await ann.page.locator('nav').getByText('Archive', { exact: true }).click();
  await ann.page.getByRole('button', { name: 'Archived · 1' }).click();
  await ann.row('Noor').waitFor();
});

journey('nothing moves under a pointer that is about to press', async ({ register, signUp }) => {
  const [noor, emil] = await Promise.all(['noor', 'emil'].map(name => register(name)));
  const ann = await signUp('ann');
  const me = await userOf(noor, ann);
  await emil.send(emil.with(me), 'first');
  await noor.send(noor.with(me), 'second');
  await eventually(async () => assert.deepEqual(await namesIn(ann), ['Noor', 'Emil']));
  await ann.row('Noor').hover();
  const { x, y } = await ann.row('Noor').boundingBox();
  // A pointer that rests lets the list move: on a slow machine it would before anybody has looked.
  const looked = new AbortController();
  const moving = (async () => {
    for (let step = 0; !looked.signal.aborted; step++) {
      await ann.page.mouse.move(x + 40 + (step % 5), y + 20);
      await ann.page.waitForTimeout(100);
    }
  })();
  try {
    await emil.send(emil.with(me), 'third');
    await ann.row('Emil').getByText('third').waitFor();
    assert.deepEqual(await namesIn(ann), ['Noor', 'Emil']);
  } finally {
    looked.abort();
    await moving;
  }
  await eventually(async () => assert.deepEqual(await namesIn(ann), ['Emil', 'Noor']));
});
