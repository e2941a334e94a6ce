import type { RunningSettings, wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useRequest } from '../../../platform/index.ts';
import { Button, Choices, Switch } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import { keepName } from './keep.ts';
import { NUMBERS, UNTOUCHED, changeOf, erasing, type Draft, type KeepSetting } from './fields.ts';
import { KeepFields } from './KeepFields.tsx';
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
  const [asking, setAsking] = useState(false);
  const [resetting, setResetting] = useState<KeepSetting>();
  const { busy, error, run } = useRequest();
  const change = changeOf(draft, now);
  const waiting = change === undefined || Object.keys(change).length > 0;

  const erases = change ? erasing(change, now) : [];

  async function save() {
    if (change) await settings.change(change);
    setDraft(UNTOUCHED);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (erases.length > 0) setAsking(true);
    else void run(save);
  }

  const reset = (name: string, label: string) => (
    <Reset
      label={label}
      changed={now.changed.includes(name)}
      run={() => settings.change({ reset: [name] })}
    />
  );
  return (
    <>
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
          <div className={styles.row}>
            <Switch
              label={t('admin.set.link_previews')}
              hint={t('admin.hint.link_previews')}
              checked={draft.link_previews ?? now.link_previews}
              onChange={link_previews => setDraft({ ...draft, link_previews })}
            />
          </div>
          {reset('link_previews', t('admin.set.link_previews'))}
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
        <KeepFields now={now} draft={draft} onChange={setDraft} onReset={setResetting} />
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
      {resetting && (
        <Ask
          title={t('admin.resetTitle', { name: t(`admin.set.${resetting}`) })}
          text={t('admin.resetKeepText')}
          action={t('admin.reset')}
          run={() => settings.change({ reset: [resetting] })}
          onClose={() => setResetting(undefined)}
        />
      )}
      {asking && change && (
        <Ask
          title={t('admin.eraseTitle')}
          text={erases
            .map(name =>
              t('admin.eraseText', { name: t(`admin.set.${name}`), time: keepName(change[name] ?? 0) }),
            )
            .join('\n')}
          action={t('admin.erase')}
          run={save}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
