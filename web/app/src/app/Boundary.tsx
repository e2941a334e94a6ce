import { Component, type ReactNode } from 'react';
import { TriangleAlert } from 'lucide-react';
import { t } from '../platform/index.ts';
import { Button, EmptyState } from '../ui/index.ts';
import styles from './App.module.css';

/**
 * What cannot be drawn, or loaded when it was asked for, leaves a way on instead of an empty page. What was written and not
 * sent is kept in the local database.
 */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={styles.center}>
        <EmptyState icon={<TriangleAlert size={32} />} title={t('app.failed')} text={t('app.failedText')}>
          <Button look="primary" onClick={() => location.reload()}>
            {t('app.again')}
          </Button>
        </EmptyState>
      </main>
    );
  }
}
