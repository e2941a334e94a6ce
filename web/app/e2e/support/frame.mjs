// The frame of the app as people use it: settings, the palette, the address, what axe finds on a screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
/** Laid out as the browser of a phone does it, too. */
export const MOBILE = { ...PHONE, isMobile: true };

/** The path as the page has it: `page.url()` hears of a change a moment later. */
export const addressOf = page => page.evaluate(() => location.pathname);

/** Waits until nothing glides or fades any more; what turns for ever is not waited for. */
export function atRest(page) {
  return page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(one => one.playState === 'running' && one.effect.getComputedTiming().endTime < Infinity);
    for (let all = moving(); all.length > 0; all = moving())
      await Promise.allSettled(all.map(one => one.finished));
  });
}

/** Fails with what the accessibility checker found on the screen. */
export async function checkAccess(person, screen) {
  await person.page.evaluate(AXE);
  // Colours are judged as they end up, not on their way there.
  await person.page.waitForTimeout(400);
  await atRest(person.page);
  const { violations } = await person.page.evaluate(
    values => globalThis.axe.run({ runOnly: { type: 'tag', values } }),
    TAGS,
  );
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(' | ')}`,
  );
  assert.deepEqual(found, [], screen);
}

export async function openSettings(person, section) {
  await person.page.getByRole('button', { name: 'Settings' }).click();
  await person.page.getByRole('link', { name: section, exact: true }).click();
  await person.page.getByRole('heading', { name: section, exact: true, level: 2 }).waitFor();
}

/** Opens the palette and types. */
export async function summon(person, text) {
  await person.page.keyboard.press('Control+k');
  const field = person.page.getByRole('combobox', { name: 'Jump to' });
  await field.waitFor();
  await person.page.keyboard.type(text);
  return person.page.getByRole('option');
}
