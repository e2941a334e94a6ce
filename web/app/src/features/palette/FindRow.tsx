import { ChevronRight } from 'lucide-react';
import { keyNames } from '../../platform/index.ts';
import { Avatar, classes, Words } from '../../ui/index.ts';
import type { Find } from './finds.ts';
import styles from './Palette.module.css';

interface FindRowProps {
  id: string;
  find: Find;
  /** The name of its kind, above the first of them. */
  heading: string | undefined;
  selected: boolean;
  onPick(): void;
}

/** One result. The field keeps the focus; the row is only pointed at. */
export function FindRow({ id, find, heading, selected, onPick }: FindRowProps) {
  const { label, note, avatarId, group, keys } = find;
  return (
    <>
      {heading && (
        <p className={styles.heading} role="presentation">
          {heading}
        </p>
      )}
      <button
        type="button"
        id={id}
        role="option"
        aria-selected={selected}
        tabIndex={-1}
        className={classes(styles.find, selected && styles.selected)}
        onPointerDown={event => event.preventDefault()}
        onClick={onPick}
      >
        {avatarId ? (
          <Avatar
            id={avatarId}
            name={find.kind === 'message' ? (note ?? '') : label}
            group={group ?? false}
            size={32}
          />
        ) : (
          <span className={styles.sign} aria-hidden="true">
            <ChevronRight size={16} />
          </span>
        )}
        <span className={styles.text}>
          <span className={styles.label} dir="auto">
            {find.kind === 'message' ? <Words text={label} still /> : label}
          </span>
          {note && (
            <span className={styles.note} dir="auto">
              {note}
            </span>
          )}
        </span>
        {keys && (
          <span className={styles.keys}>
            {keyNames(keys).map(key => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        )}
      </button>
    </>
  );
}
