// Lines as they are: one that comes and goes, one that is slow.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { journey } from './support/journey.mjs';
import { eventually, userOf } from './support/people.mjs';

const TURNS = 8;
/** There and back again on a slow line. */
const LATENCY_MS = 400;
const BYTES_PER_SECOND = 50_000;

/** The texts of own and others' messages on screen, in order. */
const shown = person => person.log.locator('[data-state=sent] [class*=text]').allTextContents();

journey('a line that comes and goes loses nothing, doubles nothing and keeps the order', async walk => {
  const { register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  await ann.message(script.user.username);
  await ann.write('begin');
  await ann.sent('begin');
  const chat = script.with(await userOf(script, ann));
  await script.send(chat, 'begun');
  await ann.sees('begun');
  for (let turn = 1; turn <= TURNS; turn++) {
    await ann.setOffline(true);
    await ann.write(`from Ann ${turn}`);
    await script.send(chat, `to Ann ${turn}`);
    await pause(turn * 40);
    await ann.setOffline(false);
    // Sometimes there is time to sync, sometimes there is not.
    await pause((turn % 3) * 300);
  }
  await ann.sent(`from Ann ${TURNS}`);
  await ann.sees(`to Ann ${TURNS}`);
  await eventually(async () => assert.deepEqual(await shown(ann), await script.texts(chat)));
  const own = (await script.texts(chat)).filter(text => text.startsWith('from'));
  assert.deepEqual(
    own,
    Array.from({ length: TURNS }, (_, turn) => `from Ann ${turn + 1}`),
  );
  await ann.page.reload();
  await ann.sees(`from Ann ${TURNS}`);
  await eventually(async () => assert.deepEqual(await shown(ann), await script.texts(chat)));
});

journey('on a slow line one reads and writes as on any other', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  await ann.message(script.user.username);
  await ann.write('on a good line');
  await ann.sent('on a good line');
  const chat = script.with(await userOf(script, ann));
  for (let number = 1; number <= 80; number++) await script.send(chat, `news ${number}`);
  await ann.sees('news 80');
  await slowLine(ann.page);
  await ann.page.reload();
  // What is held shows before anything has come.
  await ann.sees('news 80');
  await ann.write('on a slow line');
  const waiting = ann.bubble('on a slow line', 'sending');
  await waiting.waitFor();
  assert.equal(await ann.composer.inputValue(), '');
  await ann.composer.fill('one writes on meanwhile');
  await ann.sent('on a slow line');
  assert.equal(await ann.composer.inputValue(), 'one writes on meanwhile');
  await script.send(chat, 'answered');
  await ann.sees('answered');
  await ann.log.hover();
  await ann.page.mouse.wheel(0, -20_000);
  await ann.sees('news 1');
});

/** Requests and frames of sockets take their time, both ways. */
async function slowLine(page) {
  await page.routeWebSocket(/./, socket => {
    const server = socket.connectToServer();
    socket.onMessage(message => setTimeout(() => server.send(message), LATENCY_MS / 2));
    server.onMessage(message => setTimeout(() => socket.send(message), LATENCY_MS / 2));
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
}
