import { Pencil, Reply, X } from 'lucide-react';
import { t, useNameOf } from '../../../platform/index.ts';
import { IconButton } from '../../../ui/index.ts';
import { Words } from '../emoji/Words.tsx';
import { lineOf, type Subject } from '../subject.ts';
import styles from './Composer.module.css';

/** What the message is about, above the text. */
export function SubjectBar({ subject, onClose }: { subject: Subject; onClose(): void }) {
  const nameOf = useNameOf();
  const editing = subject.kind === 'edit';
  return (
    <div className={styles.subject}>
      {editing ? <Pencil size={18} aria-hidden="true" /> : <Reply size={18} aria-hidden="true" />}
      <span className={styles.about}>
        <span className={styles.name}>
          {editing ? t('chat.editing') : t('chat.replyTo', { name: nameOf(subject.entry.sender) })}
        </span>
        <span className={styles.quoted} dir="auto">
          <Words text={lineOf(subject.entry, nameOf) ?? ''} />
        </span>
      </span>
      <IconButton label={t('app.cancel')} onClick={onClose}>
        <X size={18} />
      </IconButton>
    </div>
  );
}
