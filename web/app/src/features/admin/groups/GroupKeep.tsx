import { useCallback, useState } from 'react';
import { reasonOf, t, useClient } from '../../../platform/index.ts';
import { Select } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import { keepChoices, keepName } from '../settings/keep.ts';
import { useLoaded } from '../parts/useLoaded.ts';

/** As long as others of its kind. */
const AS_OTHERS = '';

/** For how long the messages of one group are kept, if not as long as those of all others. */
export function GroupKeep({ id, name }: { id: string; name: string }) {
  const { call } = useClient();
  const kept = useLoaded(useCallback(() => call('retention.list', {}), [call]));
  const [asked, setAsked] = useState<string>();
  const own = kept.value?.conversations.find(row => row.conversation_id === id)?.keep_s;

  async function run() {
    const keep_s = asked === AS_OTHERS ? undefined : Number(asked);
    kept.set(await call('retention.set', { conversation_id: id, ...(keep_s !== undefined && { keep_s }) }));
  }

  const time = asked === AS_OTHERS ? t('admin.asOthers') : keepName(Number(asked));
  return (
    <>
      <Select
        label={t('admin.keep')}
        hint={kept.error === undefined ? t('admin.keepGroupHint') : reasonOf(kept.error)}
        value={own === undefined ? AS_OTHERS : String(own)}
        choices={[{ value: AS_OTHERS, label: t('admin.asOthers') }, ...keepChoices(own)]}
        disabled={kept.value === undefined}
        onChange={setAsked}
      />
      {asked !== undefined && (
        <Ask
          title={t('admin.keepGroupTitle', { name })}
          text={t('admin.keepGroupText', { time })}
          action={t('app.save')}
          danger={asked !== '0'}
          run={run}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
