import type { ReactNode } from 'react';
import { t, useRequest } from '../../../platform/index.ts';
import { Confirm } from '../../../ui/index.ts';

interface AskProps {
  /** Names what it hits. */
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  children?: ReactNode;
  /** Does it; if that fails, the question stays with the reason. */
  run(): Promise<unknown>;
  onClose(): void;
}

/** Asks, does it, and tells why not. */
export function Ask({ title, text, action, danger = true, children, run, onClose }: AskProps) {
  const request = useRequest();
  return (
    <Confirm
      title={title}
      text={text}
      action={action}
      cancelLabel={t('app.cancel')}
      danger={danger}
      busy={request.busy}
      error={request.error}
      onConfirm={() => void request.run(run).then(done => done && onClose())}
      onClose={onClose}
    >
      {children}
    </Confirm>
  );
}
