import { useEffect, useState } from 'react';
import { t } from '../../../../platform/index.ts';
import styles from './Unsettled.module.css';
import { useMessageActions } from './messageActions.ts';
import { recalledText } from './recalled.ts';

/** Offers the text of a message that was just withdrawn here, to write it better. */
export function EditAgain({ index }: { index: number }) {
  const actions = useMessageActions();
  const id = actions?.conversationId ?? '';
  const [kept, setKept] = useState(() => recalledText(id, index));
  const untilMs = kept?.untilMs;
  useEffect(() => {
    if (untilMs === undefined) return;
    const timer = setTimeout(() => setKept(undefined), untilMs - Date.now());
    return () => clearTimeout(timer);
  }, [untilMs]);
  if (!kept) return null;
  return (
    <p className={styles.again}>
      <button type="button" className={styles.action} onClick={() => actions?.again(kept.text)}>
        {t('message.editAgain')}
      </button>
    </p>
  );
}
