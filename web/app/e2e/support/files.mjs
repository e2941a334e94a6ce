// Files that people send, and what they do with them.
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

/** A picture of noise, which cannot be made smaller: about three bytes for each pixel. */
export function picture(width, height) {
  const rows = Array.from({ length: height }, () => Buffer.concat([Buffer.of(0), randomBytes(width * 3)]));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

export function photo(name, width = 120, height = 80) {
  return { name, mimeType: 'image/png', buffer: picture(width, height) };
}

export function document(name, size) {
  return { name, mimeType: 'application/octet-stream', buffer: randomBytes(size) };
}

/** Chooses pictures or videos; the sheet that shows them. */
export function choosePictures(person, files) {
  return choose(person, 'data-media', files);
}

/** Chooses files to be sent as they are. */
export function chooseFiles(person, files) {
  return choose(person, 'data-files', files);
}

async function choose(person, input, files) {
  await person.page.locator(`input[${input}]`).setInputFiles(files);
  return filesSheet(person);
}

export async function filesSheet(person) {
  const sheet = person.page.getByRole('dialog', { name: /^Send/ });
  await sheet.waitFor();
  return sheet;
}

export async function sendAll(sheet) {
  await sheet.getByRole('button', { name: 'Send', exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
}

/** What a chat's messages carry, in order, as its reader's server tells. */
export function attachmentsIn(person) {
  return person.page.evaluate(async () => {
    const id = location.pathname.split('/')[2];
    const answer = await fetch(`/api/v1/conversations/${id}/messages?after=0&limit=200`);
    const { entries } = await answer.json();
    return entries
      .filter(({ body }) => body.kind === 'text')
      .map(({ index, body, details }) => ({
        index,
        text: body.text,
        attachments: details?.attachments ?? [],
      }));
  });
}

/** The bytes of a file of a message of the open chat. */
export async function contentOf(person, index, file) {
  const base64 = await person.page.evaluate(
    async ([index, file]) => {
      const id = location.pathname.split('/')[2];
      const answer = await fetch(`/api/v1/conversations/${id}/messages/${index}/files/${file}`);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      let text = '';
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    [index, file],
  );
  return Buffer.from(base64, 'base64');
}

/** A line so slow that there is time to see what happens: bytes in a second, 0 for as fast as it goes. */
export function slowly(person, rate) {
  return emulate(person, { offline: false, uploadThroughput: rate || -1 });
}

/** No line at all. The person's own switch would lose against a slow line. */
export function cutOff(person) {
  return emulate(person, { offline: true, uploadThroughput: -1 });
}

const sessions = new WeakMap();

async function emulate({ page }, conditions) {
  const cdp = sessions.get(page) ?? (await page.context().newCDPSession(page));
  sessions.set(page, cdp);
  await cdp.send('Network.enable');
  const whole = { latency: 0, downloadThroughput: -1, ...conditions };
  await cdp.send('Network.emulateNetworkConditions', whole);
}

/** Waits until part of what is on its way is at the server. */
export function underWay(person) {
  return person.page.waitForFunction(() =>
    [...document.querySelectorAll('[role=progressbar]')].some(ring => Number(ring.ariaValueNow) > 5),
  );
}

/** Two people in a chat of the first. */
export async function chat(signUp, options) {
  const [ann, bob] = await Promise.all([signUp('ann', options), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('hello');
  await ann.sent('hello');
  await bob.open('Ann');
  await bob.sees('hello');
  return [ann, bob];
}

/** What the last message carries, once there are so many after the first. */
export async function arrived(person, count) {
  await person.log.locator('[data-index]').nth(count).waitFor();
  return (await attachmentsIn(person)).at(-1).attachments;
}
