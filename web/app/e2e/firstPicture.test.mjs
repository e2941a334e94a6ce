// What draws pictures is loaded with the first that needs it: until then, and if it never comes, the messages stay.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { album, sendFiles } from './support/media.mjs';
import { Reader, groupOf } from './support/reader.mjs';

/** The worker would have them already. */
const UNKEPT = { serviceWorkers: 'block' };
const DRAWS = '**/assets/draw-*.js';

journey('the first picture of a chat of texts leaves what one is doing there', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann', UNKEPT);
  const group = await groupOf([script], 'Crew', [ann]);
  await group.say(script, 'only a text');
  const [picture] = await album(server, script, ann.page, 1);
  let release;
  const held = new Promise(resolve => (release = resolve));
  await ann.page.route(DRAWS, async route => {
    await held;
    await route.continue();
  });
  await ann.page.reload();
  await ann.open('Crew');
  await new Reader(ann).choose('only a text', 'Select');
  const selected = ann.page.getByText('1 selected');
  await selected.waitFor();
  await sendFiles(script, group.id, [picture]);
  await ann.row('Crew').getByText('Script: 📷 Photo').waitFor();
  await ann.log.getByRole('article').nth(1).waitFor();
  assert.ok(await selected.isVisible(), 'what is selected stays so');
  release();
  await ann.log.getByRole('button', { name: 'Open Photo' }).waitFor();
  assert.ok(await selected.isVisible(), 'what is selected stays so');
});

journey('texts are readable without what draws the pictures among them', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann', UNKEPT);
  const group = await groupOf([script], 'Crew', [ann]);
  await sendFiles(script, group.id, await album(server, script, ann.page, 1), 'with a picture');
  await ann.page.route(DRAWS, route => route.abort());
  await ann.page.reload();
  await ann.open('Crew');
  await ann.sees('with a picture');
  // Once it can be had, the next picture brings the others with it.
  await ann.page.unroute(DRAWS);
  await sendFiles(script, group.id, await album(server, script, ann.page, 1), 'another one');
  await ann.log.getByRole('button', { name: 'Open Photo' }).nth(1).waitFor();
});
