import { EmojiPicker as Picker, type Emoji, type EmojiPickerListComponents } from 'frimousse';
import { useState } from 'react';
import { locale, t } from '../../../platform/index.ts';
import { useEmojis } from '../../../ui/index.ts';
import styles from './EmojiPicker.module.css';
import { keepRecent, recentEmoji } from './recent.ts';
import { ServerEmoji } from './ServerEmoji.tsx';
import { setTone, tone } from './tone.ts';
import { Words } from './Words.tsx';

/** Places in a grid are counted from 1. */
function fromOne(place: number | undefined): number | undefined {
  return place === undefined ? undefined : place + 1;
}

const COMPONENTS: EmojiPickerListComponents = {
  CategoryHeader: ({ category, ...rest }) => (
    <div className={styles.category} {...rest}>
      {category.label}
    </div>
  ),
  Row: ({ children, ...rest }) => (
    <div className={styles.row} {...rest} aria-rowindex={fromOne(rest['aria-rowindex'])}>
      {children}
    </div>
  ),
  Emoji: ({ emoji, ...rest }) => (
    <button
      type="button"
      className={styles.emoji}
      data-active={emoji.isActive || undefined}
      {...rest}
      role="gridcell"
      aria-colindex={fromOne(rest['aria-colindex'])}
    >
      {emoji.emoji}
    </button>
  ),
};

interface EmojiPickerProps {
  onPick(emoji: string): void;
}

/** All emoji: by group, by name, lately used. The names come from the own server, in the language of the page. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
  const [skinTone, setSkinTone] = useState(tone);
  // What was used lately keeps its order while the tray is open: nothing moves under the pointer.
  const [used] = useState(recentEmoji);
  const custom = useEmojis();
  const recent = used.filter(one => !one.startsWith(':') || custom.has(one.slice(1, -1)));
  const [query, setQuery] = useState('');

  function pick(picked: Pick<Emoji, 'emoji'>) {
    // What shows as a picture anyway needs no sign for that, and is the same emoji for everybody without.
    const emoji = picked.emoji.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1');
    keepRecent(emoji);
    onPick(emoji);
  }

  return (
    <Picker.Root
      className={styles.picker}
      locale={locale().startsWith('zh') ? 'zh' : 'en'}
      emojibaseUrl={`${location.origin}/emoji`}
      skinTone={skinTone}
      columns={8}
      onEmojiSelect={pick}
    >
      <div className={styles.head}>
        <Picker.Search
          // Not of the composer's form around it: Enter would send what is written there.
          form=""
          className={styles.search}
          autoFocus={matchMedia('(pointer: fine)').matches}
          placeholder={t('emoji.search')}
          aria-label={t('emoji.search')}
          onChange={event => setQuery(event.target.value)}
        />
        <Picker.SkinTone>
          {({ skinToneVariations }) => (
            <button
              type="button"
              className={styles.tone}
              aria-label={t('emoji.tone')}
              title={t('emoji.tone')}
              onClick={() => {
                const place = skinToneVariations.findIndex(one => one.skinTone === skinTone);
                const next = skinToneVariations[(place + 1) % skinToneVariations.length];
                if (next) setSkinTone(setTone(next.skinTone));
              }}
            >
              {skinToneVariations.find(one => one.skinTone === skinTone)?.emoji ?? '✋'}
            </button>
          )}
        </Picker.SkinTone>
      </div>
      {query === '' && recent.length > 0 && (
        <div className={styles.recent} role="group" aria-label={t('emoji.recent')}>
          {recent.map(emoji => (
            <button key={emoji} type="button" className={styles.emoji} onClick={() => pick({ emoji })}>
              <Words text={emoji} />
            </button>
          ))}
        </div>
      )}
      <ServerEmoji query={query} onPick={emoji => pick({ emoji })} />
      <Picker.Viewport className={styles.viewport}>
        <Picker.Loading className={styles.note}>{t('app.loading')}</Picker.Loading>
        <Picker.Empty className={styles.note}>{t('emoji.none')}</Picker.Empty>
        <Picker.List components={COMPONENTS} />
      </Picker.Viewport>
    </Picker.Root>
  );
}
