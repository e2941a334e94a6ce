// What axe finds where messages are written, and in all kinds of them.
import { randomUUID } from 'node:crypto';
import { PHONE, checkAccess as check } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { askedByStrangers, attach, openChatId, sendLater, suggestions } from './support/writing.mjs';

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`writing is accessible (${name})`, async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann', options);
    const { page } = ann;
    await ann.createGroup('Crew', [script.user.username]);
    const id = openChatId(ann);
    const say = input => {
      const message = { client_message_id: randomUUID(), ...input };
      return script.call('POST', `/api/v1/conversations/${id}/messages`, message);
    };
    const text =
      '**bold** `code` ||hidden|| @all [here](https://a.example) [b.example](https://c.example)\n> quote\n';
    await say({ format: 'markdown', text: `${text}\`\`\`js\nlet a = 1;\n\`\`\`` });
    await say({ content: { kind: 'location', latitude_e7: 1, longitude_e7: 1 } });
    await say({ content: { kind: 'contact', user_id: script.user.user_id } });
    const card = {
      title: 'Card',
      text: 'text',
      buttons: [{ kind: 'link', text: 'Go', url: 'https://a.example' }],
    };
    await say({ content: { kind: 'cards', cards: [card, card], replies: ['Yes'] } });
    await ann.log.getByRole('button', { name: 'Yes' }).waitFor();
    await check(ann, 'cards');
    await say({ content: { kind: 'poll', question: 'When?', options: ['Now', 'Then'] } });
    await ann.log.getByRole('button', { name: 'Now' }).click();
    await ann.log.getByText('100 %').waitFor();
    await check(ann, 'a poll');
    await ann.composer.pressSequentially('hi @');
    await suggestions(ann).waitFor();
    await check(ann, 'completion');
    await page.keyboard.press('Escape');
    await ann.composer.press('ControlOrMeta+a');
    await page.getByRole('toolbar', { name: 'Formatting' }).waitFor();
    await check(ann, 'the formatting bar');
    await page.getByRole('button', { name: 'Emoji', exact: true }).click();
    await page.getByRole('dialog', { name: 'Emoji' }).getByText('😀').waitFor();
    await check(ann, 'emoji');
    await page.keyboard.press('Escape');
    for (const [what, title] of [['Poll', 'New poll'], ['Location'], ['Contact']]) {
      const sheet = await attach(ann, what, title);
      await check(ann, what);
      await sheet.getByRole('button', { name: 'Close' }).click();
    }
    await ann.composer.fill('later');
    const sheet = await sendLater(ann);
    await check(ann, 'sending later');
    await sheet.getByRole('button', { name: 'Tomorrow morning' }).click();
    await page.getByRole('button', { name: 'To be sent' }).click();
    await page.getByRole('dialog', { name: 'Scheduled messages' }).waitFor();
    await check(ann, 'what is scheduled');
    await page.keyboard.press('Escape');
    const direct = script.with({ user: await script.call('GET', `/api/v1/users?username=${ann.username}`) });
    await askedByStrangers(ann);
    await script.send(direct, 'hello');
    await page.goto(new URL(`/c/${direct}`, page.url()).href);
    await page.getByText('wants to write to you').waitFor();
    await check(ann, 'a request');
  });
}
