import { LocateFixed } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { t } from '../../../platform/index.ts';
import { Button, Field, Sheet } from '../../../ui/index.ts';
import { readCoordinates, toE7 } from '../kinds/place.ts';
import styles from './Attach.module.css';
import type { AttachProps } from './AttachButton.tsx';

const WAIT_MS = 20_000;

type Asked = 'idle' | 'asking' | 'denied' | 'unavailable';

/** Sends a place: where one is, if the browser may tell, or any by its coordinates. */
export function LocationSheet({ onClose, onSend }: AttachProps) {
  const [typed, setTyped] = useState('');
  const [label, setLabel] = useState('');
  const [asked, setAsked] = useState<Asked>('idle');
  const place = readCoordinates(typed);

  function locate() {
    // Browsers tell it on secure addresses only.
    if (!('geolocation' in navigator) || !isSecureContext) return setAsked('unavailable');
    setAsked('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setTyped(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`);
        setAsked('idle');
      },
      error => setAsked(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: 60_000 },
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (!place) return;
    const { latitude, longitude } = place;
    onSend({
      kind: 'location',
      latitude_e7: toE7(latitude),
      longitude_e7: toE7(longitude),
      ...(label.trim() && { label: label.trim() }),
    });
  }

  return (
    <Sheet title={t('attach.location')} closeLabel={t('app.close')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Button wide busy={asked === 'asking'} onClick={locate}>
          <LocateFixed size={18} /> {t(asked === 'asking' ? 'attach.locating' : 'attach.locate')}
        </Button>
        {asked === 'denied' && (
          <p className={styles.note} role="alert">
            {t('attach.denied')}
          </p>
        )}
        {asked === 'unavailable' && (
          <p className={styles.note} role="alert">
            {t('attach.unavailable')}
          </p>
        )}
        <Field
          label={t('attach.coordinates')}
          hint={t('attach.coordinatesHint')}
          error={typed && !place ? t('attach.noPlace') : undefined}
          value={typed}
          dir="ltr"
          autoComplete="off"
          onChange={event => setTyped(event.target.value)}
        />
        <Field
          label={t('attach.placeName')}
          value={label}
          maxLength={200}
          dir="auto"
          onChange={event => setLabel(event.target.value)}
        />
        <Button type="submit" look="primary" wide disabled={!place}>
          {t('chat.send')}
        </Button>
      </form>
    </Sheet>
  );
}
