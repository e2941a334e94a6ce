import type { wire } from '@parlance/sdk';
import { Copy, MapPin, Navigation } from 'lucide-react';
import { useState } from 'react';
import { t } from '../../../platform/index.ts';
import { coordinates, degrees } from './place.ts';
import styles from './Kinds.module.css';

/** A place: drawn, not fetched. No server of maps learns who looks at it. */
export function Location({ place }: { place: wire.Location }) {
  const [copied, setCopied] = useState(false);
  const text = coordinates(place);
  return (
    <span className={styles.card}>
      <span className={styles.map} aria-hidden="true">
        <span className={styles.ring} />
        <MapPin className={styles.pin} size={30} />
      </span>
      <span className={styles.words}>
        <span className={styles.title} dir="auto">
          {place.label || t('rich.place')}
        </span>
        <span className={styles.sub} dir="ltr">
          {degrees(place)}
        </span>
      </span>
      <span className={styles.row}>
        <a className={styles.button} href={`geo:${text}`}>
          <Navigation size={16} /> {t('rich.openMap')}
        </a>
        <button
          type="button"
          className={styles.button}
          onClick={() => void navigator.clipboard?.writeText(text).then(() => setCopied(true))}
        >
          <Copy size={16} /> {copied ? t('rich.copied') : t('rich.copyPlace')}
        </button>
      </span>
    </span>
  );
}
