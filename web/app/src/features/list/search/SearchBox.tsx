import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { t } from '../../../platform/index.ts';
import styles from './SearchBox.module.css';

/** Where one looks for chats, people and messages. An arrow leads down to what was found, Escape empties it. */
export function SearchBox({ value, onChange }: { value: string; onChange(value: string): void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.box} role="search">
      <Search size={16} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        value={value}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        autoComplete="off"
        spellCheck={false}
        onChange={event => onChange(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape' && value) {
            event.preventDefault();
            onChange('');
          }
          if (event.key !== 'ArrowDown') return;
          const below = input.current
            ?.closest('nav')
            ?.querySelector<HTMLElement>('[data-panel] :is(a, button)');
          if (!below) return;
          event.preventDefault();
          below.focus();
        }}
      />
      {value && (
        <button
          type="button"
          aria-label={t('list.clearSearch')}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <X size={16} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
