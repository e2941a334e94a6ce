// Cards of links. The server asks public addresses only, so what it would say of a page is put into its answers here.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { checkAccess } from './support/frame.mjs';
import { paint, sendFiles, upload } from './support/media.mjs';
import { groupOf } from './support/reader.mjs';

const CARD = {
  url: 'https://charts.example.org/archipelago',
  title: 'Charts of the archipelago <b>',
  description: 'Depths, marks and harbours of the whole archipelago, corrected every week.',
  site: 'The chart room',
};

/** Gives each message that links the page a card. */
async function withCards(page, card) {
  await page.routeWebSocket('**/api/v1/ws', socket => {
    const server = socket.connectToServer();
    server.onMessage(message => {
      socket.send(typeof message === 'string' ? JSON.stringify(carded(JSON.parse(message), card)) : message);
    });
  });
}

function carded(value, card) {
  if (Array.isArray(value)) return value.map(each => carded(each, card));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, carded(each, card)]));
  if (copy.body?.text?.includes(card.url)) copy.details = { ...copy.details, preview: card };
  return copy;
}

journey('a card tells what a page says of itself, and whose it is', async ({ server, register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  // The picture of a card is read like a file of its message.
  const picture = await upload(server, script, await paint(ann.page, { width: 320, height: 180 }));
  const preview = { file_id: picture.file_id, width: 320, height: 180, placeholder: picture.placeholder };
  await withCards(ann.page, { ...CARD, picture: preview });
  await ann.page.reload();
  await sendFiles(script, group.id, [picture], `look at ${CARD.url}`);
  await group.say(script, `and at ${CARD.url} again`);
  await ann.open('Crew');
  const cards = ann.log.getByRole('link', { name: 'The chart room · charts.example.org' });
  await cards.nth(1).waitFor();
  await ann.log.getByText('Charts of the archipelago <b>').first().waitFor();
  assert.equal(await cards.first().getAttribute('href'), CARD.url);
  assert.equal(await cards.first().getAttribute('rel'), 'noopener noreferrer nofollow ugc');
  await checkAccess(ann, 'cards');
});
