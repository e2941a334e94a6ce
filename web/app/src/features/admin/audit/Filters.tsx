import type { AuditFilter } from '@parlance/sdk';
import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { t, useClient, useNameOf, useRequest } from '../../../platform/index.ts';
import { Button, Field, Select } from '../../../ui/index.ts';
import { ACTS } from './acts.ts';
import styles from './Audit.module.css';
import { findId } from './findId.ts';

interface FiltersProps {
  filter: AuditFilter;
  onFilter(filter: Omit<AuditFilter, 'object'>): void;
  onObject(object: string | undefined): void;
}

const DAY_MS = 86_400_000;

/** By what the audit log is looked through. */
export function Filters({ filter, onFilter, onObject }: FiltersProps) {
  const client = useClient();
  const nameOf = useNameOf();
  const { busy, error, run } = useRequest();
  const [actor, setActor] = useState('');
  const [object, setObject] = useState('');
  const { object: _, ...chosen } = filter;

  function change(next: Omit<AuditFilter, 'object'>) {
    onFilter(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(async () => {
      if (actor.trim()) change({ ...chosen, actor: await findId(client, actor) });
      if (object.trim()) onObject(await findId(client, object));
      setActor('');
      setObject('');
    });
  }

  /** The start of a day of the calendar that people here use. */
  function startOf(day: string, later = 0): number | undefined {
    return day === '' ? undefined : new Date(`${day}T00:00`).getTime() + later;
  }

  const named = (id: string) => (id.startsWith('u_') ? nameOf(id) : id);
  return (
    <form className={styles.filters} onSubmit={submit} aria-label={t('admin.filter')}>
      <div className={styles.fields}>
        <Select
          label={t('admin.act')}
          value={filter.act ?? ''}
          choices={[
            { value: '', label: t('admin.allActs') },
            ...ACTS.map(act => ({ value: act, label: act })),
          ]}
          onChange={act => change({ ...chosen, act: act || undefined } as AuditFilter)}
        />
        <Field
          label={t('admin.actor')}
          placeholder={t('admin.whoHint')}
          value={actor}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={error}
          onChange={event => setActor(event.target.value)}
        />
        <Field
          label={t('admin.object')}
          placeholder={t('admin.whatHint')}
          value={object}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={event => setObject(event.target.value)}
        />
        <Field
          label={t('admin.from')}
          type="date"
          onChange={event => change({ ...chosen, fromMs: startOf(event.target.value) } as AuditFilter)}
        />
        <Field
          label={t('admin.to')}
          type="date"
          onChange={event => change({ ...chosen, toMs: startOf(event.target.value, DAY_MS) } as AuditFilter)}
        />
        <Button type="submit" busy={busy} disabled={!actor.trim() && !object.trim()}>
          {t('admin.filter')}
        </Button>
      </div>
      {(filter.actor || filter.object) && (
        <ul className={styles.chosen}>
          {filter.actor && (
            <Chosen
              label={t('admin.byWhom', { name: named(filter.actor) })}
              onRemove={() => change({ ...chosen, actor: undefined } as unknown as AuditFilter)}
            />
          )}
          {filter.object && (
            <Chosen
              label={t('admin.toWhat', { name: named(filter.object) })}
              onRemove={() => onObject(undefined)}
            />
          )}
        </ul>
      )}
    </form>
  );
}

function Chosen({ label, onRemove }: { label: string; onRemove(): void }) {
  return (
    <li>
      <button
        type="button"
        className={styles.chip}
        aria-label={t('admin.removeFilter', { name: label })}
        onClick={onRemove}
      >
        <bdi>{label}</bdi>
        <X size={14} aria-hidden="true" />
      </button>
    </li>
  );
}
