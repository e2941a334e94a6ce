import { useState } from 'react';
import { duration, t, useChosen, useClient } from '../../../platform/index.ts';
import { Confirm, Select } from '../../../ui/index.ts';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';

const DAY_S = 86_400;
const USUAL_S = [DAY_S, 7 * DAY_S, 30 * DAY_S, 90 * DAY_S, 365 * DAY_S];
/** As long as the server keeps them. */
const AS_SERVER = 0;

/** For how long the group's messages are kept, which only its owner may shorten. */
export function KeepSelect({ keptS }: { keptS: number }) {
  const { row } = usePanel();
  const { owner } = useGroup();
  const { api } = useClient();
  const [asking, setAsking] = useState<number>();
  const { value, error, choose } = useChosen(keptS, keep_s =>
    api.conversation.update({ conversation_id: row.conversation_id, keep_s }),
  );
  const timeText = (seconds: number) => duration(seconds * 1_000);
  if (!owner) return keptS > 0 && <Note>{t('group.keptFor', { time: timeText(keptS) })}</Note>;

  // What is erased by a shorter time does not come back with a longer one.
  const shortens = (seconds: number) => seconds !== AS_SERVER && (value === AS_SERVER || seconds < value);
  const times =
    value > 0 && !USUAL_S.includes(value) ? [...USUAL_S, value].toSorted((a, b) => a - b) : USUAL_S;
  return (
    <>
      <Select
        label={t('group.keep')}
        hint={t('group.keepHint')}
        choices={[
          { value: String(AS_SERVER), label: t('group.recallServer') },
          ...times.map(seconds => ({ value: String(seconds), label: timeText(seconds) })),
        ]}
        value={String(value)}
        onChange={chosen => {
          const seconds = Number(chosen);
          if (shortens(seconds)) setAsking(seconds);
          else choose(seconds);
        }}
      />
      <Failure error={error} />
      {asking !== undefined && (
        <Confirm
          title={t('group.keepSure', { time: timeText(asking) })}
          text={t('group.keepText', { time: timeText(asking) })}
          action={t('group.keepDo')}
          cancelLabel={t('app.cancel')}
          danger
          onConfirm={() => {
            choose(asking);
            setAsking(undefined);
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}
