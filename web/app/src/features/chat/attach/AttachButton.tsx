import { ChartBar, MapPin, Plus, UserRound } from 'lucide-react';
import { Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import type { wire } from '@parlance/sdk';
import { t, useClient, part } from '../../../platform/index.ts';
import { IconButton, Menu, type MenuItem } from '../../../ui/index.ts';

const LocationSheet = part(() => import('./LocationSheet.tsx').then(m => m.LocationSheet));
const ContactSheet = part(() => import('./ContactSheet.tsx').then(m => m.ContactSheet));
const PollSheet = part(() => import('./PollSheet.tsx').then(m => m.PollSheet));

/** What every sheet for something to send is given. */
export interface AttachProps {
  onClose(): void;
  /** Sends it to the chat that is on screen. */
  onSend(content: wire.Content): void;
}

interface AttachButtonProps {
  conversationId: string;
  className: string | undefined;
  /** The message that it will answer. */
  replyTo: number | undefined;
  onSent(): void;
}

/** What can be sent beside a text. Pictures and files join the list here. */
export function AttachButton({ conversationId, className, replyTo, onSent }: AttachButtonProps) {
  const { outbox } = useClient();
  const [place, setPlace] = useState<{ x: number; y: number }>();
  const [sheet, setSheet] = useState<'location' | 'contact' | 'poll'>();
  const items: MenuItem[] = [
    { label: t('attach.poll'), icon: <ChartBar size={18} />, act: () => setSheet('poll') },
    { label: t('attach.location'), icon: <MapPin size={18} />, act: () => setSheet('location') },
    { label: t('attach.contact'), icon: <UserRound size={18} />, act: () => setSheet('contact') },
  ];
  const props: AttachProps = {
    onClose: () => setSheet(undefined),
    onSend(content) {
      setSheet(undefined);
      void outbox.send(conversationId, { content }, replyTo);
      onSent();
    },
  };
  return (
    <>
      <IconButton
        label={t('attach.open')}
        className={className}
        aria-haspopup="menu"
        onClick={event => {
          const { left, top } = event.currentTarget.getBoundingClientRect();
          setPlace({ x: left, y: top - 8 });
        }}
      >
        <Plus size={22} />
      </IconButton>
      {place && (
        <Menu label={t('attach.open')} {...place} items={items} onClose={() => setPlace(undefined)} />
      )}
      {createPortal(
        <Suspense>
          {sheet === 'location' && <LocationSheet {...props} />}
          {sheet === 'contact' && <ContactSheet {...props} />}
          {sheet === 'poll' && <PollSheet conversationId={conversationId} {...props} />}
        </Suspense>,
        // A form cannot stand within the composer's.
        document.body,
      )}
    </>
  );
}
