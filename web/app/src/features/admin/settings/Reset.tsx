import { RotateCcw } from 'lucide-react';
import { t, useRequest } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import parts from '../parts/parts.module.css';
import styles from './Settings.module.css';

interface ResetProps {
  label: string;
  /** Whether it was changed here and not in the settings file. */
  changed: boolean;
  run(): Promise<unknown>;
}

/** That a setting was changed here, and the way back to the settings file; nothing if it was not. */
export function Reset({ label, changed, run }: ResetProps) {
  const request = useRequest();
  if (!changed) return null;
  return (
    <div className={styles.reset}>
      <p className={parts.note}>{request.error ?? t('admin.changedHere')}</p>
      <Button
        busy={request.busy}
        aria-label={t('admin.resetOf', { name: label })}
        onClick={() => void request.run(run)}
      >
        <RotateCcw size={16} aria-hidden="true" />
        {t('admin.reset')}
      </Button>
    </div>
  );
}
