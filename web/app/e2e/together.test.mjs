// The main job: two people in two browsers, a Rust SDK client and curl in one conversation, and the server is killed
// in the middle. With PARLANCE_PICTURES set to a folder it also takes the pictures of the README.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PASSWORD } from './support/api.mjs';
import { journey } from './support/journey.mjs';
import { PROGRAM } from './support/server.mjs';

const run = promisify(execFile);

/** A person who only uses the command line, which speaks through the Rust SDK. */
function commandLine(server, username) {
  const env = { ...process.env, PARLANCE_SERVER: server.url, PARLANCE_PASSWORD: PASSWORD };
  const as = ['--username', username];
  return {
    send: (to, text) => run(PROGRAM, ['send', ...as, to, text], { env }),
    tail() {
      const tail = spawn(PROGRAM, ['tail', '--json', '--from-start', ...as], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let heard = '';
      tail.stdout.on('data', text => (heard += text));
      return { heard: () => heard, stop: () => tail.kill() };
    },
  };
}

/** A person who only uses curl. */
async function curl(server, token, path, input) {
  const body = input ? ['--json', JSON.stringify(input)] : [];
  const url = `${server.url}/api/v1/${path}`;
  const { stdout } = await run('curl', [
    '-sS',
    '--fail',
    '-H',
    `Authorization: Bearer ${token}`,
    ...body,
    url,
  ]);
  return JSON.parse(stdout);
}

async function until(what, holds) {
  for (let tries = 0; tries < 150; tries += 1) {
    if (holds()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.fail(`never: ${what}`);
}

journey('two browsers, the Rust SDK and curl share a conversation through a kill', async people => {
  const { server, register, signUp } = people;
  const [mara, jonas] = await Promise.all([signUp('mara'), signUp('jonas')]);
  const [robin, chris] = await Promise.all([register('robin'), register('chris')]);
  const robins = commandLine(server, robin.user.username);
  await mara.createGroup('Harvest weekend', [jonas.username, robin.user.username, chris.user.username]);
  const group = mara.page.url().split('/c/')[1];
  const tail = robins.tail();
  try {
    await mara.write('Who brings the big ladder on Saturday?');
    await jonas.open('Harvest weekend');
    await jonas.sees('Who brings the big ladder on Saturday?');
    await jonas.write('I do. It fits on the van if we leave before eight.');
    await robins.send(group, 'Forecast from the weather station: dry until noon, 14 °C');
    await curl(server, chris.token, `conversations/${group}/messages`, {
      client_message_id: 'chris-1',
      text: 'Count me in, with two baskets and coffee',
    });
    await mara.sees('Count me in, with two baskets and coffee');
    await until('the tail tells what curl sent', () => tail.heard().includes('two baskets'));

    await server.kill();
    await mara.write('Then eight sharp at the gate. Bring gloves!');
    await server.start();
    await mara.sent('Then eight sharp at the gate. Bring gloves!');
    await jonas.sees('Then eight sharp at the gate. Bring gloves!');
    await jonas.write('Will do, see you there');
    await mara.sees('Will do, see you there');
    await until('the tail goes on', () => tail.heard().includes('Will do'));

    const texts = [
      'Who brings the big ladder on Saturday?',
      'I do. It fits on the van if we leave before eight.',
      'Forecast from the weather station: dry until noon, 14 °C',
      'Count me in, with two baskets and coffee',
      'Then eight sharp at the gate. Bring gloves!',
      'Will do, see you there',
    ];
    const { entries } = await curl(server, chris.token, `conversations/${group}/messages?after=0`);
    assert.deepEqual(
      entries.flatMap(entry => entry.body.text ?? []),
      texts,
    );
    assert.deepEqual(
      entries.map(entry => entry.index),
      entries.map((_, position) => position + 1),
    );
    for (const text of texts) assert.equal(tail.heard().split(text).length, 2, `the tail told once: ${text}`);
    for (const one of [mara, jonas]) {
      await one.row('Harvest weekend').getByText('unread').waitFor({ state: 'detached' });
    }
    await takePictures(people, mara, jonas);
  } finally {
    tail.stop();
  }
});

/** The README's pictures: a lively list on a desktop in light, and a phone in dark. */
async function takePictures({ register }, mara, jonas) {
  const folder = process.env.PARLANCE_PICTURES;
  if (!folder) return;
  const others = [
    ['noor', 'The keys are with the neighbour'],
    ['emil', 'Did you see the new trail map?'],
    ['tomas', 'Thanks for yesterday!'],
  ];
  for (const [name, text] of others) {
    const other = await register(name);
    const found = await other.call('GET', `/api/v1/users?username=${mara.username}`);
    await other.send(other.with({ user: found }), text);
  }
  await mara.row('Tomas').waitFor();
  await mara.page.setViewportSize({ width: 1280, height: 800 });
  await mara.page.screenshot({ path: join(folder, 'chat.png') });
  await jonas.page.setViewportSize({ width: 390, height: 844 });
  await jonas.page.emulateMedia({ colorScheme: 'dark' });
  await jonas.page.screenshot({ path: join(folder, 'chat-phone-dark.png') });
}
