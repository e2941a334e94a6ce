import type { wire } from '@parlance/sdk';
import { duration, t, useChosen, useClient } from '../../../platform/index.ts';
import { Choices, Select, type Choice } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';
import { KeepSelect } from './KeepSelect.tsx';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const TIMES_MS = [
  30_000,
  5 * MINUTE_MS,
  HOUR_MS,
  8 * HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  30 * DAY_MS,
  90 * DAY_MS,
  365 * DAY_MS,
];

type From = wire.DisappearAfter | 'never';

/** Whether messages sent from now on disappear for everybody, from when on and after how long. */
export function DisappearingPage() {
  const { row } = usePanel();
  const { about, rights } = useGroup();
  // A server that is not new enough tells of none.
  const kept = about?.settings.keep_s;
  const { api } = useClient();
  const may = row.kind === 'direct' || rights.manage;
  const now = row.disappearing;
  // Both parts as one choice, so that each change sends what shows.
  const chosen = useChosen<`${From} ${number}`>(now ? `${now.after} ${now.ms}` : `never ${DAY_MS}`, value => {
    const [from, ms] = parts(value);
    const disappearing = from === 'never' ? {} : { disappearing: { after: from, ms } };
    return api.conversation.setDisappearing({ conversation_id: row.conversation_id, ...disappearing });
  });
  const [from, ms] = parts(chosen.value);
  // Nobody can wait for all of so many readers.
  const crowd = row.fan_out === 'read';
  const choices: Choice<From>[] = [
    { value: 'never', label: t('info.staysForever') },
    { value: 'sending', label: t('info.fromSending'), hint: t('info.fromSendingHint') },
    {
      value: 'reading',
      label: t('info.fromReading'),
      hint: t(crowd ? 'info.fromReadingCrowd' : 'info.fromReadingHint'),
      disabled: crowd,
    },
  ];
  const times = TIMES_MS.includes(ms) ? TIMES_MS : [...TIMES_MS, ms].toSorted((a, b) => a - b);
  return (
    <div className={styles.section}>
      <Note>{may ? t('info.disappearingNote') : t('group.readOnly')}</Note>
      <Choices
        label={t('info.disappearing')}
        quiet
        choices={choices}
        value={from}
        disabled={!may}
        onChange={value => chosen.choose(`${value} ${ms}`)}
      />
      {from !== 'never' && (
        <Select
          label={t('info.disappearAfter')}
          choices={times.map(time => ({ value: String(time), label: duration(time) }))}
          value={String(ms)}
          disabled={!may}
          onChange={value => chosen.choose(`${from} ${Number(value)}`)}
        />
      )}
      <Failure error={chosen.error} />
      {kept !== undefined && <KeepSelect keptS={kept} />}
    </div>
  );
}

function parts(value: `${From} ${number}`): [From, number] {
  const [from, ms] = value.split(' ');
  return [from as From, Number(ms)];
}
