// A conversation of many messages: how soon it opens from the local database, and how its frames come while it is
// scrolled both ways. `SCALE_MESSAGES=100000` takes the full number. What a frame costs is told in time of the
// processor too, which other work on the machine does not lengthen: that must hold everywhere. That frames come in time
// is asked for with `SCALE_STRICT=1`, on a machine that has nothing else to do.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { journey } from './support/journey.mjs';

const MESSAGES = Number(process.env.SCALE_MESSAGES ?? 20_000);
/** Requests on their way at a time. */
const AT_ONCE = 64;
const OPEN_MS = 100;
const FRAME_MS = 50;
/** The machine of a test has other work too: the best of so many counts. */
const TRIES = 3;
const STRICT = process.env.SCALE_STRICT === '1';

journey(
  `a conversation of ${MESSAGES} messages opens at once and scrolls smoothly`,
  async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const { user_id: annId } = await script.call('GET', `/api/v1/users?username=${ann.username}`);
    const input = { name: 'Archive', member_ids: [annId], client_message_id: 'archive' };
    const { conversation_id: id } = await script.call('POST', '/api/v1/conversations', input);
    const filling = performance.now();
    await fill(script, id);
    report('messages sent', `${MESSAGES} in ${Math.round(performance.now() - filling)} ms`);
    await ann.row('Archive').waitFor();
    await store(ann, annId, id);
    await ann.page.reload();
    await ann.row('Archive').waitFor();

    // All of it is measured before any of it is judged.
    const faults = [];
    let opening = { wall: Infinity, cpu: Infinity };
    for (let turn = 0; turn < TRIES; turn++) {
      const cdp = await ann.page.context().newCDPSession(ann.page);
      const { tasks, result } = await traced(cdp, () => openTime(ann));
      const cpu = tasks.reduce((all, ms) => all + ms, 0);
      report('opens', `in ${Math.round(result)} ms; processor: ${Math.round(cpu)} ms`);
      opening = { wall: Math.min(opening.wall, result), cpu: Math.min(opening.cpu, cpu) };
      await ann.page.goBack();
      await ann.log.waitFor({ state: 'detached' });
    }
    if (opening.cpu >= OPEN_MS) faults.push(`opening takes ${opening.cpu} ms of the processor`);
    if (STRICT && opening.wall >= OPEN_MS) faults.push(`opens in ${opening.wall} ms`);

    await ann.open('Archive');
    await ann.log.hover();
    const gestures = [
      ['up', 1_500],
      ['up', 6_000],
      ['down', 6_000],
      ['up', 20_000],
    ];
    for (const [way, speed] of gestures) {
      let best = { p99: Infinity, dearest: Infinity };
      for (let turn = 0; turn < TRIES && !inTime(best); turn++) {
        const frames = await scrolling(ann, way === 'up' ? 1 : -1, speed);
        best = {
          p99: Math.min(best.p99, frames.p99),
          dearest: Math.min(best.dearest, frames.dearest),
        };
        const { count, p99, worst, dearest, cpu, seen } = frames;
        report(
          `${way} at ${speed} px/s`,
          `${count} frames, p99 ${p99} ms, worst ${worst} ms; processor: ${cpu} ms a frame, dearest task ${dearest} ms; ${seen} rows`,
        );
      }
      const gesture = `${way} at ${speed} px/s`;
      if (best.dearest >= FRAME_MS) faults.push(`${gesture}: a task of ${best.dearest} ms`);
      if (STRICT && best.p99 >= FRAME_MS) faults.push(`${gesture}: p99 ${best.p99} ms`);
    }
    assert.deepEqual(faults, []);
  },
  { timeoutMs: 120_000 + 8 * MESSAGES, again: false },
);

/** Whether what was measured is what is asked for. */
function inTime({ p99, dearest }) {
  return dearest < FRAME_MS && (!STRICT || p99 < FRAME_MS);
}

function report(what, figure) {
  process.stdout.write(`    ${what}: ${figure}\n`);
}

/** Sends many messages, of lengths as people write them. */
async function fill(script, id) {
  const words = 'the lake is calm today and the train to it leaves from the old station at seven'.split(' ');
  let next = 1;
  const send = async () => {
    while (next <= MESSAGES) {
      const number = next++;
      const length = 1 + ((number * 7) % 40);
      const text = Array.from({ length }, (_, place) => words[(number + place * 3) % words.length]).join(' ');
      const message = { client_message_id: randomUUID(), text: `${number} ${text}` };
      await script.call('POST', `/api/v1/conversations/${id}/messages`, message);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
}

/** Puts the whole log into the local database, as scrolling through all of it would. */
function store(person, userId, id) {
  return person.page.evaluate(
    async ([name, conversation]) => {
      const all = [];
      for (let after = 0; ; after = all.at(-1).index) {
        const path = `/api/v1/conversations/${conversation}/messages?after=${after}&limit=200`;
        const { entries, head } = await (await fetch(path)).json();
        all.push(...entries);
        if (all.at(-1).index >= head) break;
      }
      const db = await new Promise((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const tx = db.transaction(['convs', 'chunks'], 'readwrite');
      const chunks = Map.groupBy(all, entry => Math.floor(entry.index / 64));
      for (const [chunk, entries] of chunks)
        tx.objectStore('chunks').put({ id: conversation, chunk, entries });
      tx.objectStore('convs').put({ id: conversation, ranges: [[1, all.length]] });
      await new Promise(resolve => (tx.oncomplete = resolve));
      db.close();
    },
    [`parlance.${userId}`, id],
  );
}

/** From the press on the row to the frame that has messages, in milliseconds. */
function openTime(person) {
  return person.page.evaluate(
    () =>
      new Promise(resolve => {
        const row = [...document.querySelectorAll('nav a')].find(link =>
          link.textContent.includes('Archive'),
        );
        const begin = performance.now();
        row.click();
        const look = () => {
          const shown = document.querySelectorAll('[role=log] [data-state]').length > 5;
          if (shown) requestAnimationFrame(() => resolve(performance.now() - begin));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** Scrolls as a hand does for two seconds, and tells how the frames came. */
async function scrolling(person, direction, speed) {
  await person.page.evaluate(() => {
    const times = (globalThis.frameTimes = []);
    const seen = (globalThis.rowsSeen = new Set());
    let last = performance.now();
    globalThis.measuring = true;
    const frame = now => {
      times.push(now - last);
      last = now;
      for (const row of document.querySelectorAll('[data-index]')) seen.add(row.dataset.index);
      if (globalThis.measuring) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const { width, height } = person.page.viewportSize();
  const cdp = await person.page.context().newCDPSession(person.page);
  const { tasks } = await traced(cdp, () =>
    cdp.send('Input.synthesizeScrollGesture', {
      x: Math.round(width * 0.65),
      y: Math.round(height / 2),
      yDistance: direction * speed * 2,
      speed,
      gestureSourceType: 'mouse',
      preventFling: true,
    }),
  );
  const frames = await person.page.evaluate(() => {
    globalThis.measuring = false;
    const sorted = globalThis.frameTimes.slice(2).toSorted((a, b) => a - b);
    return {
      count: sorted.length,
      p99: Math.round(sorted[Math.floor(sorted.length * 0.99)] * 10) / 10,
      worst: Math.round(sorted.at(-1)),
      seen: globalThis.rowsSeen.size,
    };
  });
  const sum = tasks.reduce((all, ms) => all + ms, 0);
  const dearest = Math.round(Math.max(...tasks));
  return { ...frames, dearest, cpu: Math.round((sum / frames.count) * 10) / 10 };
}

/** Does the work; tells what the tasks of the page's main thread took of the processor meanwhile, in milliseconds. */
async function traced(cdp, work) {
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await cdp.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', '__metadata'] } });
  const result = await work();
  const complete = new Promise(resolve => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  const main = new Set(
    events
      .filter(event => event.name === 'thread_name' && event.args.name === 'CrRendererMain')
      .map(event => `${event.pid}/${event.tid}`),
  );
  const tasks = events
    .filter(event => main.has(`${event.pid}/${event.tid}`) && event.name.endsWith('RunTask') && event.tdur)
    .map(event => event.tdur / 1_000);
  return { tasks, result };
}
