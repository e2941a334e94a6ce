// The names of all emoji, served by ourselves: pickers fetch them from a stranger's server by default.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const LOCALES = ['en', 'zh'];
const FILES = ['data.json', 'messages.json'];

interface Compact {
  hexcode: string;
  unicode: string;
}

/** Puts `emoji/<locale>/*.json` and the names for completion beside the page. */
export function emojiNames(): Plugin {
  const resolve = createRequire(import.meta.url).resolve;
  const read = (path: string) => readFileSync(resolve(`emojibase-data/${path}`), 'utf8');
  const sources = new Map<string, () => string>(
    LOCALES.flatMap(locale =>
      FILES.map(file => [`emoji/${locale}/${file}`, () => read(`${locale}/${file}`)] as const),
    ),
  );
  sources.set('emoji/names.json', () => names(read));
  return {
    name: 'emoji-names',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const source = sources.get((request.url ?? '').slice(1));
        if (!source) return next();
        response.setHeader('content-type', 'application/json');
        response.end(source());
      });
    },
    generateBundle() {
      for (const [fileName, source] of sources) this.emitFile({ type: 'asset', fileName, source: source() });
    },
  };
}

/** Pairs of an emoji and what it goes by, as people type it after a colon. */
function names(read: (path: string) => string): string {
  const emoji = JSON.parse(read('en/compact.json')) as Compact[];
  const sets = ['github', 'emojibase'].map(
    set => JSON.parse(read(`en/shortcodes/${set}.json`)) as Record<string, string | string[]>,
  );
  const named = emoji.flatMap(({ hexcode, unicode }) => {
    const all = new Set(sets.flatMap(set => set[hexcode] ?? []));
    // What shows as a picture anyway needs no sign for that.
    const emoji = unicode.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1');
    return all.size > 0 ? [[emoji, [...all]]] : [];
  });
  return JSON.stringify(named);
}
