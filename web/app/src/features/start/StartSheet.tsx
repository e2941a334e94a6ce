import { Link, MessageCircle, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { navigate, t } from '../../platform/index.ts';
import { RowButton, Sheet, classes } from '../../ui/index.ts';
import { DirectForm } from './DirectForm.tsx';
import { GroupForm } from './GroupForm.tsx';
import styles from './StartSheet.module.css';

type Kind = 'direct' | 'group';

/** Starts a direct chat or a group by usernames. */
export function StartSheet({ onClose }: { onClose(): void }) {
  const [kind, setKind] = useState<Kind>('direct');
  const kinds: [Kind, string, typeof MessageCircle][] = [
    ['direct', t('start.direct'), MessageCircle],
    ['group', t('start.group'), UsersRound],
  ];
  return (
    <Sheet title={t('start.title')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={styles.kinds} role="radiogroup" aria-label={t('start.title')}>
        {kinds.map(([value, label, Icon]) => (
          <label key={value} className={classes(styles.kind, kind === value && styles.chosen)}>
            <input
              type="radio"
              name="kind"
              className="visually-hidden"
              checked={kind === value}
              onChange={() => setKind(value)}
            />
            <Icon size={18} aria-hidden="true" />
            {label}
          </label>
        ))}
      </div>
      {kind === 'direct' ? <DirectForm onDone={onClose} /> : <GroupForm onDone={onClose} />}
      <RowButton
        leads
        icon={<Link size={20} />}
        label={t('commands.join')}
        onClick={() => navigate({ page: 'join' }, { replace: true })}
      />
    </Sheet>
  );
}
