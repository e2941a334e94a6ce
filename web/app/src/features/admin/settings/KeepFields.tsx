import type { wire } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import { Select } from '../../../ui/index.ts';
import { keepChoices } from './keep.ts';
import parts from '../parts/parts.module.css';
import { KEEPS, type Draft, type KeepSetting } from './fields.ts';
import { Reset } from './Reset.tsx';
import styles from './Settings.module.css';

interface KeepFieldsProps {
  now: wire.ServerSettings;
  draft: Draft;
  onChange(draft: Draft): void;
  /** Asks, since messages may be lost by it. */
  onReset(name: KeepSetting): void;
}

/** For how long messages are kept, by the kind of their conversation. */
export function KeepFields({ now, draft, onChange, onReset }: KeepFieldsProps) {
  return (
    <section className={styles.card} aria-label={t('admin.keep')}>
      <h2 className={styles.heading}>{t('admin.keep')}</h2>
      <p className={parts.note}>{t('admin.keepText')}</p>
      <div className={styles.numbers}>
        {KEEPS.map(name => (
          <div key={name} className={styles.number}>
            <Select
              label={t(`admin.set.${name}`)}
              value={String(draft.keeps[name] ?? now[name])}
              choices={keepChoices(now[name])}
              onChange={value => onChange({ ...draft, keeps: { ...draft.keeps, [name]: Number(value) } })}
            />
            <Reset
              label={t(`admin.set.${name}`)}
              changed={now.changed.includes(name)}
              run={async () => onReset(name)}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
