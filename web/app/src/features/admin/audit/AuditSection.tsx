import { auditPages, type AuditFilter, type wire } from '@parlance/sdk';
import { ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { navigate, t, useClient } from '../../../platform/index.ts';
import { EmptyState, type Column } from '../../../ui/index.ts';
import { instant, number } from '../parts/format.ts';
import { Listing } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { PersonLink } from '../parts/Person.tsx';
import { usePages } from '../parts/usePages.ts';
import type { SectionProps } from '../sections.ts';
import styles from './Audit.module.css';
import { Export } from './Export.tsx';
import { Filters } from './Filters.tsx';
import { Mark } from './Mark.tsx';

const COLUMNS = (): Column<wire.AuditRecord>[] => [
  { label: t('admin.act'), cell: row => <Act record={row} /> },
  { label: t('admin.actor'), wide: true, cell: row => <Actor record={row} /> },
  { label: t('admin.object'), wide: true, cell: row => <Thing id={row.object} /> },
  { label: t('admin.when'), end: true, wide: true, cell: row => instant(row.time_ms) },
  { label: t('admin.index'), end: true, cell: row => <span title={row.hash}>{number(row.index)}</span> },
];

/** Who did what to whom, newest first. `id` is what it was done to. */
export function AuditSection({ id }: SectionProps) {
  const { call } = useClient();
  const [chosen, setChosen] = useState<Omit<AuditFilter, 'object'>>({});
  const filter = useMemo<AuditFilter>(() => ({ ...chosen, ...(id && { object: id }) }), [chosen, id]);
  const pages = useMemo(() => auditPages(call, filter), [call, filter]);
  const state = usePages(pages);
  const newest = Object.keys(filter).length === 0 && state.page === 1 ? state.rows?.[0] : undefined;

  return (
    <>
      <Filters
        filter={filter}
        onFilter={setChosen}
        onObject={object =>
          navigate({ page: 'admin', section: 'audit', ...(object && { id: object }) }, { replace: true })
        }
      />
      <Listing
        label={t('admin.audit')}
        pages={pages}
        state={state}
        columns={COLUMNS()}
        idOf={row => row.index}
        empty={
          <EmptyState
            icon={<ScrollText size={32} />}
            title={t('admin.noRecords')}
            text={t('admin.noRecordsText')}
          />
        }
      />
      <div className={styles.foot}>
        {newest && <Mark record={newest} />}
        <Export filter={filter} />
      </div>
    </>
  );
}

function Act({ record }: { record: wire.AuditRecord }) {
  return (
    <span className={parts.personText}>
      <code className={styles.act}>{record.act}</code>
      {record.detail && (
        <span className={parts.note} dir="auto">
          {record.detail}
        </span>
      )}
      <span className={styles.narrow}>
        <Actor record={record} /> · {instant(record.time_ms)}
        {record.object && (
          <>
            {' · '}
            <Thing id={record.object} />
          </>
        )}
      </span>
    </span>
  );
}

function Actor({ record }: { record: wire.AuditRecord }) {
  if (record.actor) return <PersonLink id={record.actor} />;
  const known = record.by === 'operator' || record.by === 'server' || record.by === 'stranger';
  return known ? t(`admin.by.${record.by as 'operator' | 'server' | 'stranger'}`) : record.by;
}

/** What it was done to: a user by name, anything else as it is written. */
function Thing({ id }: { id: string }) {
  return /^u_[0-9a-z]{13}$/.test(id) ? <PersonLink id={id} /> : <span className={styles.thing}>{id}</span>;
}
