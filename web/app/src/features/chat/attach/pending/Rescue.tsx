import type { OutgoingFile } from '@parlance/sdk';
import { useRef, useState } from 'react';
import { t, useClient } from '../../../../platform/index.ts';
import styles from '../../timeline/menu/Unsettled.module.css';

interface RescueProps {
  message: string;
  files: readonly OutgoingFile[];
  /** Why it was refused. */
  code: string | undefined;
}

/** What can be done about files that did not get through: choose them again, or send them as they are. */
export function Rescue({ message, files, code }: RescueProps) {
  if (code === 'file_missing') return <ChooseAgain message={message} files={files} />;
  const shown = files.some(({ kind }) => kind !== 'file');
  return code === 'invalid_input' && shown ? <AsFiles message={message} files={files} /> : null;
}

function ChooseAgain({ message, files }: Omit<RescueProps, 'code'>) {
  const { outbox, uploads } = useClient();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string>();

  async function choose(list: readonly File[]) {
    const missing: OutgoingFile[] = [];
    for (const file of files) {
      const bytes = list.find(({ name, size }) => name === file.name && size === file.size);
      if (bytes) await uploads.restore(file, bytes);
      else if (!(await uploads.bytes(file.id))) missing.push(file);
    }
    setWrong(missing[0]?.name);
    if (missing.length === 0) await outbox.retry(message);
  }

  return (
    <>
      {wrong !== undefined && <span>{t('files.notThat', { name: wrong })}</span>}
      <button type="button" className={styles.action} onClick={() => input.current?.click()}>
        {t('files.choose')}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={event => void choose([...(event.target.files ?? [])])}
      />
    </>
  );
}

function AsFiles({ message, files }: Omit<RescueProps, 'code'>) {
  const { outbox, uploads } = useClient();

  async function send() {
    const plain: OutgoingFile[] = [];
    for (const file of files) {
      const bytes = await uploads.bytes(file.id);
      if (bytes) plain.push(uploads.take(bytes, { kind: 'file', name: file.name }));
    }
    if (plain.length === files.length) await outbox.retry(message, plain);
  }

  return (
    <button type="button" className={styles.action} onClick={() => void send()}>
      {t('files.asFile')}
    </button>
  );
}
