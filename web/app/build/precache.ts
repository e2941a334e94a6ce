// Tells the service worker what to keep: filled in when the names of all files are known.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const WORKER = 'sw.js';
/** Files of `public`, which are no part of the bundle. */
const PUBLIC = ['/icon.svg', '/manifest.webmanifest'];
/** What is larger and not on the first screen is kept once it was used. */
const LATE_MAX_BYTES = 150_000;

/** Puts the list of files and the name of the build into the service worker. */
export function precache(): Plugin {
  return {
    name: 'parlance-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[WORKER];
        if (worker?.type !== 'chunk') return this.error(`${WORKER} is not there`);
        const files = Object.values(bundle).filter(file => {
          if (file.fileName === WORKER) return false;
          if (file.type === 'chunk') return file.isEntry || file.code.length <= LATE_MAX_BYTES;
          return /\.(html|css|woff2)$/.test(file.fileName);
        });
        const paths = [...files.map(file => `/${file.fileName}`), ...PUBLIC].toSorted();
        const hash = createHash('sha256').update(paths.join());
        const page = bundle['index.html'];
        if (page?.type === 'asset') hash.update(page.source);
        worker.code = worker.code
          .replaceAll('__PRECACHE__', JSON.stringify(paths))
          .replaceAll('__BUILD__', JSON.stringify(hash.digest('hex').slice(0, 16)));
      },
    },
  };
}
