// How long things take in the browser: until a frame shows them, and what they cost of the processor.

export function report(what, figure) {
  process.stdout.write(`    ${what}: ${figure}\n`);
}

/** The value in the middle. */
export function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The value that so many of a hundred do not exceed. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))];
}

/** From the press on a row to the frame that has messages, in milliseconds. */
export function openTime(person, name) {
  return person.page.evaluate(
    name =>
      new Promise(resolve => {
        const row = [...document.querySelectorAll('nav a')].find(link => link.textContent.includes(name));
        const begin = performance.now();
        row.click();
        const look = () => {
          const shown = document.querySelectorAll('[role=log] [data-state]').length > 5;
          if (shown) requestAnimationFrame(() => resolve(performance.now() - begin));
          else requestAnimationFrame(look);
        };
        look();
      }),
    name,
  );
}

/** Scrolls as a hand does for two seconds, and tells how the frames came. */
export async function scrolling(person, direction, speed) {
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
export async function traced(cdp, work) {
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
