import { ArrowDown, File } from 'lucide-react';
import styles from './FileLine.module.css';

/** An ending of a name that says what is in the file. */
const ENDING = /\.([A-Za-z0-9]{1,4})$/;

interface FileLineProps {
  name: string;
  /** Its size, and whatever else there is to say. */
  about: string;
  /** Where it is read, for a browser to save it. */
  href: string;
  /** What a press does. */
  title: string;
}

/** A file: a press saves it. */
export function FileLine({ name, about, href, title }: FileLineProps) {
  const ending = ENDING.exec(name)?.[1];
  return (
    <a className={styles.file} href={href} download={name} title={title}>
      <span className={styles.type} aria-hidden="true">
        {ending ?? <File size={22} />}
        <span className={styles.save}>
          <ArrowDown size={22} />
        </span>
      </span>
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <span className={styles.sub}>{about}</span>
      </span>
    </a>
  );
}
