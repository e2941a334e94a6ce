// One server and one browser for a file of journeys; each journey gets its people and leaves nobody behind.
import { after, before, test } from 'node:test';
import { Api } from './api.mjs';
import { launch, openDevice } from './browser.mjs';
import { Person } from './person.mjs';
import { Server } from './server.mjs';

const JOURNEY_MS = 120_000;

let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([Server.start(), launch()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

let journeys = 0;

/** Runs a journey. Names get a number, so that journeys on one server never share a person. */
export function journey(title, walk, { timeoutMs = JOURNEY_MS } = {}) {
  test(title, { timeout: timeoutMs }, async () => {
    const suffix = String(++journeys);
    const people = [];
    const keep = async coming => {
      const person = await coming;
      people.push(person);
      return person;
    };
    try {
      await walk({
        server,
        signUp: (name, options) => keep(Person.signUp(browser, server, name + suffix, options)),
        signIn: (username, options) => keep(Person.signIn(browser, server, username, options)),
        /** Somebody who opens a link to the server and is nobody yet. */
        visit: path => openDevice(browser, { url: new URL(path, server.url).href }),
        register: name => Api.register(server, name + suffix),
      });
    } catch (error) {
      for (const person of people) await tellWhatIsShown(person);
      throw error;
    }
    for (const person of people) await person.close();
  });
}

/** What the screen showed when a journey failed. */
async function tellWhatIsShown(person) {
  const text = await person.page.locator('body').innerText();
  process.stderr.write(`--- ${person.username} saw, at ${person.page.url()}:\n${text}\n---\n`);
}
