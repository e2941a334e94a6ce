import { t } from '../../../platform/index.ts';
import styles from './MessageList.module.css';

interface IntroProps {
  group: boolean;
  name: string;
  empty: boolean;
}

/** The beginning of a conversation. */
export function Intro({ group, name, empty }: IntroProps) {
  const hello = empty && !group;
  return <p className={styles.intro}>{hello ? t('chat.sayHello', { name }) : t('chat.begins')}</p>;
}
