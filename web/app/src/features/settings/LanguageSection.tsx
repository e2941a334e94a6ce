import { LANGUAGE_NAMES, language, t, type Language } from '../../platform/index.ts';
import { Choices } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** The language of the program. All of it is drawn anew when another is chosen. */
export function LanguageSection() {
  const choices = Object.entries(LANGUAGE_NAMES).map(([value, label]) => ({
    value: value as Language,
    label,
  }));
  return (
    <section className={styles.card}>
      <Choices<Language>
        label={t('settings.language')}
        quiet
        choices={[{ value: 'system', label: t('settings.languageSystem') }, ...choices]}
        value={language.get()}
        onChange={language.set}
      />
    </section>
  );
}
