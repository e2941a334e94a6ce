import type { wire } from '@parlance/sdk';
import { Check, Copy, QrCode as QrIcon, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { clockTime, longDate, t, useClient, useNameOf, useRequest } from '../../../platform/index.ts';
import { Button, Confirm, QrCode, Sheet } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';
import look from './Joining.module.css';
import { addressOf } from './links.ts';

/** How long a copy is confirmed. */
const COPIED_MS = 2_000;

interface LinkCardProps {
  link: wire.JoinLink;
  /** Whether it was made just now: it is what one wants to share. */
  fresh: boolean;
  onRevoked(): void;
}

/** A link that lets people in: how far it is used, and what one does with it. */
export function LinkCard({ link, fresh, onRevoked }: LinkCardProps) {
  const { row } = usePanel();
  const client = useClient();
  const nameOf = useNameOf();
  const { busy, error, run } = useRequest();
  const copying = useRequest();
  const [copied, setCopied] = useState(false);
  const [open, setOpen] = useState<'qr' | 'revoke'>();
  const address = addressOf(client, link);

  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!fresh) return;
    card.current?.scrollIntoView({ block: 'nearest' });
    card.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [fresh]);

  async function copy(text: string) {
    if (!(await copying.run(() => navigator.clipboard.writeText(text)))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  }

  async function revoke() {
    const input = { conversation_id: row.conversation_id, link_id: link.link_id };
    if (!(await run(() => client.api.link.revoke(input)))) return;
    setOpen(undefined);
    onRevoked();
  }

  return (
    <li ref={card} className={look.link}>
      <div>
        <p className={look.what}>{usesText(link)}</p>
        <Note>
          {t('joining.madeBy', { name: nameOf(link.made_by), date: longDate(link.made_ms) })}
          {' · '}
          {link.expires_ms
            ? t('joining.ends', { date: `${longDate(link.expires_ms)}, ${clockTime(link.expires_ms)}` })
            : t('joining.endsNever')}
          {link.approval && ` · ${t('joining.withApproval')}`}
        </Note>
      </div>
      {address ? <code className={look.address}>{address}</code> : <Note>{t('joining.toldOnce')}</Note>}
      <Failure error={copying.error} />
      <div className={styles.buttons}>
        {address && (
          <>
            <Button onClick={() => void copy(address)}>
              {copied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
              {t(copied ? 'joining.copied' : 'joining.copy')}
            </Button>
            <Button onClick={() => setOpen('qr')}>
              <QrIcon size={18} aria-hidden="true" />
              {t('joining.qr')}
            </Button>
          </>
        )}
        <Button look="danger" onClick={() => setOpen('revoke')}>
          <Trash2 size={18} aria-hidden="true" />
          {t('joining.revoke')}
        </Button>
      </div>
      {open === 'qr' && address && (
        <Sheet title={t('joining.scan')} closeLabel={t('app.close')} onClose={() => setOpen(undefined)}>
          <QrCode text={address} label={t('joining.qrLabel', { name: row.name ?? '' })} />
        </Sheet>
      )}
      {open === 'revoke' && (
        <Confirm
          title={t('joining.revokeSure')}
          text={t('joining.revokeText')}
          action={t('joining.revoke')}
          cancelLabel={t('app.cancel')}
          danger
          busy={busy}
          error={error}
          onConfirm={() => void revoke()}
          onClose={() => setOpen(undefined)}
        />
      )}
    </li>
  );
}

function usesText({ uses, max_uses }: wire.JoinLink): string {
  return max_uses ? t('joining.usedOf', { n: uses, of: max_uses }) : t('joining.used', { n: uses });
}
