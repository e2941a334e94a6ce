// Runs every journey, one file after the other, and ends with a line that says how it went.
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { SECOND_TRY } from './support/secondTry.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(folder)
  .filter(
    name => name.endsWith('.test.mjs') && (wanted.length === 0 || wanted.some(part => name.includes(part))),
  )
  .map(name => folder + name);

let passed = 0;
let failed = 0;
const again = [];
const stream = run({ files, concurrency: false });
stream.on('test:pass', () => (passed += 1));
stream.on('test:fail', () => (failed += 1));
stream.on('test:diagnostic', ({ message }) => {
  if (message.startsWith(SECOND_TRY)) again.push(message.slice(SECOND_TRY.length));
});
stream.compose(new spec()).pipe(process.stdout);
stream.on('end', () => {
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  setImmediate(() => process.stdout.write(`\n${closingLine()}\n`));
});

function closingLine() {
  const titles = again.length === 0 ? '' : `: ${again.map(title => `"${title}"`).join(', ')}`;
  return `journeys: ${passed} passed, ${failed} failed, ${again.length} on the second try${titles}`;
}
