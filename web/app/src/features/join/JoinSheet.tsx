import { useState, type FormEvent } from 'react';
import { navigate, t } from '../../platform/index.ts';
import { Button, Field, Sheet } from '../../ui/index.ts';
import { Invitation } from './Invitation.tsx';
import styles from './Join.module.css';
import { OwnRequests } from './OwnRequests.tsx';

interface JoinSheetProps {
  /** The code of the link that was opened; without one it is asked for. */
  code: string | undefined;
  onClose(): void;
}

/** Coming into a group by a link, and what has become of one's own requests. */
export function JoinSheet({ code, onClose }: JoinSheetProps) {
  return (
    <Sheet title={t('joining.join')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={styles.parts}>
        {code ? <Invitation key={code} code={code} /> : <LinkForm />}
        <OwnRequests />
      </div>
    </Sheet>
  );
}

/** What of a pasted text is a code: all of it, or what follows the “#” or the last “/” of an address. */
const CODE = /(?:^|[#/])([A-Za-z0-9_-]{8,64})\s*$/;

function LinkForm() {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const code = CODE.exec(text.trim())?.[1];
    setWrong(!code);
    if (code) navigate({ page: 'join', code }, { replace: true });
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={t('joining.paste')}
        value={text}
        error={wrong ? t('joining.pasteWrong') : undefined}
        autoCapitalize="none"
        autoComplete="off"
        autoFocus
        spellCheck={false}
        onChange={event => setText(event.target.value)}
      />
      <Button type="submit" look="primary" wide disabled={text.trim() === ''}>
        {t('joining.go')}
      </Button>
    </form>
  );
}
