import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';
import { emojiNames } from './build/emoji.ts';
import { icons } from './build/icons.ts';
import { licences } from './build/licences.ts';
import { precache } from './build/precache.ts';

const server = process.env['PARLANCE_URL'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), emojiNames(), licences(), icons(), precache()],
  resolve: { conditions: ['parlance-source', ...defaultClientConditions] },
  build: {
    // Lightning CSS rewrites light-dark() for older targets into variables that ignore an inline color-scheme.
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    target: 'es2024',
    // One style sheet: split ones load in any order, and the first to name a cascade layer decides its place.
    cssCodeSplit: false,
    // The content security policy allows neither data: images nor inline scripts.
    assetsInlineLimit: 0,
    // What is asked for later is fetched before it is needed (`platform/program/prefetch.ts`): a list of what belongs to what would
    // have to be loaded at once.
    modulePreload: false,
    rollupOptions: {
      input: { index: 'index.html', sw: 'worker/sw.ts' },
      // A service worker's address must stay the same, and be above all that it serves.
      output: {
        entryFileNames: chunk => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // What is loaded at once is two files: many small ones compress badly. Libraries stay cached from one version to
        // the next.
        codeSplitting: {
          groups: [
            {
              name: 'libraries',
              tags: ['$initial'],
              test: /node_modules\/(react|react-dom|scheduler|virtua|idb)\//,
            },
            {
              name: 'first',
              tags: ['$initial'],
              test: /\/web\/(app\/src\/(?!ui\/(charts|table))|sdk\/src|node_modules)/,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
    },
  },
});
