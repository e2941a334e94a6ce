import type { wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useClient, useNameOf } from '../../../platform/index.ts';
import { Button, Choices, TextArea } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import parts from '../parts/parts.module.css';

const ACTIONS: readonly wire.ReportAction[] = ['dismissed', 'warned', 'removed', 'disabled', 'other'];
const NOTE_MAX = 1_000;

interface ResolveProps {
  report: wire.Report;
  onResolved(details: wire.ReportDetails): void;
}

/** Closes a report with what was done. Who chooses to disable the sender does so with it. */
export function Resolve({ report, onResolved }: ResolveProps) {
  const { call } = useClient();
  const name = useNameOf()(report.sender);
  const [action, setAction] = useState<wire.ReportAction>('dismissed');
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState(false);

  async function run() {
    // In this order: a report that says “disabled” must not close before it is true.
    if (action === 'disabled') {
      await call('admin.disable_user', {
        user_id: report.sender,
        reason: t('admin.disabledFor', { id: report.report_id }),
      });
    }
    const words = note.trim();
    onResolved(
      await call('report.resolve', { report_id: report.report_id, action, ...(words && { note: words }) }),
    );
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsking(true);
  }

  return (
    <>
      <form onSubmit={submit} aria-label={t('admin.resolve')}>
        <Choices<wire.ReportAction>
          label={t('admin.action')}
          value={action}
          choices={ACTIONS.map(value => ({
            value,
            label: t(`admin.action.${value}`),
            hint: t(`admin.actionHint.${value}`, { name }),
          }))}
          onChange={setAction}
        />
        <TextArea
          label={t('admin.note')}
          hint={t('admin.noteHint')}
          rows={2}
          maxLength={NOTE_MAX}
          value={note}
          onChange={event => setNote(event.target.value)}
        />
        <div className={parts.buttons}>
          <Button type="submit" look={action === 'disabled' ? 'danger' : 'primary'}>
            {t(action === 'disabled' ? 'admin.disableAndResolve' : 'admin.resolve')}
          </Button>
        </div>
      </form>
      {asking && (
        <Ask
          title={
            action === 'disabled' ? t('admin.disableTitle', { name }) : t('admin.resolveTitle', { name })
          }
          text={action === 'disabled' ? t('admin.disableAndResolveText') : t('admin.resolveText')}
          action={t(action === 'disabled' ? 'admin.disable' : 'admin.resolve')}
          danger={action === 'disabled'}
          run={run}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
