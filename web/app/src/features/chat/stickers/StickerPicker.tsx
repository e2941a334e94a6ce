import { stickerOf, stillThere, type SentSticker } from '@parlance/sdk';
import { CloudOff, Sticker } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { linkTo, t, useClient, useEmojiWords, useReadable } from '../../../platform/index.ts';
import { EmptyState, Spinner } from '../../../ui/index.ts';
import { findStickers } from './find.ts';
import { PackSection } from './PackSection.tsx';
import { PackStrip, RECENT } from './PackStrip.tsx';
import { StickerGrid } from './StickerGrid.tsx';
import styles from './StickerPicker.module.css';

interface StickerPickerProps {
  /** One press sends. */
  onPick(sticker: SentSticker): void;
}

/** All stickers of the server, by pack: lately used first, searched by the emoji they stand for. */
export function StickerPicker({ onPick }: StickerPickerProps) {
  const { stickers } = useClient().expressions;
  useEffect(() => stickers.watch(), [stickers]);
  const { value, error } = useReadable(stickers.packs.state);
  const [query, setQuery] = useState('');
  const words = useEmojiWords(query !== '');
  const packs = useMemo(() => value?.filter(pack => pack.stickers.length > 0) ?? [], [value]);
  const used = useReadable(stickers.recent);
  const recent = useMemo(() => stillThere(used, packs), [used, packs]);
  const found = useMemo(
    () => (query.trim() ? findStickers(packs, query, words) : undefined),
    [packs, query, words],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();

  function scrolled() {
    const element = scroller.current;
    if (!element) return;
    const sections = [...element.querySelectorAll<HTMLElement>('[data-pack]')];
    const at = sections.findLast(({ offsetTop }) => offsetTop <= element.scrollTop + 40);
    setCurrent((at ?? sections[0])?.dataset['pack']);
  }

  if (packs.length === 0) return <Nothing loading={!value && !error} failed={!value} />;
  return (
    <div className={styles.picker}>
      <input
        type="search"
        // Not of the composer's form around it: Enter would send what is written there.
        form=""
        className={styles.search}
        value={query}
        autoFocus={matchMedia('(pointer: fine)').matches}
        placeholder={t('sticker.search')}
        aria-label={t('sticker.search')}
        dir="auto"
        onChange={event => setQuery(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          scroller.current?.querySelector<HTMLElement>('[data-choice]')?.focus();
        }}
      />
      <div ref={scroller} className={styles.scroller} onScroll={scrolled} data-choices>
        {found ? (
          <>
            <p className="visually-hidden" role="status">
              {t('sticker.count', { n: found.length })}
            </p>
            {found.length === 0 && <p className={styles.note}>{t('sticker.noneFound')}</p>}
            <StickerGrid label={t('sticker.stickers')} stickers={found} onPick={onPick} />
          </>
        ) : (
          <>
            {recent.length > 0 && (
              <PackSection
                id={RECENT}
                name={t('sticker.recent')}
                stickers={recent}
                within={scroller}
                onPick={onPick}
              />
            )}
            {packs.map(pack => (
              <PackSection
                key={pack.pack_id}
                id={pack.pack_id}
                name={pack.name}
                stickers={pack.stickers.map(sticker => stickerOf(pack, sticker))}
                within={scroller}
                onPick={onPick}
              />
            ))}
          </>
        )}
      </div>
      {!found && (
        <PackStrip
          packs={packs}
          recent={recent.length > 0}
          current={current ?? (recent.length > 0 ? RECENT : packs[0]?.pack_id)}
          onChoose={id => {
            const section = scroller.current?.querySelector<HTMLElement>(`[data-pack="${id}"]`);
            if (section) scroller.current?.scrollTo({ top: section.offsetTop });
          }}
        />
      )}
    </div>
  );
}

/** There are none, or not yet. */
function Nothing({ loading, failed }: { loading: boolean; failed: boolean }) {
  const administers = useReadable(useClient().me, me => me.admin);
  if (loading) {
    return (
      <div className={styles.empty}>
        <Spinner label={t('app.loading')} />
      </div>
    );
  }
  const text = failed ? 'sticker.notLoaded' : administers ? 'sticker.noneAdmin' : 'sticker.noneText';
  return (
    <div className={styles.empty}>
      <EmptyState
        icon={failed ? <CloudOff size={32} /> : <Sticker size={32} />}
        title={t(failed ? 'sticker.stickers' : 'sticker.none')}
        text={t(text)}
      >
        {!failed && administers && (
          <a {...linkTo({ page: 'admin', section: 'stickers' })} className={styles.link}>
            {t('sticker.toAdmin')}
          </a>
        )}
      </EmptyState>
    </div>
  );
}
