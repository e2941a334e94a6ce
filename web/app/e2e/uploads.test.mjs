import assert from 'node:assert/strict';
import {
  attachmentsIn,
  chat,
  chooseFiles,
  choosePictures,
  contentOf,
  cutOff,
  document,
  photo,
  sendAll,
  slowly,
  underWay,
} from './support/files.mjs';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { eventually } from './support/people.mjs';

const last = list => list.at(-1);

journey('an album is chosen, looked at, captioned and sent, in order with texts', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  await ann.composer.fill('our **trip**');
  const sheet = await choosePictures(ann, [photo('one.png'), photo('two.png', 80, 120), photo('three.png')]);
  await sheet.getByRole('heading', { name: 'Send 3 photos' }).waitFor();
  assert.equal(await sheet.getByLabel('Caption').inputValue(), 'our **trip**');
  await sheet.getByRole('button', { name: 'Leave out two.png' }).click();
  await slowly(ann, 20_000);
  await sendAll(sheet);
  const pending = ann.log.locator('[data-state=sending]').first();
  await pending.getByRole('img', { name: 'one.png' }).waitFor();
  await checkAccess(ann, 'files on their way');
  await ann.write('and then');
  await ann.bubble('and then', 'sending').waitFor();
  await slowly(ann, 0);
  await ann.sent('and then');
  await bob.sees('and then');
  const messages = await attachmentsIn(bob);
  assert.deepEqual(
    messages.map(({ text }) => text),
    ['hello', 'our trip', 'and then'],
  );
  assert.deepEqual(
    messages[1].attachments.map(({ kind, name, width, height }) => [kind, name, width, height]),
    [
      ['picture', 'one.png', 120, 80],
      ['picture', 'three.png', 120, 80],
    ],
  );
  assert.equal(await ann.composer.inputValue(), '');
});

journey('an upload goes on after a reload and arrives byte for byte', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  const file = document('plan.bin', 3_000_000);
  await slowly(ann, 500_000);
  await sendAll(await chooseFiles(ann, file));
  await underWay(ann);
  await ann.page.reload();
  await ann.log.locator('[data-state=sending]').getByText('plan.bin').waitFor();
  await ann.log.locator('[data-state=sending]').waitFor({ state: 'detached', timeout: 60_000 });
  const { index, attachments } = last(await attachmentsIn(bob));
  assert.equal(attachments[0].name, 'plan.bin');
  assert.ok((await contentOf(bob, index, attachments[0].file_id)).equals(file.buffer));
  assert.equal((await attachmentsIn(bob)).length, 2);
});

journey(
  'an upload waits while there is no network, and survives a killed server',
  async ({ signUp, server }) => {
    const [ann, bob] = await chat(signUp);
    const file = document('plan.bin', 3_000_000);
    await slowly(ann, 500_000);
    await sendAll(await chooseFiles(ann, file));
    await underWay(ann);
    await cutOff(ann);
    await ann.log.getByText('Waiting to be sent').waitFor();
    await slowly(ann, 500_000);
    await underWay(ann);
    await server.kill();
    await server.start();
    await ann.log.locator('[data-state=sending]').waitFor({ state: 'detached', timeout: 60_000 });
    await bob.log.locator('[data-index]').nth(1).waitFor();
    const { index, attachments } = last(await attachmentsIn(bob));
    assert.ok((await contentOf(bob, index, attachments[0].file_id)).equals(file.buffer));
  },
);

journey('what is given up in the middle leaves nothing, and lets the next message go', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  await slowly(ann, 200_000);
  await sendAll(await choosePictures(ann, photo('mistake.png', 900, 900)));
  await underWay(ann);
  await ann.write('never mind');
  // Before the line is fast again: then all of it might be there in time.
  await ann.log
    .locator('[data-state=sending]')
    .first()
    .getByRole('button', { name: 'Cancel sending' })
    .click();
  await slowly(ann, 0);
  await ann.sent('never mind');
  await bob.sees('never mind');
  assert.deepEqual(
    (await attachmentsIn(bob)).map(({ text }) => text),
    ['hello', 'never mind'],
  );
  const usage = () => ann.page.evaluate(async () => (await fetch('/api/v1/me/files')).json());
  await eventually(async () => {
    const { uploads, used_bytes } = await usage();
    assert.deepEqual([uploads, used_bytes], [0, 0]);
  });
});

journey('another tab goes on with the upload of one that was closed', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  const second = await ann.openTab();
  const file = document('plan.bin', 3_000_000);
  await slowly(ann, 500_000);
  await sendAll(await chooseFiles(ann, file));
  await underWay(ann);
  // Both tabs show how far it is.
  await underWay(second);
  await ann.page.close();
  await second.log.locator('[data-state=sending]').waitFor({ state: 'detached', timeout: 60_000 });
  await bob.log.locator('[data-index]').nth(1).waitFor();
  const { index, attachments } = last(await attachmentsIn(bob));
  assert.ok((await contentOf(bob, index, attachments[0].file_id)).equals(file.buffer));
  assert.equal((await attachmentsIn(bob)).length, 2);
});
