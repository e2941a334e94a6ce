import type { PageState, Pages } from '@parlance/sdk';
import { CloudOff } from 'lucide-react';
import type { AnchorHTMLAttributes, ReactNode } from 'react';
import { reasonOf, t } from '../../../platform/index.ts';
import { Button, EmptyState, Pager, Table, type Column } from '../../../ui/index.ts';
import styles from './parts.module.css';
import { Skeleton } from './Skeleton.tsx';

interface ListingProps<Row, Place> {
  label: string;
  pages: Pages<Row, Place>;
  state: PageState<Row>;
  columns: readonly Column<Row>[];
  idOf(row: Row): string | number;
  linkOf?(row: Row): AnchorHTMLAttributes<HTMLAnchorElement>;
  /** What to show in place of a table without rows. */
  empty: ReactNode;
}

/** A page of a long list: the table, the way to the pages beside it, and what to say if there is none. */
export function Listing<Row, Place>(props: ListingProps<Row, Place>) {
  const { label, pages, state, columns, idOf, linkOf, empty } = props;
  if (state.rows === undefined) {
    return state.error ? <Failed error={state.error} onRetry={() => void pages.reload()} /> : <Skeleton />;
  }
  return (
    <div className={styles.listing}>
      {state.error !== undefined && (
        <p className={styles.error} role="alert">
          {reasonOf(state.error)}
        </p>
      )}
      {state.rows.length > 0 ? (
        <Table
          label={label}
          columns={columns}
          rows={state.rows}
          idOf={idOf}
          busy={state.loading}
          {...(linkOf && { linkOf })}
        />
      ) : (
        empty
      )}
      <Pager
        label={t('admin.page', { page: state.page })}
        previousLabel={t('admin.previous')}
        nextLabel={t('admin.next')}
        page={state.page}
        more={state.more}
        busy={state.loading}
        onPrevious={() => void pages.previous()}
        onNext={() => void pages.next()}
      />
    </div>
  );
}

/** Nothing could be read: why, and another try. */
export function Failed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  return (
    <EmptyState icon={<CloudOff size={32} />} title={t('admin.failed')} text={reasonOf(error)}>
      <Button look="primary" onClick={onRetry}>
        {t('app.retry')}
      </Button>
    </EmptyState>
  );
}
