import { Plus, Sticker } from 'lucide-react';
import { useState } from 'react';
import { reasonOf, t, useClient, useWatched } from '../../../platform/index.ts';
import { Button, EmptyState } from '../../../ui/index.ts';
import { Failed } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { Skeleton } from '../parts/Skeleton.tsx';
import styles from './Expressions.module.css';
import { PACKS_MAX } from './limits.ts';
import { NewPack } from './NewPack.tsx';
import { PackCard } from './PackCard.tsx';

/** The packs of stickers that everybody on the server can send from. */
export function StickersSection() {
  const { packs: watched } = useClient().expressions.stickers;
  const { value: packs, error } = useWatched(watched);
  const [adding, setAdding] = useState(false);
  const renew = () => void watched.read();
  if (!packs) return error ? <Failed error={error} onRetry={renew} /> : <Skeleton rows={3} />;
  return (
    <>
      <div className={parts.toolbar}>
        <p className={`${parts.grow} ${parts.note}`}>{t('expressions.stickersText')}</p>
        <Button look="primary" disabled={packs.length >= PACKS_MAX} onClick={() => setAdding(true)}>
          <Plus size={18} aria-hidden="true" />
          {t('expressions.newPack')}
        </Button>
      </div>
      {error !== undefined && (
        <p className={parts.error} role="alert">
          {t('admin.stale', { reason: reasonOf(error) })}
        </p>
      )}
      {packs.length === 0 ? (
        <EmptyState
          icon={<Sticker size={32} />}
          title={t('expressions.noPacks')}
          text={t('expressions.noPacksText')}
        />
      ) : (
        <div className={styles.cards}>
          {packs.map(pack => (
            <PackCard key={pack.pack_id} pack={pack} onChanged={renew} />
          ))}
        </div>
      )}
      {adding && <NewPack onMade={renew} onClose={() => setAdding(false)} />}
    </>
  );
}
