import { reportPages, type wire } from '@parlance/sdk';
import { Flag } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { goBack, linkTo, t, useClient } from '../../../platform/index.ts';
import { EmptyState, Select, type Column } from '../../../ui/index.ts';
import { moment } from '../parts/format.ts';
import { Listing } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { PersonLink } from '../parts/Person.tsx';
import { usePages } from '../parts/usePages.ts';
import type { SectionProps } from '../sections.ts';
import { ReportSheet } from './ReportSheet.tsx';

/** No event tells of a report: the queue is read again this often. */
const FRESH_MS = 10_000;

const COLUMNS = (): Column<wire.Report>[] => [
  { label: t('admin.report'), cell: row => <ReportName report={row} /> },
  { label: t('admin.sender'), cell: row => <PersonLink id={row.sender} /> },
  { label: t('admin.reporter'), wide: true, cell: row => <PersonLink id={row.reporter} /> },
  { label: t('admin.reportedAt'), wide: true, end: true, cell: row => moment(row.time_ms) },
];

/** What users have reported: who waits longest comes first. */
export function ReportsSection({ id }: SectionProps) {
  const { call } = useClient();
  const [shown, setShown] = useState<wire.ReportState>('open');
  const pages = useMemo(() => reportPages(call, shown), [call, shown]);
  const state = usePages(pages);

  useEffect(() => {
    const timer = setInterval(() => document.hidden || void pages.reload(), FRESH_MS);
    return () => clearInterval(timer);
  }, [pages]);

  return (
    <>
      <div className={parts.toolbar}>
        <p className={`${parts.grow} ${parts.note}`}>{t('admin.reportsText')}</p>
        <Select<wire.ReportState>
          label={t('admin.show')}
          value={shown}
          choices={[
            { value: 'open', label: t('admin.openOnes') },
            { value: 'resolved', label: t('admin.resolvedOnes') },
          ]}
          onChange={setShown}
        />
      </div>
      <Listing
        label={t('admin.reports')}
        pages={pages}
        state={state}
        columns={COLUMNS()}
        idOf={row => row.report_id}
        linkOf={row => linkTo({ page: 'admin', section: 'reports', id: row.report_id })}
        empty={
          <EmptyState
            icon={<Flag size={32} />}
            title={t(shown === 'open' ? 'admin.noReports' : 'admin.noResolved')}
            text={t(shown === 'open' ? 'admin.noReportsText' : 'admin.noResolvedText')}
          />
        }
      />
      {id && (
        <ReportSheet
          key={id}
          id={id}
          onResolved={() => void pages.reload()}
          onClose={() => goBack({ page: 'admin', section: 'reports' })}
        />
      )}
    </>
  );
}

function ReportName({ report }: { report: wire.Report }) {
  return (
    <span className={parts.personText}>
      <span className={parts.personName}>{t(`admin.reason.${report.reason}`)}</span>
      <span className={parts.note} dir="auto">
        {report.note || t('admin.noWords')}
      </span>
    </span>
  );
}
