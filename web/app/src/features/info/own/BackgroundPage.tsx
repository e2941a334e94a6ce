import { Check } from 'lucide-react';
import { t, useChosen, useClient, type TextKey } from '../../../platform/index.ts';
import { usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';
import styles from './BackgroundPage.module.css';

/** The grounds that `ui/grounds.css` draws; another client's own mean nothing here and show the plain one. */
const GROUNDS: readonly (readonly [string, TextKey])[] = [
  ['', 'info.backgroundNone'],
  ['dawn', 'info.groundDawn'],
  ['meadow', 'info.groundMeadow'],
  ['lagoon', 'info.groundLagoon'],
  ['dusk', 'info.groundDusk'],
  ['ember', 'info.groundEmber'],
  ['slate', 'info.groundSlate'],
];

/** What is behind the messages, for oneself on all of one's devices. */
export function BackgroundPage() {
  const { row } = usePanel();
  const { api } = useClient();
  const chosen = useChosen(row.personal?.background ?? '', background =>
    api.conversation.personalize({ conversation_id: row.conversation_id, background }),
  );
  return (
    <>
      <fieldset className={styles.grounds}>
        <legend className="visually-hidden">{t('info.background')}</legend>
        {GROUNDS.map(([name, label]) => (
          <label key={name} className={styles.ground} data-background={name || undefined}>
            <input
              type="radio"
              name="ground"
              className="visually-hidden"
              checked={chosen.value === name}
              onChange={() => chosen.choose(name)}
            />
            <span className={styles.other} aria-hidden="true" />
            <span className={styles.own} aria-hidden="true">
              {chosen.value === name && <Check size={16} />}
            </span>
            <span className={styles.name}>{t(label)}</span>
          </label>
        ))}
      </fieldset>
      <Failure error={chosen.error} />
      <Note>{t('info.backgroundNote')}</Note>
    </>
  );
}
