// The works of others that the client contains, with their licences, from their own package files.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:licences';
const LOADED = `\0${NAME}`;
/** Each package names what it depends on; these two are ours. */
const OURS = [
  new URL('../package.json', import.meta.url),
  new URL('../../sdk/package.json', import.meta.url),
];

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Record<string, string>;
}

/** Answers `virtual:licences` with the list. */
export function licences(): Plugin {
  return {
    name: 'parlance-licences',
    resolveId: id => (id === NAME ? LOADED : undefined),
    load: id => (id === LOADED ? `export const licences = ${JSON.stringify(works())};` : undefined),
  };
}

function works(): { name: string; version: string; licence: string }[] {
  const found = new Map<string, { name: string; version: string; licence: string }>();
  for (const file of OURS) {
    for (const name of Object.keys(read(file).dependencies ?? {})) {
      if (name.startsWith('@parlance/')) continue;
      const { version, license } = read(packageFile(name));
      found.set(name, { name, version, licence: license ?? '' });
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function read(file: URL | string): Package {
  return JSON.parse(readFileSync(file, 'utf8')) as Package;
}

/** Where a package lies: up from here, as Node looks for it. */
function packageFile(name: string): string {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const file = join(folder, name, 'package.json');
    try {
      readFileSync(file);
      return file;
    } catch {
      // Not in this folder: the next one up.
    }
  }
  throw new Error(`${name} is not installed, looked up from ${dirname(import.meta.url)}`);
}
