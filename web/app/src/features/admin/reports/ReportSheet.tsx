import type { wire } from '@parlance/sdk';
import { useCallback } from 'react';
import { previewText, t, useClient, useNameOf } from '../../../platform/index.ts';
import { Sheet } from '../../../ui/index.ts';
import { Facts } from '../parts/Facts.tsx';
import { moment } from '../parts/format.ts';
import { Failed } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { PersonLink } from '../parts/Person.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useLoaded } from '../parts/useLoaded.ts';
import styles from './Reports.module.css';
import { Resolve } from './Resolve.tsx';

interface ReportSheetProps {
  id: string;
  onResolved(): void;
  onClose(): void;
}

/** One report: what was reported, by whom and why, and what to do about it. */
export function ReportSheet({ id, onResolved, onClose }: ReportSheetProps) {
  const { call } = useClient();
  const report = useLoaded(useCallback(() => call('report.get', { report_id: id }), [call, id]));
  return (
    <Sheet title={t('admin.report')} closeLabel={t('app.close')} onClose={onClose}>
      {report.value === undefined ? (
        report.error ? (
          <Failed error={report.error} onRetry={report.reload} />
        ) : (
          <Skeleton />
        )
      ) : (
        <div className={parts.stack}>
          <Message details={report.value} />
          <Facts facts={factsOf(report.value.report)} />
          {report.value.report.state === 'open' && (
            <Resolve
              report={report.value.report}
              onResolved={details => {
                report.set(details);
                onResolved();
              }}
            />
          )}
        </div>
      )}
    </Sheet>
  );
}

/** The message as it was when it was reported; its copy ends with the report. */
function Message({ details: { report, entry } }: { details: wire.ReportDetails }) {
  const nameOf = useNameOf();
  if (!entry) return <p className={parts.note}>{t('admin.copyGone')}</p>;
  return (
    <figure className={styles.message}>
      <figcaption className={styles.sender}>
        <PersonLink id={report.sender} />
        <span className={parts.note}>{moment(entry.time_ms)}</span>
      </figcaption>
      <blockquote className={styles.text} dir="auto">
        {previewText(entry, nameOf) ?? t('admin.noText')}
      </blockquote>
    </figure>
  );
}

function factsOf(report: wire.Report) {
  const { resolution } = report;
  return [
    [t('admin.why'), t(`admin.reason.${report.reason}`)],
    [t('admin.words'), report.note || t('admin.noWords')],
    [t('admin.reporter'), <PersonLink key="reporter" id={report.reporter} />],
    [t('admin.reportedAt'), moment(report.time_ms)],
    [t('admin.place'), t('admin.placeOf', { id: report.conversation_id, index: report.index })],
    ...(resolution
      ? ([
          [t('admin.action'), t(`admin.action.${resolution.action}`)],
          [t('admin.note'), resolution.note || '–'],
          [
            t('admin.resolvedBy'),
            resolution.by ? <PersonLink key="by" id={resolution.by} /> : t('admin.by.operator'),
          ],
          [t('admin.resolvedAt'), moment(resolution.time_ms)],
        ] as const)
      : []),
  ] as const;
}
