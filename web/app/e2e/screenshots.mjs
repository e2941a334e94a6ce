// Takes every main screen of the real program, filled with believable people, into target/screenshots. No test:
// somebody looks at them. `make screenshots`.
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, openDevice } from './support/browser.mjs';
import { PASSWORD } from './support/api.mjs';
import { Server } from './support/server.mjs';
import { adorn, talk } from './support/adorn.mjs';
import { fill } from './support/town.mjs';

const OUT = fileURLToPath(new URL('../../../target/screenshots/', import.meta.url));
const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
};
const SETTINGS = [
  'profile',
  'devices',
  'notifications',
  'privacy',
  'appearance',
  'storage',
  'keyboard',
  'about',
];
const ADMIN = ['', '/users', '/invites', '/groups', '/reports', '/stickers', '/emoji', '/audit', '/settings'];
/** Pictures of people and things that glide are where they belong by then. */
const SETTLE_MS = 600;
/** So long the overview is watched while people talk. */
const MEASURED_MS = 20_000;

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const only = process.argv[2];
/** Signed-in browsers by size, colour and name. */
const devices = new Map();
const server = await Server.start();
const browser = await launch();
try {
  await look('first', '/', undefined);
  const town = await fill(server);
  const { page: easel } = await openDevice(browser, server);
  await adorn(server, easel, town);
  await easel.context().close();
  const screens = {
    list: '/',
    group: `/c/${town.group}`,
    'group-about': `/c/${town.group}/info`,
    direct: `/c/${town.direct}`,
    'direct-about': `/c/${town.direct}/info`,
    'empty-chat': `/c/${town.empty}`,
    new: '/new',
    join: '/join',
    contacts: '/contacts',
    settings: '/settings',
    ...Object.fromEntries(SETTINGS.map(name => [`settings-${name}`, `/settings/${name}`])),
    ...Object.fromEntries(ADMIN.map(name => [`admin${name.replace('/', '-')}`, `/admin${name}`])),
  };
  for (const [name, path] of Object.entries(screens)) {
    if (only && !name.includes(only)) continue;
    // What moves is measured while somebody looks.
    await look(name, path, town.me, name === 'admin' ? () => talk(town, MEASURED_MS) : undefined);
  }
  if (!only || 'palette'.includes(only))
    await look('palette', `/c/${town.group}`, town.me, page => page.keyboard.press('Control+k'));
} finally {
  await browser.close();
  await server.stop();
}

/** One screen in every size and colour. */
async function look(name, path, username, act) {
  for (const [size, options] of Object.entries(SIZES))
    for (const colorScheme of ['light', 'dark']) {
      const page = await device(size, colorScheme, { ...options, colorScheme }, username);
      await page.goto(new URL(path, server.url).href);
      await page.waitForTimeout(SETTLE_MS);
      await act?.(page);
      if (act) await page.waitForTimeout(SETTLE_MS);
      await page.screenshot({ path: `${OUT}${name}-${size}-${colorScheme}.png` });
    }
  process.stdout.write(`${name}\n`);
}

/** A signed-in browser of this size and colour, the same for all screens; or one of nobody. */
async function device(size, colorScheme, options, username) {
  const key = `${size} ${colorScheme} ${username}`;
  const known = devices.get(key);
  if (known) return known;
  const { page } = await openDevice(browser, server, options);
  devices.set(key, page);
  if (!username) return page;
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).first().click();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  return page;
}
