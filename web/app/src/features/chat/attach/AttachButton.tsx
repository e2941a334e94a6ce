import { Camera, ChartBar, File as FileIcon, Image, MapPin, Plus, UserRound } from 'lucide-react';
import { Suspense, useRef, useState, type ChangeEvent } from 'react';
import { createPortal } from 'react-dom';
import type { wire } from '@parlance/sdk';
import { t, useClient, part } from '../../../platform/index.ts';
import { IconButton, Menu, type MenuItem } from '../../../ui/index.ts';

const LocationSheet = part(() => import('./LocationSheet.tsx').then(m => m.LocationSheet));
const ContactSheet = part(() => import('./ContactSheet.tsx').then(m => m.ContactSheet));
const PollSheet = part(() => import('./PollSheet.tsx').then(m => m.PollSheet));
const CameraSheet = part(() => import('./files/CameraSheet.tsx').then(m => m.CameraSheet));

/** What is offered first when pictures and videos are chosen. */
const MEDIA = 'image/*,video/*';

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
  /** Files were chosen, to be looked at before they are sent. */
  onFiles(files: File[], asFiles: boolean): void;
}

/** What can be sent beside a text. */
export function AttachButton({ conversationId, className, replyTo, onSent, onFiles }: AttachButtonProps) {
  const { outbox } = useClient();
  const [place, setPlace] = useState<{ x: number; y: number }>();
  const [sheet, setSheet] = useState<'location' | 'contact' | 'poll' | 'camera'>();
  const pictures = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const items: MenuItem[] = [
    { label: t('attach.media'), icon: <Image size={18} />, act: () => pictures.current?.click() },
    { label: t('attach.file'), icon: <FileIcon size={18} />, act: () => files.current?.click() },
    { label: t('attach.camera'), icon: <Camera size={18} />, act: photograph },
    { label: t('attach.poll'), icon: <ChartBar size={18} />, act: () => setSheet('poll') },
    { label: t('attach.location'), icon: <MapPin size={18} />, act: () => setSheet('location') },
    { label: t('attach.contact'), icon: <UserRound size={18} />, act: () => setSheet('contact') },
  ];

  /** Telephones have a camera program of their own. */
  function photograph() {
    if (matchMedia('(pointer: coarse)').matches) camera.current?.click();
    else setSheet('camera');
  }

  function chosen(event: ChangeEvent<HTMLInputElement>) {
    const { files: list } = event.target;
    if (list && list.length > 0) onFiles([...list], event.target === files.current);
    // The same file can be chosen again.
    event.target.value = '';
  }

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
      <input ref={pictures} type="file" accept={MEDIA} multiple hidden onChange={chosen} data-media />
      <input ref={files} type="file" multiple hidden onChange={chosen} data-files />
      <input ref={camera} type="file" accept="image/*" capture="environment" hidden onChange={chosen} />
      {createPortal(
        <Suspense>
          {sheet === 'camera' && (
            <CameraSheet
              onClose={() => setSheet(undefined)}
              onPhoto={photo => {
                setSheet(undefined);
                onFiles([photo], false);
              }}
            />
          )}
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
