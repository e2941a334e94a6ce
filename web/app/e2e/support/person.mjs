// What people do in the app, by what they see.
import { displayName, PASSWORD } from './api.mjs';
import { openDevice } from './browser.mjs';

export class Person {
  #device;
  #browser;
  #server;
  username;
  /** Of a tab: how many sockets it has opened. */
  sockets;

  constructor(device, browser, server, username) {
    this.#device = device;
    this.#browser = browser;
    this.#server = server;
    this.username = username;
  }

  /** Messages of strangers go straight into the list, unless `strangers` says that they wait among the requests. */
  static async signUp(browser, server, username, { strangers = 'welcome', ...options } = {}) {
    const person = new Person(await openDevice(browser, server, options), browser, server, username);
    const { page } = person;
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Display name').fill(displayName(username));
    await person.#enter('Create account');
    if (strangers === 'welcome') await person.#welcomeStrangers();
    return person;
  }

  static async signIn(browser, server, username, options) {
    const person = new Person(await openDevice(browser, server, options), browser, server, username);
    await person.page.getByLabel('Username').fill(username);
    await person.#enter('Sign in');
    return person;
  }

  /** The same person on another device. */
  onAnotherDevice(options) {
    return Person.signIn(this.#browser, this.#server, this.username, options);
  }

  /** Another tab of the same device, at the same place. It counts the sockets it opens. */
  async openTab() {
    const page = await this.page.context().newPage();
    const tab = new Person({ ...this.#device, page }, this.#browser, this.#server, this.username);
    tab.sockets = 0;
    page.on('websocket', () => (tab.sockets += 1));
    await page.goto(this.page.url());
    await tab.composer.waitFor();
    return tab;
  }

  #welcomeStrangers() {
    return this.page.evaluate(async () => {
      const answer = await fetch('/api/v1/me/privacy', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ messages: 'anyone' }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    });
  }

  async #enter(button) {
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.locator('form').getByRole('button', { name: button }).first().click();
    await this.page.getByRole('heading', { name: 'Chats' }).waitFor();
  }

  get page() {
    return this.#device.page;
  }

  get log() {
    return this.page.getByRole('log');
  }

  get composer() {
    return this.page.getByLabel('Write a message');
  }

  async message(username) {
    await this.#startChat();
    await this.page.getByLabel('Search people').fill(username);
    await this.#person(username).click();
    await this.composer.waitFor();
  }

  async createGroup(name, usernames) {
    await this.#startChat();
    await this.page.getByRole('button', { name: 'New group or channel' }).click();
    for (const username of usernames) {
      await this.page.getByLabel('Search people').fill(username);
      await this.#person(username).click();
      await this.page.getByRole('button', { name: `Remove ${displayName(username)}` }).waitFor();
    }
    await this.page.getByRole('button', { name: 'Next' }).click();
    await this.page.getByLabel('Group name').fill(name);
    await this.page.getByRole('button', { name: 'Create group' }).click();
    // The composer of the chat before is there until this one shows.
    await this.page.getByRole('region', { name, exact: true }).getByRole('textbox').waitFor();
  }

  #startChat() {
    return this.page.getByRole('navigation').getByRole('button', { name: 'New chat' }).first().click();
  }

  /** Somebody to pick for a chat. */
  #person(username) {
    return this.page
      .getByRole('dialog')
      .locator('[data-person]')
      .filter({ hasText: `@${username}` });
  }

  /** The row of a chat in the list. */
  row(name) {
    return this.page.getByRole('navigation').getByRole('link').filter({ hasText: name });
  }

  async open(name) {
    const row = this.row(name);
    const opened = this.page.locator('nav a[aria-current=page]').filter({ hasText: name }).first();
    await row.click();
    // A press just after the list has moved by itself is taken for what stood there before: then once more.
    await opened.waitFor({ state: 'attached', timeout: 1_000 }).catch(() => row.click());
    await this.composer.waitFor();
  }

  async write(text) {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Does something with a chat through its menu in the list. */
  async arrange(name, action) {
    await this.row(name).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  /** Does something with a message through its menu. */
  async act(text, action) {
    await this.log.getByText(text, { exact: true }).first().click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  /** Waits until a text shows in the open chat. */
  sees(text) {
    return this.log.getByText(text, { exact: true }).waitFor();
  }

  /** A bubble with its text, by its send state. */
  bubble(text, state) {
    return this.log.locator(`[data-state=${state}]`).filter({ hasText: text });
  }

  sent(text) {
    return this.bubble(text, 'sent').waitFor();
  }

  /** The texts of all bubbles that are rendered, in order. */
  texts() {
    return this.log.locator('[data-state] [class*=text]').allTextContents();
  }

  async openInfo() {
    await this.page.getByRole('button', { name: 'About this chat' }).click();
    await this.page.getByRole('complementary', { name: 'About' }).waitFor();
  }

  get info() {
    return this.page.getByRole('complementary', { name: 'About' });
  }

  async setOffline(offline) {
    const { context } = this.#device;
    await context.setOffline(offline);
    // The tabs hear of it by an event: not before it are they without a connection.
    const tasks = () => new Promise(resolve => setTimeout(resolve, 20));
    await Promise.all(context.pages().map(page => page.evaluate(tasks)));
  }

  /** Ends the device; nothing may have hurt the page's security policy. */
  async close() {
    this.#device.checkPolicy();
    await this.#device.context.close();
  }
}
