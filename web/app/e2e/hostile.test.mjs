// What others write is only ever text: the corpus is sent, shown, and pressed, under the page's own security policy.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { hostileMessages } from './support/hostile.mjs';
import { journey } from './support/journey.mjs';

const AT_ONCE = 12;

/** What stands in the log that no message may bring. Runs in the page. */
function faultsShown() {
  const log = document.querySelector('[role=log]');
  const faults = [];
  const texts = log.querySelectorAll('[data-state] [class*=text]');
  const forbidden = 'script,iframe,object,embed,img,form,style,link,base,meta,math,video,audio,input,marquee';
  for (const text of texts) {
    for (const node of text.querySelectorAll(forbidden)) faults.push(node.outerHTML.slice(0, 200));
    for (const node of text.querySelectorAll('svg:not(.lucide)')) faults.push(node.outerHTML.slice(0, 200));
    for (const node of text.querySelectorAll('*'))
      for (const { name } of node.attributes)
        if (name.startsWith('on')) faults.push(`${node.tagName} ${name}`);
    for (const link of text.querySelectorAll('a')) {
      if (!/^(https?|mailto|geo):/.test(link.href)) faults.push(link.outerHTML.slice(0, 200));
      if (link.protocol.startsWith('http') && !link.rel.includes('noopener')) faults.push(link.outerHTML);
    }
  }
  if ('ran' in globalThis) faults.push('something ran');
  return faults;
}

journey('nothing that others write is ever more than text', async ({ register, signUp }) => {
  const ann = await signUp('ann');
  const script = await register('script');
  await ann.createGroup('<img src=x onerror=pwned()>', [script.user.username]);
  const id = ann.page.url().split('/').at(-1);
  await ann.page.evaluate(() => {
    globalThis.pwned = () => (globalThis.ran = true);
  });
  const messages = hostileMessages();
  let shown = 0;
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const batch = messages.slice(from, from + AT_ONCE);
    for (const { input } of batch) {
      const path = `/api/v1/conversations/${id}/messages`;
      // What the server itself does not take never reaches anybody.
      const sent = script.call('POST', path, { client_message_id: randomUUID(), ...input });
      await sent.then(
        () => (shown += 1),
        error => assert.match(error.message, /: 4\d\d /),
      );
    }
    await script.send(id, `end of batch ${from}`);
    await ann.sees(`end of batch ${from}`);
    assert.deepEqual(await ann.page.evaluate(faultsShown), []);
    const last = batch.at(-1).text;
    if (last) await ann.log.getByText(last).last().waitFor();
    // Whatever can be pressed without leaving the page is pressed, where it is: looking for it would scroll.
    await ann.log
      .getByRole('button', { name: 'Copy code' })
      .evaluateAll(all => all.forEach(one => one.click()));
  }
  assert.ok(shown >= 200, `${shown} messages were shown`);
  await ann.page.reload();
  await ann.log.getByText('end of batch').last().waitFor();
  assert.deepEqual(await ann.page.evaluate(faultsShown), []);
});
