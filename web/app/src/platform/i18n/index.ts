import type { admin } from './en/admin/index.ts';
import { en } from './en/index.ts';
import type { later } from './en/later.ts';

/** What follows the number `n`; a language that knows no singular leaves `one` out. */
type Plural = { readonly one?: string; readonly other: string };

/** The name of a text. */
export type TextKey = keyof typeof en | keyof typeof later | keyof typeof admin;
/** The texts of one part of the screen in another language: the same keys, each a sentence or its plural forms. */
export type Texts<English> = { readonly [K in keyof English]: string | Plural };
/** The texts of the first screen. */
export type Catalogue = Texts<typeof en>;

type Loaders<English> = Record<string, () => Promise<Texts<English>>>;

/** Languages, loaded when asked for; English is there at once. A new one is a folder like `zh` and a line here each. */
const FIRST: Loaders<typeof en> = {
  en: async () => en,
  zh: () => import('./zh/index.ts').then(m => m.zh),
};

/** What is not on the first screen; of that the administration, which few people open. */
const PARTS: { later: Loaders<typeof later>; admin: Loaders<typeof admin> } = {
  later: {
    en: () => import('./en/later.ts').then(m => m.later),
    zh: () => import('./zh/later.ts').then(m => m.later),
  },
  admin: {
    en: () => import('./en/admin/index.ts').then(m => m.admin),
    zh: () => import('./zh/admin/index.ts').then(m => m.admin),
  },
};

export type Part = keyof typeof PARTS;

let catalogue: Partial<Texts<Record<TextKey, unknown>>> = en;
let language = 'en';
/** The parts that were asked for: they change with the language. */
const parts = new Set<Part>();
let plural = new Intl.PluralRules(language);

/** Languages that are written from right to left: the whole page is mirrored for them. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set([
  'ar',
  'ckb',
  'dv',
  'fa',
  'he',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

const baseOf = (tag: string) => tag.split('-')[0] ?? tag;

/** Picks the first of these languages that there is a catalogue for, else English. */
export async function loadLanguage(wanted: readonly string[]): Promise<void> {
  const tag = wanted.find(each => FIRST[baseOf(each)]) ?? 'en';
  const base = baseOf(tag);
  const texts = await Promise.all([FIRST[base]?.(), ...[...parts].map(part => PARTS[part][base]?.())]);
  catalogue = Object.assign({}, ...texts);
  language = tag;
  plural = new Intl.PluralRules(tag);
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.has(base) ? 'rtl' : 'ltr';
}

/** Loads the texts of a part in the language in use; from then on they change with the language. */
export async function loadTexts(part: Part): Promise<void> {
  if (parts.has(part)) return;
  const base = baseOf(language);
  const texts = await PARTS[part][base]?.();
  // Another language was chosen meanwhile.
  if (base !== baseOf(language)) return loadTexts(part);
  catalogue = { ...catalogue, ...texts };
  parts.add(part);
}

/** The language in use, for dates, numbers and lists. */
export function locale(): string {
  return language;
}

/** A text in the language in use, with `{names}` filled in and the plural chosen by `n`. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  const entry = catalogue[key] ?? key;
  const form = plural.select(Number(values['n'] ?? 0)) === 'one' ? 'one' : 'other';
  const text = typeof entry === 'string' ? entry : (entry[form] ?? entry.other);
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? value.toLocaleString(language) : (value ?? whole);
  });
}

/** “Ann, Bob and Carl”. */
export function joinNames(names: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}
