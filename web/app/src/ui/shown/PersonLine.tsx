import type { ReactNode } from 'react';
import { Avatar } from './Avatar.tsx';
import styles from './PersonLine.module.css';

interface PersonLineProps {
  id: string;
  name: string;
  /** The second line. */
  text?: string | undefined;
  group?: boolean;
  /** Whether a dot says that they are there. */
  online?: boolean;
  /** What stands at the end. */
  children?: ReactNode;
}

/** Somebody in a list: picture, name, a line below. */
export function PersonLine({ id, name, text, group = false, online = false, children }: PersonLineProps) {
  return (
    <span className={styles.line}>
      <Avatar id={id} name={name} group={group} online={online} size={42} />
      <span className={styles.text}>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        {text && (
          <span className={styles.sub} dir="auto">
            {text}
          </span>
        )}
      </span>
      {children}
    </span>
  );
}
