// Proves what the linter cannot: who may import whom, that a feature never imports another feature, that every file stays
// short, style sheets, tests and journeys too, and that the lock file names no registry.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const app = join(web, 'app/src');
const LINES_MAX = 250;

/** What each part of the app may import, besides itself. */
const MAY_IMPORT = {
  app: ['features', 'platform', 'ui', 'sdk'],
  features: ['platform', 'ui', 'sdk'],
  platform: ['sdk'],
  ui: [],
};

const faults = [];

for (const file of filesIn(app)) {
  const name = relative(web, file);
  const [part, feature] = relative(app, file).split('/');
  const text = readFileSync(file, 'utf8');
  if (!(part in MAY_IMPORT)) continue;
  for (const target of importsOf(text)) {
    const fault = checkImport(file, part, feature, target);
    if (fault) faults.push(`${name}: ${fault}`);
  }
}

for (const folder of ['app/src', 'app/e2e', 'app/build', 'app/worker', 'sdk/src', 'sdk/test'])
  for (const file of filesIn(join(web, folder))) {
    const name = relative(web, file);
    // What is made by a program may be as long as it is.
    if (name.startsWith('sdk/src/gen/')) continue;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
    if (lines > LINES_MAX) faults.push(`${name}: more than ${LINES_MAX} lines`);
  }

const lock = readFileSync(join(web, 'package-lock.json'), 'utf8');
if (/"resolved": "(?!sdk|app)/.test(lock)) faults.push('package-lock.json: names a registry');

for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exit(faults.length === 0 ? 0 : 1);

function checkImport(file, part, feature, target) {
  const allowed = new Set([part, ...MAY_IMPORT[part]]);
  if (target === '@parlance/sdk') return allowed.has('sdk') ? undefined : `${part} must not import the SDK`;
  if (!target.startsWith('.')) return undefined;
  const [toPart, toFeature, ...rest] = relative(app, resolve(file, '..', target)).split('/');
  if (!allowed.has(toPart)) return `${part} must not import ${toPart} (${target})`;
  if (toPart !== 'features') return undefined;
  if (part === 'features' && feature !== toFeature) return `a feature must not import another (${target})`;
  if (part !== 'features' && rest.join('/') !== 'index.ts')
    return `reach a feature by its index.ts (${target})`;
  return undefined;
}

function importsOf(text) {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]);
}

function* filesIn(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else if (/\.(ts|tsx|css|mjs)$/.test(name)) yield path;
  }
}
