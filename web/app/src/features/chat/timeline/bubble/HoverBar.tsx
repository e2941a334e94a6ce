import type { wire } from '@parlance/sdk';
import { Ellipsis, Heart, Reply } from 'lucide-react';
import { t } from '../../../../platform/index.ts';
import { classes } from '../../../../ui/index.ts';
import styles from './HoverBar.module.css';
import { HEART, type MessageActions } from '../menu/messageActions.ts';

interface HoverBarProps {
  entry: wire.Entry;
  actions: MessageActions;
}

/** What one does most often with a message, where the pointer is. The keyboard has keys and the menu for it. */
export function HoverBar({ entry, actions }: HoverBarProps) {
  const gone = entry.body.kind === 'gone';
  const liked = entry.details?.likes?.some(like => like.emoji === HEART && like.mine) ?? false;
  return (
    <span className={styles.bar}>
      {!gone && (
        <>
          <button
            type="button"
            tabIndex={-1}
            className={classes(styles.button, liked && styles.liked)}
            aria-label={t('message.heart')}
            aria-pressed={liked}
            title={t('message.heart')}
            onClick={() => actions.like(entry, HEART)}
          >
            <Heart size={16} />
          </button>
          <button
            type="button"
            tabIndex={-1}
            className={styles.button}
            aria-label={t('chat.reply')}
            title={t('chat.reply')}
            onClick={() => actions.reply(entry)}
          >
            <Reply size={16} />
          </button>
        </>
      )}
      <button
        type="button"
        tabIndex={-1}
        className={styles.button}
        aria-label={t('chat.actions')}
        title={t('chat.actions')}
        onClick={event => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          actions.menu({ entry, x: left, y: bottom + 4 });
        }}
      >
        <Ellipsis size={16} />
      </button>
    </span>
  );
}
