// One server and one browser for a file of journeys; each journey gets its people and leaves nobody behind.
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Api } from './api.mjs';
import { launch, openDevice } from './browser.mjs';
import { Person } from './person.mjs';
import { SECOND_TRY } from './secondTry.mjs';
import { Server } from './server.mjs';

const JOURNEY_MS = 120_000;
/** What telling, closing and beginning anew may take beside the two attempts. */
const BETWEEN_MS = 30_000;

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

/**
 * Runs a journey, and one that failed `again` with new people: a busy machine is no fault of the program's. The
 * second attempt is told loudly and counted in the closing line, so that a journey that fails now and then shows.
 */
export function journey(title, walk, { timeoutMs = JOURNEY_MS, again = true } = {}) {
  test(title, { timeout: 2 * timeoutMs + BETWEEN_MS }, async context => {
    try {
      await attempt(walk, timeoutMs);
    } catch (error) {
      if (!again) throw error;
      process.stderr.write(
        `--- SECOND TRY of "${title}", since the first one failed:\n${error.stack}\n---\n`,
      );
      context.diagnostic(SECOND_TRY + title);
      await attempt(walk, timeoutMs);
    }
  });
}

/** One attempt with people of its own. Names get a number, so that no two attempts on a server share a person. */
async function attempt(walk, timeoutMs) {
  const suffix = String(++journeys);
  const people = [];
  const visitors = [];
  const keep = async coming => {
    const person = await coming;
    people.push(person);
    return person;
  };
  const walking = walk({
    server,
    signUp: (name, options) => keep(Person.signUp(browser, server, name + suffix, options)),
    signIn: (username, options) => keep(Person.signIn(browser, server, username, options)),
    /** Somebody who opens a link to the server and is nobody yet. */
    visit: async path => {
      const device = await openDevice(browser, { url: new URL(path, server.url).href });
      visitors.push(device);
      return device;
    },
    register: name => Api.register(server, name + suffix),
  });
  try {
    await within(timeoutMs, walking);
    for (const person of people) await person.close();
    for (const { checkPolicy, context } of visitors) {
      checkPolicy();
      await context.close();
    }
  } catch (error) {
    for (const person of people) await tellWhatIsShown(person);
    // What still walks ends with its pages.
    walking.catch(() => undefined);
    for (const { page } of [...people, ...visitors]) await page.context().close();
    throw error;
  }
}

async function within(timeoutMs, walking) {
  const late = new AbortController();
  const timeout = pause(timeoutMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`The journey took longer than ${timeoutMs} ms`);
  });
  try {
    await Promise.race([walking, timeout]);
  } finally {
    timeout.catch(() => undefined);
    late.abort();
  }
}

/** What the screen showed when a journey failed. */
async function tellWhatIsShown(person) {
  const text = await person.page
    .locator('body')
    .innerText()
    .catch(error => `(nothing: ${error.message})`);
  process.stderr.write(`--- ${person.username} saw, at ${person.page.url()}:\n${text}\n---\n`);
}
