import type { wire } from '@parlance/sdk';
import { Pin, X } from 'lucide-react';
import { useState } from 'react';
import { t, useNameOf } from '../../../../platform/index.ts';
import { IconButton } from '../../../../ui/index.ts';
import { Words } from '../../emoji/Words.tsx';
import { lineOf } from '../../subject.ts';
import styles from './Bars.module.css';

interface PinnedBarProps {
  /** The latest pin first. */
  pins: readonly wire.Entry[];
  onJump(index: number): void;
  /** Given to who may take pins away. */
  onUnpin: ((index: number) => void) | undefined;
}

/** What is pinned, over the messages. A press leads to it, the next press to the one pinned before. */
export function PinnedBar({ pins, onJump, onUnpin }: PinnedBarProps) {
  const nameOf = useNameOf();
  const [turn, setTurn] = useState(0);
  const place = turn % pins.length;
  const pin = pins[place];
  if (!pin) return null;
  const number = pins.length - place;
  return (
    <div className={styles.bar} role="region" aria-label={t('message.pins', { n: pins.length })}>
      <button
        type="button"
        className={styles.pin}
        onClick={() => {
          onJump(pin.index);
          setTurn(place + 1);
        }}
      >
        <span className={styles.rungs} aria-hidden="true">
          {pins.slice(0, 4).map((rung, rungPlace) => (
            <span key={rung.index} data-on={rungPlace === Math.min(place, 3) || undefined} />
          ))}
        </span>
        <span className={styles.words}>
          <span className={styles.title}>
            {pins.length > 1 ? t('message.pinnedNumber', { number }) : t('message.pinned')}
          </span>
          <span className={styles.line} dir="auto">
            <Words text={lineOf(pin, nameOf) ?? t('list.gone')} />
          </span>
        </span>
        <Pin size={16} aria-hidden="true" />
      </button>
      {onUnpin && (
        <IconButton label={t('message.unpin')} onClick={() => onUnpin(pin.index)}>
          <X size={18} />
        </IconButton>
      )}
    </div>
  );
}
