// Photos of people and groups stand in place of the generated ones, wherever these are.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { paint, upload } from './support/media.mjs';
import { groupOf } from './support/reader.mjs';

/** How many pictures at an address are drawn within something. */
function drawn(place, path) {
  return place.locator(`img[src*="${path}"][data-shown]`);
}

journey('photos show in the list, the chat and its info, and go when they are taken away', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  const shown = async hue => {
    const bytes = await paint(ann.page, { width: 640, height: 640, hue });
    return (await upload(server, script, bytes, { name: 'photo.jpg' })).file_id;
  };
  await script.call('PATCH', '/api/v1/me', { photo: await shown(30) });
  await script.call('PATCH', `/api/v1/conversations/${group.id}`, { photo: await shown(150) });
  await group.say(script, 'look, a photo');
  await ann.page.reload();
  await ann.open('Crew');
  await ann.sees('look, a photo');
  const own = `/users/${script.user.user_id}/photo/`;
  const ofGroup = `/conversations/${group.id}/photo/`;
  await drawn(ann.log, own).first().waitFor();
  await drawn(ann.row('Crew'), ofGroup).waitFor();
  await ann.openInfo();
  await drawn(ann.info, ofGroup).waitFor();
  // Live: another one, then none.
  const second = await shown(270);
  await script.call('PATCH', `/api/v1/conversations/${group.id}`, { photo: second });
  await drawn(ann.row('Crew'), second).waitFor();
  await script.call('PATCH', `/api/v1/conversations/${group.id}`, { photo: '' });
  await drawn(ann.row('Crew'), ofGroup).waitFor({ state: 'detached' });
  assert.equal(await ann.row('Crew').locator('img').count(), 0);
});

journey('a photo that did not come is asked for again when there is a connection', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann', { serviceWorkers: 'block' });
  const group = await groupOf([script], 'Crew', [ann]);
  const bytes = await paint(ann.page, { width: 640, height: 640 });
  const photo = (await upload(server, script, bytes, { name: 'photo.jpg' })).file_id;
  await script.call('PATCH', `/api/v1/conversations/${group.id}`, { photo });
  const refused = ann.page.waitForResponse(answer => answer.url().includes('/photo/'));
  await ann.page.route('**/photo/**', route => route.fulfill({ status: 503 }));
  await ann.page.reload();
  assert.equal((await refused).status(), 503);
  assert.equal(await drawn(ann.row('Crew'), photo).count(), 0);
  await ann.setOffline(true);
  await ann.page.unroute('**/photo/**');
  await ann.setOffline(false);
  await drawn(ann.row('Crew'), photo).waitFor();
  // The server was away.
  await ann.page.route('**/photo/**', route => route.fulfill({ status: 503 }));
  const next = (await upload(server, script, bytes, { name: 'photo.jpg' })).file_id;
  const again = ann.page.waitForResponse(answer => answer.url().includes('/photo/'));
  await script.call('PATCH', `/api/v1/conversations/${group.id}`, { photo: next });
  assert.equal((await again).status(), 503);
  await server.kill();
  await ann.page.unroute('**/photo/**');
  await server.start();
  await drawn(ann.row('Crew'), next).waitFor();
});
