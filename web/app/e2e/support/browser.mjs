// Chromium, and one context for each device. Anything the page's own security policy objects to is a failure.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A camera that shows a test picture, a microphone that beeps.
  '--use-fake-device-for-media-stream',
];

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A fresh browser profile with the app open. */
export async function openDevice(browser, server, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(15_000);
  const faults = [];
  await context.exposeFunction('reportViolation', text => faults.push(text));
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', event => {
      globalThis.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  const page = await context.newPage();
  page.on('pageerror', error => faults.push(String(error.stack)));
  page.on('console', message => {
    if (message.type() === 'error' && /policy|trusted/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(server.url);
  return { page, context, checkPolicy: () => assert.deepEqual(faults, []) };
}
