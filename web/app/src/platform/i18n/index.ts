import type { admin } from './en/admin/index.ts';
import { en } from './en/index.ts';

/** What follows the number `n`; a language that knows no singular leaves `one` out. */
type Plural = { readonly one?: string; readonly other: string };

/** The name of a text. */
export type TextKey = keyof typeof en | keyof AdminTexts;
/** The texts of one part of the screen in another language: the same keys, each a sentence or its plural forms. */
export type Texts<English> = { readonly [K in keyof English]: string | Plural };
/** All texts of a language. */
export type Catalogue = Texts<typeof en>;

type AdminTexts = Texts<typeof admin>;

/** Languages beside English, loaded when asked for. A new one is a folder like `zh` and a line here. */
const LANGUAGES: Record<string, () => Promise<Catalogue>> = {
  zh: () => import('./zh/index.ts').then(m => m.zh),
};

/** Texts of the administration, which few people open: they are loaded with it. */
const ADMIN: Record<string, () => Promise<AdminTexts>> = {
  en: () => import('./en/admin/index.ts').then(m => m.admin),
  zh: () => import('./zh/admin/index.ts').then(m => m.admin),
};

let catalogue: Catalogue & Partial<AdminTexts> = en;
let language = 'en';
let administrates = false;
let plural = new Intl.PluralRules(language);

/** Picks the first of these languages that there is a catalogue for, else English. */
export async function loadLanguage(wanted: readonly string[]): Promise<void> {
  const baseOf = (tag: string) => tag.split('-')[0] ?? tag;
  const tag = wanted.find(each => baseOf(each) === 'en' || LANGUAGES[baseOf(each)]) ?? 'en';
  catalogue = (await LANGUAGES[baseOf(tag)]?.()) ?? en;
  language = tag;
  plural = new Intl.PluralRules(tag);
  document.documentElement.lang = language;
  if (administrates) await loadAdminTexts();
}

/** Loads the texts of the administration in the language in use; from then on they change with the language. */
export async function loadAdminTexts(): Promise<void> {
  const load = ADMIN[language.split('-')[0] ?? language] ?? ADMIN['en'];
  const texts = await load?.();
  catalogue = { ...catalogue, ...texts };
  administrates = true;
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
