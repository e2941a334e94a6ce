import { t, useNameOf } from '../../../../platform/index.ts';
import { Avatar, Button, Spinner } from '../../../../ui/index.ts';
import { useChatActions } from '../../actions.ts';
import { Words } from '../../emoji/Words.tsx';
import styles from './Sheets.module.css';
import type { Pages } from './usePages.ts';

export interface PersonRow {
  readonly userId: string;
  /** What stands at the end of the row. */
  readonly mark?: string;
}

interface PeopleListProps {
  pages: Pages<PersonRow>;
  none: string;
  onClose(): void;
}

/** People page by page, each a press away. */
export function PeopleList({ pages, none, onClose }: PeopleListProps) {
  const { openPerson } = useChatActions();
  const nameOf = useNameOf();
  const { rows, more, busy, error, load } = pages;
  function open(userId: string) {
    onClose();
    openPerson(userId);
  }

  return (
    <>
      <ul className={styles.people}>
        {rows.map(({ userId, mark }) => (
          <li key={`${userId}${mark ?? ''}`}>
            <button type="button" className={styles.person} onClick={() => open(userId)}>
              <Avatar id={userId} name={nameOf(userId)} size={36} />
              <span className={styles.name} dir="auto">
                {nameOf(userId)}
              </span>
              {mark && (
                <span className={styles.mark}>
                  <Words text={mark} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {busy && <Spinner label={t('app.loading')} />}
      {!busy && !error && rows.length === 0 && <p className={styles.none}>{none}</p>}
      {error && (
        <p className={styles.error} role="alert">
          {error} <Button onClick={load}>{t('app.retry')}</Button>
        </p>
      )}
      {more && !busy && !error && <Button onClick={load}>{t('message.more')}</Button>}
    </>
  );
}
