import assert from 'node:assert/strict';
import { PHONE, openSettings } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { eventually } from './support/people.mjs';

journey('privacy and notifications follow on every device', async ({ signUp }) => {
  const laptop = await signUp('ann');
  const phone = await laptop.onAnotherDevice(PHONE);
  await openSettings(laptop, 'Privacy');
  await openSettings(phone, 'Privacy');
  await laptop.page.getByLabel('When I was last there').selectOption({ label: 'Nobody' });
  await phone.page.waitForFunction(() =>
    [...document.querySelectorAll('select')].some(select => select.selectedOptions[0]?.text === 'Nobody'),
  );
  await laptop.page.getByRole('link', { name: 'Notifications and sound' }).click();
  await laptop.page.getByRole('switch', { name: 'Sound' }).click();
  await laptop.page.getByRole('switch', { name: 'Quiet hours' }).click();
  await laptop.page.getByLabel('From').waitFor();
  await laptop.page.getByLabel('From').fill('21:30');
  // It shows at once; the server has it a little later.
  const begins = laptop.page.locator('input[type=time][value="21:30"]');
  await begins.waitFor();
  const told = () => laptop.page.evaluate(async () => (await fetch('/api/v1/notifications')).json());
  await eventually(async () => assert.equal((await told()).quiet_hours?.from_minute, 21 * 60 + 30));
  await laptop.page.reload();
  await laptop.page.getByRole('switch', { name: 'Sound', checked: false }).waitFor();
  await begins.waitFor();
  await laptop.page.getByRole('switch', { name: 'Quiet hours' }).click();
  await laptop.page.getByLabel('From').waitFor({ state: 'detached' });
});

journey('what is typed into a profile stays when another device saves one', async ({ signUp }) => {
  const laptop = await signUp('ann');
  const phone = await laptop.onAnotherDevice(PHONE);
  for (const device of [laptop, phone]) await openSettings(device, 'Profile');
  const status = device => device.page.getByLabel('Status', { exact: true });
  await laptop.page.getByLabel('Display name').fill('Anna of the');
  await status(phone).fill('At the harvest');
  await phone.page.getByRole('button', { name: 'Save' }).click();
  await eventually(async () => assert.equal(await status(laptop).inputValue(), 'At the harvest'));
  assert.equal(await laptop.page.getByLabel('Display name').inputValue(), 'Anna of the');
});

journey('the language changes at once, and the size of messages too', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.write('how large am I');
  await ann.sent('how large am I');
  await openSettings(ann, 'Appearance');
  await page.getByLabel('Size of messages').fill('20');
  await page.getByRole('link', { name: 'Language' }).click();
  await page.getByText('简体中文').click();
  await page.getByRole('heading', { name: '设置' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh');
  await page.getByRole('button', { name: '关闭' }).click();
  const text = page.getByRole('log').getByText('how large am I');
  await text.waitFor();
  assert.equal(await text.evaluate(element => getComputedStyle(element).fontSize), '20px');
  await page.reload();
  await page.getByRole('heading', { name: '聊天' }).waitFor();
});

journey('clearing the local database loads everything anew', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.write('kept by the server');
  await ann.sent('kept by the server');
  await openSettings(ann, 'Storage');
  await page.getByText('MB').waitFor();
  await page.getByRole('button', { name: 'Clear and load anew' }).click();
  const question = page.getByRole('dialog');
  await Promise.all([
    page.waitForEvent('load'),
    question.getByRole('button', { name: 'Clear and load anew' }).click(),
  ]);
  await page.getByRole('heading', { name: 'Storage' }).waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await ann.row('Script').click();
  await ann.sees('kept by the server');
});

journey('a wiped or spoilt local database heals itself', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.write('still there');
  await ann.sent('still there');
  const chat = page.url();
  // What another program of the browser's owner may do at any time: all gone, under a running page.
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  });
  await ann.write('after the flood');
  await ann.sent('after the flood');
  await page.reload();
  await ann.sees('still there');
  await ann.sees('after the flood');
  // Rows of nonsense, in every table.
  await page.evaluate(async () => {
    const [{ name }] = await indexedDB.databases();
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
    const tables = [...database.objectStoreNames];
    const change = database.transaction(tables, 'readwrite');
    for (const table of tables) {
      const store = change.objectStore(table);
      for (const key of await keysOf(store)) {
        try {
          if (store.keyPath === null) store.put('nonsense', key);
          else store.put({ [store.keyPath]: key, nonsense: true });
        } catch {
          // A key of several parts: this row stays as it is.
        }
      }
    }
    await new Promise(resolve => change.addEventListener('complete', resolve));
    database.close();

    function keysOf(store) {
      return new Promise(resolve => {
        const request = store.getAllKeys();
        request.addEventListener('success', () => resolve(request.result));
      });
    }
  });
  await page.goto(chat);
  await ann.sees('still there');
  await ann.write('healed');
  await ann.sent('healed');
});

journey(
  'a notification and a tone for a message nobody sees, once for two tabs',
  async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const { page } = ann;
    await page.context().grantPermissions(['notifications']);
    await ann.message(script.user.username);
    await ann.write('hello');
    await ann.sent('hello');
    await openSettings(ann, 'Notifications and sound');
    await page.getByRole('switch', { name: 'Show notifications' }).click();
    await page.getByRole('switch', { name: 'Show notifications', checked: true }).waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await ann.composer.waitFor();
    const other = await ann.openTab();
    const shown = [];
    await page.context().exposeFunction('reportNotice', text => shown.push(text));
    for (const tab of [ann, other]) {
      await tab.page.evaluate(() => {
        document.hasFocus = () => false;
        const report = (title, options) => globalThis.reportNotice(`${title}: ${options.body}`);
        ServiceWorkerRegistration.prototype.showNotification = async (title, options) =>
          report(title, options);
        globalThis.Notification = class extends EventTarget {
          static permission = 'granted';
          constructor(title, options) {
            super();
            report(title, options);
          }
        };
      });
    }
    const { user_id } = await script.call('GET', `/api/v1/users?username=${ann.username}`);
    const chat = script.with({ user: { user_id } });
    await script.send(chat, 'are you there?');
    await ann.sees('are you there?');
    await eventually(async () => assert.ok(shown.length > 0));
    await page.waitForTimeout(1_500);
    assert.deepEqual(shown, ['Script: are you there?']);
  },
);
