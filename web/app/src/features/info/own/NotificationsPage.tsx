import type { wire } from '@parlance/sdk';
import { Bell, BellOff } from 'lucide-react';
import { mutedUntil, t, useChosen, useClient, useRequest } from '../../../platform/index.ts';
import { Choices, RowButton, type Choice } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import { Failure, Note, Rows } from '../parts.tsx';
import { muteChoices, untilText } from './mute.ts';

/** When this chat makes itself heard. */
export function NotificationsPage() {
  const { row } = usePanel();
  const { api } = useClient();
  const { busy, error, run } = useRequest();
  const until = mutedUntil(row);
  const id = { conversation_id: row.conversation_id };
  const level = useChosen<wire.NotifyLevel | 'unset'>(row.personal?.notify ?? 'unset', async notify => {
    await api.conversation.personalize({ ...id, notify: notify === 'unset' ? null : notify });
  });
  const mute = (until: number) =>
    void run(() => api.conversation.personalize({ ...id, muted_until_ms: until }));
  const levels: Choice<wire.NotifyLevel | 'unset'>[] = [
    { value: 'unset', label: t('info.notifyDefault') },
    { value: 'all', label: t('info.notifyAll') },
    { value: 'mentions', label: t('info.notifyMentions'), hint: t('info.notifyMentionsHint') },
    { value: 'nothing', label: t('info.notifyNothing'), hint: t('info.notifyNothingHint') },
  ];
  return (
    <>
      <Choices
        label={t('info.notifyWhich')}
        choices={row.kind === 'direct' ? levels.filter(({ value }) => value !== 'mentions') : levels}
        value={level.value}
        onChange={level.choose}
      />
      <Failure error={level.error} />
      <Rows heading={t('list.mute')}>
        {until > 0 && (
          <RowButton
            icon={<Bell size={20} />}
            label={t('list.unmute')}
            value={untilText(until)}
            disabled={busy}
            onClick={() => mute(0)}
          />
        )}
        {until === 0 &&
          muteChoices().map(choice => (
            <RowButton
              key={choice.label}
              icon={<BellOff size={20} />}
              label={choice.label}
              disabled={busy}
              onClick={() => mute(choice.until())}
            />
          ))}
      </Rows>
      <Failure error={error} />
      <Note>{t('info.notifyNote')}</Note>
    </>
  );
}
