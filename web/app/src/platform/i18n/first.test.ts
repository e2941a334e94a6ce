import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { en } from './en/index.ts';
import { admin } from './en/admin/index.ts';
import { later } from './en/later.ts';

const SOURCE = resolve(import.meta.dirname, '../..');
const IMPORT = /^(?:import|export)(?! type)[^;]*?from '(\.[^']+\.tsx?)'/gm;

/** The files that are loaded at once: what `main.tsx` imports, and so on, without what is asked for later. */
function loadedAtOnce(path: string, known = new Set<string>()): Set<string> {
  if (known.has(path) || !existsSync(path)) return known;
  known.add(path);
  for (const [, to] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
    if (to) loadedAtOnce(resolve(dirname(path), to), known);
  }
  return known;
}

it('has every text of what is loaded at once, since the others may not be there yet', () => {
  const missing: string[] = [];
  for (const path of loadedAtOnce(resolve(SOURCE, 'main.tsx'))) {
    if (/i18n\/(en|zh)\//.test(path)) continue;
    for (const [, key = ''] of readFileSync(path, 'utf8').matchAll(/'([a-z]+\.[\w.]+)'/gi)) {
      if ((key in later || key in admin) && !(key in en))
        missing.push(`${path.slice(SOURCE.length)}: ${key}`);
    }
  }
  expect(missing).toEqual([]);
});
