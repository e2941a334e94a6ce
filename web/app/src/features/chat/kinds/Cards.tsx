import type { wire } from '@parlance/sdk';
import { ExternalLink, Image } from 'lucide-react';
import { t } from '../../../platform/index.ts';
import { useChatActions } from '../actions.ts';
import { placeOf, safeHref } from '../text/nest.ts';
import styles from './Kinds.module.css';

interface CardsProps {
  cards: readonly wire.Card[];
  replies: readonly string[];
}

/** Cards with buttons beside each other, and answers to choose from. */
export function Cards({ cards, replies }: CardsProps) {
  const { say } = useChatActions();
  return (
    <>
      <span className={styles.shelf} role="list" tabIndex={cards.length > 1 ? 0 : undefined}>
        {cards.map((card, place) => (
          <Card key={place} card={card} />
        ))}
      </span>
      {replies.length > 0 && (
        <span className={styles.replies} role="group" aria-label={t('rich.replies')}>
          {replies.map(reply => (
            <button key={reply} type="button" className={styles.reply} dir="auto" onClick={() => say(reply)}>
              {reply}
            </button>
          ))}
        </span>
      )}
    </>
  );
}

function Card({ card }: { card: wire.Card }) {
  return (
    <span className={styles.item} role="listitem">
      {card.picture_url && <Picture url={card.picture_url} />}
      <span className={styles.words}>
        <span className={styles.title} dir="auto">
          {card.title}
        </span>
        {card.text && (
          <span className={styles.about} dir="auto">
            {card.text}
          </span>
        )}
      </span>
      {card.buttons && (
        <span className={styles.buttons}>
          {card.buttons.map((button, place) => (
            <CardButton key={place} button={button} />
          ))}
        </span>
      )}
    </span>
  );
}

/** The picture's own server would learn who looks: it is opened only by who wants that. */
function Picture({ url }: { url: string }) {
  const href = safeHref(url);
  if (!href) return null;
  return (
    <a className={styles.picture} href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      <Image size={22} aria-hidden="true" />
      <span>{t('rich.picture', { host: placeOf(href) })}</span>
    </a>
  );
}

function CardButton({ button }: { button: wire.Button }) {
  const { say } = useChatActions();
  if (button.kind === 'reply') {
    return (
      <button type="button" className={styles.button} dir="auto" onClick={() => say(button.text)}>
        {button.text}
      </button>
    );
  }
  const href = safeHref(button.url);
  if (!href) return null;
  return (
    <a
      className={styles.button}
      href={href}
      title={href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
    >
      <span dir="auto">{button.text}</span>
      <ExternalLink size={14} aria-label={placeOf(href)} role="img" />
    </a>
  );
}
