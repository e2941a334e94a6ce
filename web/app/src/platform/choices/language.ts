import { deviceChoice, oneOf } from './deviceChoice.ts';
import { loadLanguage } from '../i18n/index.ts';

export type Language = 'system' | 'en' | 'zh';

/** The languages there are texts in, each by its own name. */
export const LANGUAGE_NAMES: Record<Exclude<Language, 'system'>, string> = { en: 'English', zh: '简体中文' };

const chosen = deviceChoice<Language>('parlance.language', 'system', oneOf('system', 'en', 'zh'));
const listeners = new Set<() => void>();
let shown: Language = 'system';

/** The language that was chosen and whose texts are loaded; the screen is drawn anew when it changes. */
export const language = {
  get: (): Language => shown,
  set: chosen.set,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Loads the texts, now and whenever another language is chosen. */
export async function applyLanguage(): Promise<void> {
  const apply = async () => {
    const wanted = chosen.get();
    await loadLanguage(wanted === 'system' ? navigator.languages : [wanted]);
    shown = wanted;
    for (const listener of [...listeners]) listener();
  };
  chosen.subscribe(() => void apply());
  addEventListener('languagechange', () => void apply());
  await apply();
}
