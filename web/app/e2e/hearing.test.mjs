// Voice messages that go on while one does something else, and what ends them.
import { journey } from './support/journey.mjs';
import { listener, sounds } from './support/sound.mjs';

const play = ({ log }) => log.getByRole('button', { name: 'Play', exact: true }).click();

journey('whoever is signed out hears no more of a voice message', async walk => {
  const { ann } = await listener(walk);
  await play(ann);
  await sounds(ann, true);
  await ann.page.getByRole('button', { name: 'Settings' }).click();
  await ann.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await ann.page.getByLabel('Password').waitFor();
  await sounds(ann, false);
});

journey('what plays pauses while one speaks, and hearing oneself ends with that', async walk => {
  const { ann } = await listener(walk, { permissions: ['microphone'] });
  const button = name => ann.page.getByRole('button', { name, exact: true });
  await play(ann);
  await sounds(ann, true);
  await button('Record a voice message').click();
  await sounds(ann, false);
  await ann.page.getByRole('timer').getByText('0:01').waitFor();
  await button('Stop and listen').click();
  await play(ann);
  await sounds(ann, true);
  // What else plays goes on when the recording is given up.
  await button('Delete the recording').click();
  await button('Record a voice message').waitFor();
  await ann.log.getByRole('button', { name: 'Pause' }).click();
  await sounds(ann, false);
});
