import assert from 'node:assert/strict';
import {
  arrived,
  chat,
  chooseFiles,
  choosePictures,
  document,
  filesSheet,
  photo,
  picture,
  sendAll,
  slowly,
  underWay,
} from './support/files.mjs';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { holds } from './support/writing.mjs';

/** Something with a file is pasted, or dragged through the steps and dropped. */
function bring(page, target, steps, { name, type, buffer }) {
  return page.evaluate(
    ([target, steps, name, type, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const element = document.querySelector(target);
      for (const step of steps) {
        const init = { bubbles: true, cancelable: true };
        const event =
          step === 'paste'
            ? new ClipboardEvent(step, { ...init, clipboardData: data })
            : new DragEvent(step, { ...init, dataTransfer: data });
        element.dispatchEvent(event);
      }
    },
    [target, steps, name, type, [...buffer]],
  );
}

journey('pictures are pasted and dropped; the whole chat takes them', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  const shot = { name: 'image.png', type: 'image/png', buffer: picture(60, 40) };
  await bring(ann.page, 'textarea', ['paste'], shot);
  await sendAll(await filesSheet(ann));
  const [pasted] = await arrived(bob, 1);
  assert.match(pasted.name, /^\d{4}-\d\d-\d\d .*\.png$/);
  await bring(ann.page, '[role=log]', ['dragenter'], { ...shot, name: 'dragged.png' });
  await ann.page.getByText('Drop to send here').waitFor();
  await bring(ann.page, '[role=log]', ['dragleave'], shot);
  await ann.page.getByText('Drop to send here').waitFor({ state: 'detached' });
  await bring(ann.page, '[role=log]', ['dragenter', 'drop'], { ...shot, name: 'dragged.png' });
  const sheet = await filesSheet(ann);
  await sheet.getByLabel('Send as files').click();
  await checkAccess(ann, 'files about to be sent');
  await sendAll(sheet);
  const [dropped] = await arrived(bob, 2);
  assert.deepEqual([dropped.kind, dropped.name], ['file', 'dragged.png']);
});

journey('what was written about files stays when they are not sent', async ({ signUp }) => {
  const [ann] = await chat(signUp);
  const caption = sheet => sheet.getByRole('textbox');
  await ann.composer.fill('Look');
  let sheet = await choosePictures(ann, photo('first.png'));
  await caption(sheet).fill('Look at the harbour, from the north');
  await ann.page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await ann.composer.inputValue(), 'Look at the harbour, from the north');
  sheet = await choosePictures(ann, photo('second.png'));
  assert.equal(await caption(sheet).inputValue(), 'Look at the harbour, from the north');
  await caption(sheet).fill('Look at the harbour');
  await sheet.getByRole('button', { name: 'Leave out second.png' }).click();
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await ann.composer.inputValue(), 'Look at the harbour');
  await ann.composer.press('Enter');
  await ann.sent('Look at the harbour');
});

journey(
  'files that are sent while a message is edited take what was being written, not the edit',
  async walk => {
    const [ann] = await chat(walk.signUp);
    const caption = sheet => sheet.getByRole('textbox');
    await ann.write('See you at nine');
    await ann.sent('See you at nine');
    await ann.composer.fill('The harbour');
    await ann.act('See you at nine', 'Edit');
    await holds(ann, 'See you at nine');
    await ann.composer.fill('See you at ten');
    let sheet = await choosePictures(ann, photo('first.png'));
    assert.equal(await caption(sheet).inputValue(), 'The harbour');
    await caption(sheet).fill('The harbour, from the north');
    await ann.page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await holds(ann, 'See you at ten');
    sheet = await choosePictures(ann, photo('second.png'));
    assert.equal(await caption(sheet).inputValue(), 'The harbour, from the north');
    await sendAll(sheet);
    await ann.sent('The harbour, from the north');
    await holds(ann, 'See you at ten');
    await ann.composer.press('Enter');
    await ann.sees('See you at ten');
    await holds(ann, '');
  },
);

journey('files that were looked at leave nothing in memory', async ({ signUp }) => {
  const [ann] = await chat(signUp);
  // Addresses of what the page holds, and how many pictures it is still waiting for.
  await ann.page.evaluate(() => {
    const held = (globalThis.held = new Set());
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = blob => {
      const made = createObjectURL.call(URL, blob);
      held.add(made);
      return made;
    };
    URL.revokeObjectURL = url => {
      held.delete(url);
      revokeObjectURL.call(URL, url);
    };
    const { decode } = HTMLImageElement.prototype;
    const looking = new Promise(resolve => (globalThis.answer = resolve));
    HTMLImageElement.prototype.decode = async function () {
      await looking;
      return decode.call(this);
    };
  });
  const held = () => ann.page.evaluate(() => globalThis.held.size);
  const damaged = { ...photo('damaged.png'), buffer: Buffer.from('no picture') };
  const sheet = await choosePictures(ann, [damaged, photo('whole.png')]);
  await sheet.getByRole('status', { name: 'Looking at the files' }).waitFor();
  assert.equal(await held(), 2);
  // It is closed while they are still being looked at.
  await sheet.getByRole('button', { name: 'Close' }).click();
  await sheet.waitFor({ state: 'detached' });
  await ann.page.evaluate(() => globalThis.answer());
  await ann.page.waitForFunction(() => globalThis.held.size === 0);
});

journey('what is too large, too much or too many says so before anything leaves', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  const many = Array.from({ length: 12 }, (_, place) => photo(`p${place}.png`, 20, 20));
  let sheet = await choosePictures(ann, many);
  await sheet.getByText('2 were left out').waitFor();
  assert.equal(await sheet.getByRole('listitem').count(), 10);
  await sheet.getByRole('button', { name: 'Close' }).click();
  sheet = await chooseFiles(ann, [document('big.iso', 27_000_000), document('small.bin', 1_000)]);
  const send = sheet.getByRole('button', { name: 'Send', exact: true });
  await sheet.getByText('At most').waitFor();
  assert.ok(await send.isDisabled());
  await sheet.getByRole('button', { name: 'Leave out big.iso' }).click();
  await sendAll(sheet);
  assert.equal((await arrived(bob, 1)).length, 1);
});

journey('a video goes with its size, its length and a still picture of it', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  const bytes = await ann.page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [160, 120];
    const pen = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(15), { mimeType: 'video/webm' });
    const chunks = [];
    recorder.ondataavailable = ({ data }) => chunks.push(data);
    recorder.start();
    for (let frame = 0; frame < 20; frame++) {
      pen.fillStyle = `hsl(${frame * 18} 80% 50%)`;
      pen.fillRect(0, 0, 160, 120);
      await new Promise(resolve => setTimeout(resolve, 60));
    }
    await new Promise(resolve => {
      recorder.onstop = resolve;
      recorder.stop();
    });
    return [...new Uint8Array(await new Blob(chunks).arrayBuffer())];
  });
  const film = { name: 'film.webm', mimeType: 'video/webm', buffer: Buffer.from(bytes) };
  const sheet = await choosePictures(ann, film);
  await sheet.getByRole('heading', { name: 'Send video' }).waitFor();
  await sendAll(sheet);
  const [video] = await arrived(bob, 1);
  assert.deepEqual([video.kind, video.width, video.height], ['video', 160, 120]);
  assert.ok(video.duration_ms > 500 && video.duration_ms < 10_000, String(video.duration_ms));
  assert.match(video.poster, /^f_/);
});

journey('a photo is taken with the camera of a computer', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp, { permissions: ['camera'] });
  await ann.page.getByRole('button', { name: 'Attach' }).click();
  await ann.page.getByRole('menuitem', { name: 'Take a photo' }).click();
  const camera = ann.page.getByRole('dialog', { name: 'Take a photo' });
  await camera.getByRole('button', { name: 'Take photo' }).click();
  const sheet = await filesSheet(ann);
  await sheet.getByRole('heading', { name: 'Send photo' }).waitFor();
  await sendAll(sheet);
  const [taken] = await arrived(bob, 1);
  assert.equal(taken.kind, 'picture');
  assert.match(taken.name, /\.jpg$/);
});

journey('a file that is no longer at hand after a reload is chosen again', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp);
  const file = document('plan.bin', 3_000_000);
  await slowly(ann, 300_000);
  await sendAll(await chooseFiles(ann, file));
  await underWay(ann);
  // As if the browser had no room for it.
  await ann.page.evaluate(async () => {
    const { name } = (await indexedDB.databases()).find(one => one.name?.startsWith('parlance.'));
    const db = await new Promise(resolve => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    await new Promise(resolve => {
      const tx = db.transaction('files', 'readwrite');
      tx.objectStore('files').clear();
      tx.oncomplete = resolve;
    });
    db.close();
  });
  await ann.page.reload();
  await ann.log.getByText('Choose it again').waitFor();
  const again = async chosen => {
    const chooser = ann.page.waitForEvent('filechooser');
    await ann.log.getByRole('button', { name: 'Choose again' }).click();
    await (await chooser).setFiles(chosen);
  };
  await again(document('other.bin', 10));
  await ann.log.getByText('That is another file. Choose plan.bin.').waitFor();
  await again(file);
  const [sent] = await arrived(bob, 1);
  assert.deepEqual([sent.name, sent.size], ['plan.bin', 3_000_000]);
});
