import { Plus, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { peerOf, type wire } from '@parlance/sdk';
import { t, useClient, useMe, useWatched } from '../../../platform/index.ts';
import { Button, Field, IconButton, Select, Sheet, Switch } from '../../../ui/index.ts';
import styles from './Attach.module.css';
import type { AttachProps } from './AttachButton.tsx';

const OPTIONS_MAX = 12;
const HOUR_MS = 3_600_000;
const ENDS = { never: 0, hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS };

/** Makes a poll. */
export function PollSheet({ conversationId, onClose, onSend }: AttachProps & { conversationId: string }) {
  const client = useClient();
  const direct = peerOf(conversationId, useMe().user_id) !== undefined;
  const { value } = useWatched(direct ? undefined : client.groups.get(conversationId).settings);
  // Where members do not see each other, they do not see each other's votes either.
  const hidden = value?.settings.members_hidden ?? false;
  const [question, setQuestion] = useState('');
  const [options, setOptions] = useState(['', '']);
  const [multiple, setMultiple] = useState(false);
  const [chosenAnonymous, setAnonymous] = useState(false);
  const [ends, setEnds] = useState<keyof typeof ENDS>('never');
  const anonymous = hidden || chosenAnonymous;
  const given = options.map(option => option.trim()).filter(Boolean);
  const twice = new Set(given).size < given.length;
  const ready = question.trim() !== '' && given.length >= 2 && !twice;

  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (!ready) return;
    const poll: wire.Content = {
      kind: 'poll',
      question: question.trim(),
      options: given,
      ...(multiple && { multiple }),
      ...(anonymous && { anonymous }),
      ...(ends !== 'never' && { closes_ms: client.clock.now() + ENDS[ends] }),
    };
    onSend(poll);
  }

  function write(at: number, text: string) {
    const next = options.with(at, text);
    // There is always room for one more.
    if (at === next.length - 1 && text !== '' && next.length < OPTIONS_MAX) next.push('');
    setOptions(next);
  }

  return (
    <Sheet title={t('attach.newPoll')} closeLabel={t('app.close')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <Field
          label={t('attach.question')}
          value={question}
          maxLength={300}
          autoFocus
          dir="auto"
          onChange={event => setQuestion(event.target.value)}
        />
        <fieldset className={styles.options}>
          <legend className={styles.legend}>{t('attach.answers')}</legend>
          {options.map((option, at) => (
            <span key={at} className={styles.option}>
              <input
                className={styles.input}
                value={option}
                maxLength={100}
                dir="auto"
                placeholder={t('attach.answer', { n: at + 1 })}
                aria-label={t('attach.answer', { n: at + 1 })}
                onChange={event => write(at, event.target.value)}
              />
              {options.length > 2 && (
                <IconButton
                  label={t('attach.removeAnswer', { n: at + 1 })}
                  onClick={() => setOptions(options.toSpliced(at, 1))}
                >
                  <X size={18} />
                </IconButton>
              )}
            </span>
          ))}
          {options.length < OPTIONS_MAX && (
            <button type="button" className={styles.add} onClick={() => setOptions([...options, ''])}>
              <Plus size={16} /> {t('attach.addAnswer')}
            </button>
          )}
          {twice && (
            <p className={styles.error} role="alert">
              {t('attach.twice')}
            </p>
          )}
        </fieldset>
        <Switch label={t('attach.multiple')} checked={multiple} onChange={setMultiple} />
        <Switch
          label={t('attach.anonymous')}
          hint={t(hidden ? 'attach.anonymousMust' : 'attach.anonymousHint')}
          checked={anonymous}
          disabled={hidden}
          onChange={setAnonymous}
        />
        <Select<keyof typeof ENDS>
          label={t('attach.ends')}
          value={ends}
          choices={[
            { value: 'never', label: t('attach.endsNever') },
            { value: 'hour', label: t('attach.endsHour') },
            { value: 'day', label: t('attach.endsDay') },
            { value: 'week', label: t('attach.endsWeek') },
          ]}
          onChange={setEnds}
        />
        <Button type="submit" look="primary" wide disabled={!ready}>
          {t('chat.send')}
        </Button>
      </form>
    </Sheet>
  );
}
