// Pictures by finger in the viewer, and without a network.
import { journey } from './support/journey.mjs';
import { PHONE } from './support/frame.mjs';
import { album, record, sendFiles, upload } from './support/media.mjs';
import { groupOf } from './support/reader.mjs';

journey('a finger goes from picture to picture, hides the buttons and pulls the viewer shut', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann', PHONE);
  const { page } = ann;
  const group = await groupOf([script], 'Crew', [ann]);
  await sendFiles(script, group.id, await album(server, script, page, 3), 'three');
  await ann.open('Crew');
  await ann.log.getByRole('button', { name: 'Open Photo, 2 of 3' }).tap();
  const viewer = page.getByRole('dialog', { name: 'Pictures and videos' });
  await viewer.getByText('2 / 3').waitFor();
  await page.waitForTimeout(600);
  const touches = await page.context().newCDPSession(page);
  const drag = async ([x, y], [toX, toY]) => {
    const touch = (type, points) => touches.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    await touch('touchStart', [{ x, y }]);
    for (let step = 1; step <= 10; step++) {
      await touch('touchMove', [{ x: x + ((toX - x) * step) / 10, y: y + ((toY - y) * step) / 10 }]);
      await page.waitForTimeout(20);
    }
    // Frames are rare on a busy machine; the picture follows the finger by frames.
    await page.waitForTimeout(400);
    await touch('touchEnd', []);
    await page.waitForTimeout(700);
  };
  await drag([40, 420], [360, 420]);
  await viewer.getByText('1 / 3').waitFor();
  await drag([360, 420], [40, 420]);
  await viewer.getByText('2 / 3').waitFor();
  await page.touchscreen.tap(195, 420);
  await viewer.getByRole('button', { name: 'Close' }).waitFor({ state: 'hidden' });
  await page.waitForTimeout(400);
  await page.touchscreen.tap(195, 420);
  await viewer.getByRole('button', { name: 'Close' }).waitFor();
  await drag([195, 300], [195, 760]);
  await viewer.waitFor({ state: 'detached' });
  // The way back of the browser closes it too.
  await ann.log.getByRole('button', { name: 'Open Photo, 1 of 3' }).tap();
  await viewer.getByText('1 / 3').waitFor();
  await page.goBack();
  await viewer.waitFor({ state: 'detached' });
  await ann.sees('three');
});

journey('pictures that were seen are there without a network', async ({ server, register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  const other = await groupOf([script], 'Harbour', [ann]);
  await sendFiles(script, group.id, await album(server, script, ann.page, 2), 'two');
  await group.say(script, 'below');
  await other.say(script, 'elsewhere');
  await ann.open('Crew');
  const loaded = () =>
    ann.page.waitForFunction(() => {
      const images = [...document.querySelectorAll('[role=log] [data-state=shown] img')];
      return images.length === 2 && images.every(image => image.naturalWidth > 0);
    });
  await loaded();
  await ann.open('Harbour');
  await ann.sees('elsewhere');
  await ann.setOffline(true);
  await ann.open('Crew');
  await ann.sees('two');
  await loaded();
});

journey('the viewer says when a picture or a video does not come', async ({ server, register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann', { serviceWorkers: 'block' });
  const group = await groupOf([script], 'Crew', [ann]);
  const clip = await upload(server, script, await record(ann.page, { video: true }), { kind: 'video' });
  await sendFiles(script, group.id, [{ ...clip, width: 480, height: 270, duration_ms: 1_500 }]);
  await sendFiles(script, group.id, await album(server, script, ann.page, 1));
  await ann.page.route('**/files/**', route => route.abort());
  await ann.page.reload();
  await ann.open('Crew');
  await ann.log.getByRole('button', { name: 'Open Photo' }).click();
  const viewer = ann.page.getByRole('dialog', { name: 'Pictures and videos' });
  await viewer.getByText('This picture cannot be loaded. Try again when you are connected.').waitFor();
  await viewer.getByRole('button', { name: 'Previous' }).click();
  await viewer.getByText('This cannot be played here. Download it instead.').waitFor();
});
