import assert from 'node:assert/strict';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { holds } from './support/writing.mjs';

/** Waits until the browser has kept the program. */
const kept = page => page.evaluate(async () => void (await navigator.serviceWorker.ready));

/** Puts another version into what the server says when a socket is signed in. */
async function sayVersions(page) {
  const said = { version: undefined, hellos: 0 };
  await page.routeWebSocket(/\/api\/v1\/ws/, socket => {
    const server = socket.connectToServer();
    server.onMessage(message => {
      const text = String(message);
      if (text.includes('"hello"')) said.hellos += 1;
      socket.send(said.version ? text.replace(/"version":"[^"]*"/, `"version":"${said.version}"`) : text);
    });
    said.drop = () => socket.close({ code: 1012 });
  });
  return said;
}

journey('the app opens without a connection, with everything known', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.write('kept for later');
  await ann.sent('kept for later');
  await kept(page);
  await page.reload();
  await ann.sees('kept for later');
  await ann.setOffline(true);
  await page.reload();
  await ann.sees('kept for later');
  await ann.write('written at sea');
  await ann.bubble('written at sea', 'sending').waitFor();
  await page.reload();
  await ann.bubble('written at sea', 'sending').waitFor();
  await ann.setOffline(false);
  await ann.sent('written at sea');
  // What was never on this device comes with the connection.
  await ann.setOffline(true);
  await page.goto(new URL('/settings/privacy', page.url()).href);
  await page.getByText('This cannot be shown now').waitFor();
  await ann.setOffline(false);
  await page.getByLabel('My status').waitFor();
});

journey('the manifest and its icons are what a browser needs to install it', async ({ server, visit }) => {
  const { page } = await visit('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await fetch(new URL(href, server.url))).json();
  assert.equal(manifest.display, 'standalone');
  for (const { src, type, sizes } of manifest.icons) {
    const answer = await fetch(new URL(src, server.url));
    assert.equal(answer.headers.get('content-type'), type, src);
    if (type !== 'image/png') continue;
    const picture = Buffer.from(await answer.arrayBuffer());
    const [width, height] = [picture.readUInt32BE(16), picture.readUInt32BE(20)];
    assert.equal(`${width}x${height}`, sizes);
  }
});

journey('another version asks who is writing, and loses nothing', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  await ann.message(script.user.username);
  const said = await sayVersions(page);
  await page.reload();
  await ann.write('before');
  await ann.sent('before');
  await ann.composer.fill('half a thought');
  said.version = '99.0.0';
  said.drop();
  const prompt = page.getByRole('status').filter({ hasText: 'A new version of Parlance is ready' });
  await prompt.waitFor();
  await checkAccess(ann, 'a new version');
  said.version = undefined;
  await Promise.all([page.waitForEvent('load'), prompt.getByRole('button', { name: 'Load it' }).click()]);
  await ann.sees('before');
  await holds(ann, 'half a thought');
});

journey('another version is loaded by itself while nobody looks', async ({ signUp }) => {
  const ann = await signUp('ann');
  const { page } = ann;
  const said = await sayVersions(page);
  await page.reload();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  while (said.hellos === 0) await page.waitForTimeout(50);
  await page.getByRole('navigation').getByRole('button', { name: 'New chat' }).first().click();
  const field = page.getByLabel('Search people');
  await field.fill('half a na');
  await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { value: 'hidden' }));
  said.version = '99.0.0';
  said.drop();
  await page.getByText('A new version of Parlance is ready').waitFor();
  // Not while something is being written.
  await page.waitForTimeout(6_000);
  assert.equal(await field.inputValue(), 'half a na');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  const reloaded = page.waitForEvent('load');
  said.drop();
  await reloaded;
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
});
