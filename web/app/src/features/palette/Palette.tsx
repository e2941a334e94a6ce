import { CornerDownLeft, Search } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t, type TextKey } from '../../platform/index.ts';
import type { Find } from './finds.ts';
import { FindRow } from './FindRow.tsx';
import styles from './Palette.module.css';
import { useFinds } from './useFinds.ts';

const HEADINGS: Record<Find['kind'], TextKey> = {
  chat: 'palette.chats',
  person: 'palette.people',
  message: 'palette.messages',
  command: 'palette.commands',
};

/** Jumps to a chat, a person or a message, or does a command: by a few letters of its name. */
export function Palette({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const finds = useFinds(typed);
  const place = Math.min(chosen, finds.length - 1);

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  useEffect(() => {
    dialog.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [place, finds]);

  function act(find: Find | undefined) {
    if (!find) return;
    // First out of the way: what is done may open something of its own.
    dialog.current?.close();
    onClose();
    find.act();
  }

  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') act(finds[place]);
    else if (step) setChosen((place + step + finds.length) % finds.length);
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={t('palette.title')}
      onCancel={event => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={event => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.frame}>
        <label className={styles.field}>
          <Search size={20} aria-hidden="true" />
          <input
            type="text"
            role="combobox"
            aria-expanded="true"
            aria-controls={id}
            aria-activedescendant={finds.length > 0 ? `${id}-${place}` : undefined}
            aria-label={t('palette.title')}
            placeholder={t('palette.hint')}
            dir="auto"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onKeyDown={pressed}
            onChange={event => {
              setTyped(event.target.value);
              setChosen(0);
            }}
          />
          <CornerDownLeft className={styles.enter} size={16} aria-hidden="true" />
        </label>
        <div id={id} className={styles.finds} role="listbox" aria-label={t('palette.title')} tabIndex={-1}>
          {finds.map((find, index) => (
            <FindRow
              key={find.key}
              id={`${id}-${index}`}
              find={find}
              heading={find.kind === finds[index - 1]?.kind ? undefined : t(HEADINGS[find.kind])}
              selected={index === place}
              onPick={() => act(find)}
            />
          ))}
        </div>
        {finds.length === 0 && <p className={styles.none}>{t('palette.none', { text: typed.trim() })}</p>}
        <p className="visually-hidden" role="status">
          {t('palette.found', { n: finds.length })}
        </p>
      </div>
    </dialog>
  );
}
