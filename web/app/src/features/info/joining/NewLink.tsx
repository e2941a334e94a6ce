import type { wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { duration, t, useClient, useRequest } from '../../../platform/index.ts';
import { Button, Select, Switch } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { usePanel } from '../panel.ts';
import { Failure } from '../parts.tsx';
import { keepCode } from './links.ts';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const LASTS_S = [HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S, 365 * DAY_S];
const USES = [1, 5, 10, 25, 100];
/** Stands for no limit. */
const NONE = '0';

interface NewLinkProps {
  /** Whether the group has everybody approved anyway. */
  approval: boolean;
  onMade(link: wire.JoinLink): void;
}

/** Makes a link: for how many, for how long, and whether each has to be let in. */
export function NewLink({ approval, onMade }: NewLinkProps) {
  const { row } = usePanel();
  const client = useClient();
  const { busy, error, run } = useRequest();
  const [uses, setUses] = useState(NONE);
  const [lasts, setLasts] = useState(String(7 * DAY_S));
  const [asks, setAsks] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(async () => {
      const link = await client.call('link.create', {
        conversation_id: row.conversation_id,
        ...(uses !== NONE && { max_uses: Number(uses) }),
        ...(lasts !== NONE && { expires_in_s: Number(lasts) }),
        ...(asks && { approval: true }),
      });
      keepCode(client, link);
      onMade(link);
    });
  }

  return (
    <form className={styles.section} onSubmit={submit} aria-label={t('joining.new')}>
      <Select
        label={t('joining.uses')}
        choices={[
          { value: NONE, label: t('joining.usesAny') },
          ...USES.map(n => ({ value: String(n), label: t('joining.usesUpTo', { n }) })),
        ]}
        value={uses}
        onChange={setUses}
      />
      <Select
        label={t('joining.lasts')}
        choices={[
          ...LASTS_S.map(s => ({ value: String(s), label: duration(s * 1_000) })),
          { value: NONE, label: t('joining.lastsAlways') },
        ]}
        value={lasts}
        onChange={setLasts}
      />
      <div className={styles.rows}>
        <Switch
          label={t('joining.asks')}
          hint={t(approval ? 'joining.asksAnyway' : 'joining.asksHint')}
          checked={asks || approval}
          disabled={approval}
          onChange={setAsks}
        />
      </div>
      <Failure error={error} />
      <Button type="submit" look="primary" wide busy={busy}>
        {t('joining.make')}
      </Button>
    </form>
  );
}
