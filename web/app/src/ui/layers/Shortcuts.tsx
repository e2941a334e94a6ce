import styles from './Shortcuts.module.css';

export interface ShortcutGroup {
  readonly title: string;
  readonly rows: readonly {
    readonly label: string;
    /** Each way to do it, as the names of the keys to hold. */
    readonly keys: readonly (readonly string[])[];
  }[];
}

/** What the keyboard does, group by group. */
export function Shortcuts({ groups }: { groups: readonly ShortcutGroup[] }) {
  return groups.map(({ title, rows }) => (
    <section key={title} className={styles.group}>
      <h3 className={styles.title}>{title}</h3>
      <dl className={styles.rows}>
        {rows.map(({ label, keys }) => (
          <div key={label} className={styles.row}>
            <dt>{label}</dt>
            <dd className={styles.ways}>
              {keys.map(way => (
                <span key={way.join()} className={styles.way}>
                  {way.map(key => (
                    <kbd key={key} className={styles.key}>
                      {key}
                    </kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}
