// How a chat opens: never blank, whatever comes first.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { Reader, groupOf } from './support/reader.mjs';

/** So much later than it should a list hears of its size, so that its next page is there first. */
const MEASURED_MS = 400;
const TURNS = 3;
const EMOJI = ['👍', '😀', '🎉', '🔥', '👏', '🙏', '😮', '😢', '🚀', '👀'];

journey(
  'a chat shows its messages even if its history is there before its size',
  async ({ register, signUp }) => {
    const scripts = await Promise.all(['carl', 'dora', 'emil'].map(name => register(name)));
    const [carl] = scripts;
    const ann = await signUp('ann');
    const group = await groupOf(scripts, 'Crew', [ann]);
    const other = await groupOf([carl], 'Elsewhere', [ann]);
    // The last page of the log has one message and likes, the page before has the other one.
    for (const [text, likes] of [
      ['Shall we go?', 30],
      ['To the lake', 25],
    ]) {
      const index = await group.say(carl, text);
      const all = scripts.flatMap(script => EMOJI.map(emoji => [script, emoji]));
      for (const [script, emoji] of all.slice(0, likes)) await group.like(script, index, emoji);
    }
    await other.say(carl, 'hello elsewhere');
    await ann.page.context().addInitScript(delay => {
      const Observer = globalThis.ResizeObserver;
      globalThis.ResizeObserver = class extends Observer {
        constructor(observed) {
          super((...told) => setTimeout(() => observed(...told), delay));
        }
      };
    }, MEASURED_MS);
    await ann.page.reload();
    const reader = new Reader(ann);
    for (let turn = 0; turn < TURNS; turn++) {
      await ann.open('Crew');
      await ann.sees('Shall we go?');
      await ann.sees('To the lake');
      assert.ok(await reader.inView('To the lake'));
      await ann.open('Elsewhere');
      await ann.sees('hello elsewhere');
    }
  },
);
