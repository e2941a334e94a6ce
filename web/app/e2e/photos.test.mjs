import assert from 'node:assert/strict';
import { photo } from './support/files.mjs';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { paint, upload } from './support/media.mjs';
import { Panel } from './support/panel.mjs';
import { groupOf } from './support/reader.mjs';

/** Chooses a photo, cuts it and saves it. */
async function choosePhoto(person, field, file = photo('me.png', 300, 200)) {
  await field.locator('input[data-photo]').setInputFiles(file);
  const sheet = person.page.getByRole('dialog', { name: 'Choose what is seen' });
  await sheet.getByRole('slider', { name: 'Zoom' }).fill('1.5');
  await checkAccess(person, 'cutting a photo');
  await sheet.getByRole('button', { name: 'Save' }).click();
  await sheet.waitFor({ state: 'detached' });
}

/** What the server answers to a request of this person's. */
function ask(person, path) {
  return person.page.evaluate(async path => {
    const answer = await fetch(path);
    const type = answer.headers.get('content-type');
    return { status: answer.status, type, value: type?.includes('json') ? await answer.json() : undefined };
  }, path);
}

journey('a photo of oneself is chosen, cut, seen by others and taken away', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.page.getByRole('button', { name: 'Settings' }).click();
  await ann.page.getByRole('link', { name: 'Profile' }).click();
  const profile = ann.page.getByRole('region', { name: 'Profile' });
  await choosePhoto(ann, profile);
  const remove = profile.getByRole('button', { name: 'Remove photo' });
  await remove.waitFor();
  const { value: me } = await ask(ann, '/api/v1/me');
  const { user_id: id, photo: file } = me.user;
  const seen = await ask(bob, `/api/v1/users/${id}/photo/${file}`);
  assert.deepEqual([seen.status, seen.type], [200, 'image/jpeg']);
  const shown = bob.page.locator(`header img[src*="${file}"][data-shown]`);
  await bob.message(ann.username);
  await shown.waitFor();
  await remove.click();
  await remove.waitFor({ state: 'detached' });
  assert.equal((await ask(bob, `/api/v1/users/${id}/photo/${file}`)).status, 404);
});

journey('what is transparent in a photo is white, not black', async ({ signUp }) => {
  const ann = await signUp('ann');
  await ann.page.getByRole('button', { name: 'Settings' }).click();
  await ann.page.getByRole('link', { name: 'Profile' }).click();
  const profile = ann.page.getByRole('region', { name: 'Profile' });
  const nothing = await ann.page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 200, height: 200 });
    const blob = await new Promise(resolve => canvas.toBlob(resolve));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  await choosePhoto(ann, profile, { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(nothing) });
  await profile.getByRole('button', { name: 'Remove photo' }).waitFor();
  const shade = await ann.page.evaluate(async () => {
    const { user } = await (await fetch('/api/v1/me')).json();
    const photo = await (await fetch(`/api/v1/users/${user.user_id}/photo/${user.photo}`)).blob();
    const pen = new OffscreenCanvas(1, 1).getContext('2d');
    pen.drawImage(await createImageBitmap(photo), 0, 0);
    return [...pen.getImageData(0, 0, 1, 1).data];
  });
  assert.deepEqual(shade, [255, 255, 255, 255]);
});

journey('a group gets a photo, and oneself a picture behind the chat', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.createGroup('Crew', [bob.username]);
  const panel = await Panel.of(ann);
  await panel.go('Name and description');
  await choosePhoto(ann, panel.side);
  await panel.side.getByRole('button', { name: 'Remove photo' }).waitFor();
  const id = new URL(ann.page.url()).pathname.split('/')[2];
  const { value: row } = await ask(bob, `/api/v1/conversations/${id}`);
  assert.equal((await ask(bob, `/api/v1/conversations/${id}/photo/${row.photo}`)).status, 200);
  await bob.open('Crew');
  await bob.page.locator(`header img[src*="${row.photo}"][data-shown]`).waitFor();
  await panel.go('Background');
  await panel.side.locator('input[data-photo]').setInputFiles(photo('hills.png', 300, 200));
  const ground = ann.page.locator('section[data-background=photo]');
  await ground.waitFor();
  await ann.page.reload();
  await ground.waitFor();
  assert.match(
    await ground.evaluate(element => getComputedStyle(element).backgroundImage),
    /\/background\/f_/,
  );
});

journey(
  'whoever is invited by a link sees the photo of the group, and its code is in no address',
  async stage => {
    const script = await stage.register('script');
    const bob = await stage.signUp('bob');
    const picture = await upload(stage.server, script, await paint(bob.page, { width: 320, height: 320 }));
    const group = await groupOf([script], 'Crew', []);
    const at = `/api/v1/conversations/${group.id}`;
    await script.call('PATCH', at, { photo: picture.file_id });
    const { code } = await script.call('POST', `${at}/links`, {});
    const asked = [];
    bob.page.on('request', request => asked.push(request.url()));
    await bob.page.goto(`${stage.server.url}/join#${code}`);
    const invitation = bob.page.getByRole('dialog', { name: 'Join' });
    await invitation.locator('img[src^="blob:"][data-shown]').waitFor();
    assert.ok(asked.some(url => url.includes(`/photo/${picture.file_id}`)));
    const told = asked.filter(url => new URL(url).pathname !== '/join' && url.includes(code));
    assert.deepEqual(told, []);
  },
);
