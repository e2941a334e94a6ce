import type { wire } from '@parlance/sdk';
import { useCallback, useEffect, useState } from 'react';
import { t, useClient, useNameOf, useRequest } from '../../../platform/index.ts';
import { Avatar, Button, Sheet } from '../../../ui/index.ts';
import styles from './Poll.module.css';

interface VotersProps {
  poll: wire.Poll;
  place: { readonly conversation_id: string; readonly index: number };
  onClose(): void;
}

/** Who chose what. */
export function Voters({ poll, place, onClose }: VotersProps) {
  return (
    <Sheet title={poll.question} closeLabel={t('app.close')} onClose={onClose}>
      {poll.options.map((option, at) => (
        <OptionVoters key={option} label={option} option={at} place={place} />
      ))}
    </Sheet>
  );
}

interface OptionVotersProps {
  label: string;
  option: number;
  place: VotersProps['place'];
}

function OptionVoters({ label, option, place: { conversation_id, index } }: OptionVotersProps) {
  const { api } = useClient();
  const nameOf = useNameOf();
  const { busy, error, run } = useRequest();
  const [voters, setVoters] = useState<readonly wire.Voter[]>([]);
  const [next, setNext] = useState<number>();

  const load = useCallback(
    (after?: number) =>
      run(async () => {
        const input = { conversation_id, index, option, ...(after !== undefined && { after }) };
        const page = await api.poll.voters(input);
        setVoters(known => (after === undefined ? page.voters : [...known, ...page.voters]));
        setNext(page.next);
      }),
    [api, run, conversation_id, index, option],
  );
  useEffect(() => void load(), [load]);

  return (
    <section className={styles.voters}>
      <h3 className={styles.heading} dir="auto">
        {label}
      </h3>
      {error && (
        <p role="alert">
          {error} <Button onClick={() => void load()}>{t('app.retry')}</Button>
        </p>
      )}
      {!error && !busy && voters.length === 0 && <p className={styles.about}>{t('poll.nobody')}</p>}
      <ul>
        {voters.map(({ user_id: user }) => (
          <li key={user} className={styles.voter}>
            <Avatar id={user} name={nameOf(user)} size={32} />
            <span dir="auto">{nameOf(user)}</span>
          </li>
        ))}
      </ul>
      {next !== undefined && (
        <Button busy={busy} onClick={() => void load(next)}>
          {t('poll.more')}
        </Button>
      )}
    </section>
  );
}
