import type { RunningSettings, wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useRequest } from '../../../platform/index.ts';
import { Button, Choices, Switch } from '../../../ui/index.ts';
import { NUMBERS, UNTOUCHED, changeOf, type Draft } from './fields.ts';
import { NumberField } from './NumberField.tsx';
import { Reset } from './Reset.tsx';
import styles from './Settings.module.css';

const MODES: readonly wire.RegistrationMode[] = ['open', 'invite', 'closed'];

interface SettingsFormProps {
  settings: RunningSettings;
  now: wire.ServerSettings;
}

/** All settings at once: what was not touched follows the server, what was touched waits to be saved. */
export function SettingsForm({ settings, now }: SettingsFormProps) {
  const [draft, setDraft] = useState<Draft>(UNTOUCHED);
  const { busy, error, run } = useRequest();
  const change = changeOf(draft, now);
  const waiting = change === undefined || Object.keys(change).length > 0;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (change) void run(() => settings.change(change)).then(done => done && setDraft(UNTOUCHED));
  }

  const reset = (name: string, label: string) => (
    <Reset
      label={label}
      changed={now.changed.includes(name)}
      run={() => settings.change({ reset: [name] })}
    />
  );
  return (
    <form className={styles.sections} onSubmit={submit} aria-label={t('admin.settings')}>
      <section className={styles.card}>
        <Choices
          label={t('admin.set.registration')}
          value={draft.registration ?? now.registration}
          choices={MODES.map(mode => ({
            value: mode,
            label: t(`admin.mode.${mode}`),
            hint: t(`admin.modeHint.${mode}`),
          }))}
          onChange={registration => setDraft({ ...draft, registration })}
        />
        {reset('registration', t('admin.set.registration'))}
        <div className={styles.row}>
          <Switch
            label={t('admin.set.members_invite')}
            hint={t('admin.hint.members_invite')}
            checked={draft.members_invite ?? now.members_invite}
            onChange={members_invite => setDraft({ ...draft, members_invite })}
          />
        </div>
        {reset('members_invite', t('admin.set.members_invite'))}
      </section>
      <section className={styles.card} aria-label={t('admin.limits')}>
        <h2 className={styles.heading}>{t('admin.limits')}</h2>
        <div className={styles.numbers}>
          {NUMBERS.map(([name, least, most]) => (
            <div key={name} className={styles.number}>
              <NumberField
                name={name}
                least={least}
                most={most}
                now={now[name]}
                typed={draft.numbers[name]}
                onChange={typed => setDraft({ ...draft, numbers: { ...draft.numbers, [name]: typed } })}
              />
              {reset(name, t(`admin.set.${name}`))}
            </div>
          ))}
        </div>
      </section>
      {waiting && (
        <div className={styles.bar}>
          <p role="status">{error ?? t('admin.unsaved')}</p>
          <Button onClick={() => setDraft(UNTOUCHED)}>{t('admin.discard')}</Button>
          <Button type="submit" look="primary" busy={busy} disabled={!change}>
            {t('app.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
