import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { userOf } from './support/people.mjs';
import { attach, holds } from './support/writing.mjs';

journey('a draft that answers a message does so without a connection', async ({ register, signUp }) => {
  const [script, other] = await Promise.all([register('script'), register('other')]);
  const ann = await signUp('ann');
  const me = await userOf(script, ann);
  await other.send(other.with(me), 'elsewhere');
  await script.send(script.with(me), 'Tea or coffee?');
  await ann.open('Script');
  await ann.act('Tea or coffee?', 'Reply');
  await ann.page.getByText('Reply to Script').waitFor();
  await ann.composer.fill('Tea');
  await ann.setOffline(true);
  await ann.open('Other');
  await ann.open('Script');
  await holds(ann, 'Tea');
  await ann.composer.fill('Tea, please');
  await ann.open('Other');
  await ann.open('Script');
  await holds(ann, 'Tea, please');
  await ann.setOffline(false);
  await ann.page.getByText('Reply to Script').waitFor();
  await ann.composer.press('Enter');
  await ann.sent('Tea, please');
  await ann.log.getByRole('article').last().getByRole('button', { name: 'Tea or coffee?' }).waitFor();
});

journey('a poll leaves an edit alone', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  await ann.message(script.user.username);
  await ann.write('See you at nine');
  await ann.sent('See you at nine');
  await ann.act('See you at nine', 'Edit');
  await ann.composer.fill('See you at ten');
  const sheet = await attach(ann, 'Poll', 'New poll');
  await sheet.getByLabel('Question').fill('Where?');
  await sheet.getByLabel('Answer 1', { exact: true }).fill('Here');
  await sheet.getByLabel('Answer 2', { exact: true }).fill('There');
  await sheet.getByRole('button', { name: 'Send' }).click();
  await ann.log.getByText('Where?').waitFor();
  assert.equal(await ann.composer.inputValue(), 'See you at ten');
  await ann.composer.press('Enter');
  await ann.log.getByText('See you at ten').waitFor();
});
