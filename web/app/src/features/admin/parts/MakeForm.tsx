import type { FormEvent, ReactNode } from 'react';
import { t } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import parts from './parts.module.css';

interface MakeFormProps {
  label: string;
  busy: boolean;
  children: ReactNode;
  onSubmit(event: FormEvent<HTMLFormElement>): void;
  onCancel(): void;
}

/** What is asked before something new is made. */
export function MakeForm({ label, busy, children, onSubmit, onCancel }: MakeFormProps) {
  return (
    <div className={parts.stack}>
      <form onSubmit={onSubmit} aria-label={label}>
        {children}
        <div className={parts.buttons}>
          <Button onClick={onCancel}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary" busy={busy}>
            {t('admin.create')}
          </Button>
        </div>
      </form>
    </div>
  );
}
