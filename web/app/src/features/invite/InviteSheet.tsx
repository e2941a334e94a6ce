import type { wire } from '@parlance/sdk';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { longDate, t, useClient, useRequest } from '../../platform/index.ts';
import { Button, QrCode, Select, Sheet } from '../../ui/index.ts';
import styles from './InviteSheet.module.css';

const DAY_MS = 24 * 3_600_000;
const DAYS = ['1', '7', '30'] as const;
const USES = ['1', '10', '100'] as const;
type Days = (typeof DAYS)[number];
type Uses = (typeof USES)[number];

/** Makes a link with which others register on this server. The server tells its secret once, here. */
export function InviteSheet({ onClose }: { onClose(): void }) {
  const { api } = useClient();
  const [uses, setUses] = useState<Uses>('10');
  const [days, setDays] = useState<Days>('7');
  const [made, setMade] = useState<wire.NewInvite>();
  const { busy, error, run } = useRequest();

  const create = () =>
    void run(async () =>
      setMade(await api.invite.create({ uses: Number(uses), expires_in_ms: Number(days) * DAY_MS })),
    );

  return (
    <Sheet title={t('invite.title')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={styles.invite}>
        <p>{t('invite.text')}</p>
        {made ? (
          <Made invite={made} />
        ) : (
          <>
            <div className={styles.pair}>
              <Select<Uses>
                label={t('invite.uses')}
                value={uses}
                choices={USES.map(value => ({ value, label: t('invite.people', { n: Number(value) }) }))}
                onChange={setUses}
              />
              <Select<Days>
                label={t('invite.expires')}
                value={days}
                choices={DAYS.map(value => ({ value, label: t('invite.days', { n: Number(value) }) }))}
                onChange={setDays}
              />
            </div>
            <Button look="primary" wide busy={busy} onClick={create}>
              {t('invite.make')}
            </Button>
          </>
        )}
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </div>
    </Sheet>
  );
}

function Made({ invite: { link, invite } }: { invite: wire.NewInvite }) {
  const address = new URL(link, location.origin).href;
  const [copied, setCopied] = useState(false);
  const { error, run } = useRequest();
  const copy = async () => {
    if (await run(() => navigator.clipboard.writeText(address))) setCopied(true);
  };
  return (
    <>
      <QrCode text={address} label={t('invite.qr')} />
      <code className={styles.address}>{address}</code>
      <Button look="primary" wide onClick={() => void copy()}>
        {copied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
        {t(copied ? 'invite.copied' : 'invite.copy')}
      </Button>
      <p className={styles.note} role="status">
        {error
          ? t('invite.copyByHand')
          : t('invite.until', { n: invite.uses, date: longDate(invite.expires_ms) })}
      </p>
    </>
  );
}
