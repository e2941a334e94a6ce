import type { wire } from '@parlance/sdk';
import { Ban, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { t, useBlocked, useClient, useRequest, useUser } from '../../../platform/index.ts';
import { Confirm, RowButton } from '../../../ui/index.ts';
import { Failure } from '../parts.tsx';

interface BlockRowProps {
  userId: wire.UserId;
  name: string;
}

/** Blocks somebody, or ends it. The other side is not told. */
export function BlockRow({ userId, name }: BlockRowProps) {
  const { blocks } = useClient().people;
  const user = useUser(userId);
  const blocked = useBlocked(userId);
  const { busy, error, run } = useRequest();
  const [asking, setAsking] = useState(false);
  if (!user) return null;

  return (
    <>
      <RowButton
        danger={!blocked}
        icon={blocked ? <CircleCheck size={20} /> : <Ban size={20} />}
        label={t(blocked ? 'info.unblock' : 'info.block', { name })}
        value={blocked ? t('info.blocked') : undefined}
        disabled={busy}
        onClick={() => (blocked ? void run(() => blocks.unblock(userId)) : setAsking(true))}
      />
      {!asking && <Failure error={error} />}
      {asking && (
        <Confirm
          title={t('info.blockSure', { name })}
          text={t('info.blockText')}
          action={t('info.blockDo')}
          cancelLabel={t('app.cancel')}
          danger
          busy={busy}
          error={error}
          onConfirm={() =>
            void run(() => blocks.block(user.user_id, user)).then(done => done && setAsking(false))
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
