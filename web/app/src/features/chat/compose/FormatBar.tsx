import { Bold, Code, EyeOff, Italic, Link2, Quote, Strikethrough, type LucideIcon } from 'lucide-react';
import { t, type TextKey } from '../../../platform/index.ts';
import styles from './Composer.module.css';
import type { Mark } from './writing/marks.ts';

const MARKS: readonly (readonly [Mark, LucideIcon, TextKey])[] = [
  ['bold', Bold, 'compose.bold'],
  ['italic', Italic, 'compose.italic'],
  ['strike', Strikethrough, 'compose.strike'],
  ['code', Code, 'compose.code'],
  ['spoiler', EyeOff, 'compose.spoiler'],
  ['quote', Quote, 'compose.quote'],
  ['link', Link2, 'compose.link'],
];

/** What can be done with the selected text. It never takes the focus, which would end the selection. */
export function FormatBar({ onMark }: { onMark(mark: Mark): void }) {
  return (
    <div className={styles.format} role="toolbar" aria-label={t('compose.format')}>
      {MARKS.map(([mark, Icon, label]) => (
        <button
          key={mark}
          type="button"
          tabIndex={-1}
          className={styles.mark}
          aria-label={t(label)}
          title={t(label)}
          onPointerDown={event => event.preventDefault()}
          onClick={() => onMark(mark)}
        >
          <Icon size={17} />
        </button>
      ))}
    </div>
  );
}
