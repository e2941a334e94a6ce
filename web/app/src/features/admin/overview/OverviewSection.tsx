import { Figures, type FiguresState } from '@parlance/sdk';
import { useEffect, useMemo } from 'react';
import { linkTo, reasonOf, t, useClient, useReadable } from '../../../platform/index.ts';
import { Failed } from '../parts/Listing.tsx';
import { bytes, lasting, moment, number } from '../parts/format.ts';
import { Skeleton } from '../parts/Skeleton.tsx';
import { Charts } from './Charts.tsx';
import styles from './Overview.module.css';
import { Tile } from './Tile.tsx';

/** How the server is doing, live while somebody looks. */
export function OverviewSection() {
  const { call } = useClient();
  const figures = useMemo(() => new Figures(call), [call]);
  const state = useReadable(figures.state);

  useEffect(() => {
    // A hidden tab asks for nothing.
    let stop = document.hidden ? undefined : figures.watch();
    const turned = () => {
      stop?.();
      stop = document.hidden ? undefined : figures.watch();
    };
    document.addEventListener('visibilitychange', turned);
    return () => {
      document.removeEventListener('visibilitychange', turned);
      stop?.();
    };
  }, [figures]);

  if (!state.overview || !state.figures) {
    return state.error ? <Failed error={state.error} onRetry={() => figures.retry()} /> : <Skeleton />;
  }
  return (
    <>
      {state.error !== undefined && (
        <p className={styles.error} role="status">
          {t('admin.stale', { reason: reasonOf(state.error) })}
        </p>
      )}
      <Tiles state={state} />
      <Charts state={state} />
      <p className={styles.note}>
        {t('admin.since', { version: state.overview.version, time: moment(state.overview.started_ms) })}
      </p>
    </>
  );
}

function Tiles({ state: { overview, figures } }: { state: FiguresState }) {
  if (!overview || !figures) return null;
  const to = (section: string) => linkTo({ page: 'admin', section });
  return (
    <ul className={styles.tiles}>
      <Tile label={t('admin.users')} value={number(overview.users)} link={to('users')} />
      <Tile label={t('admin.onlineNow')} value={number(overview.online_users)} />
      <Tile label={t('admin.connections')} value={number(figures.connections)} />
      <Tile label={t('admin.groups')} value={number(overview.groups)} link={to('groups')} />
      <Tile
        label={t('admin.openReports')}
        value={number(overview.open_reports)}
        link={to('reports')}
        urgent={overview.open_reports > 0}
      />
      <Tile label={t('admin.storeSize')} value={bytes(figures.store_bytes)} />
      <Tile label={t('admin.auditRecords')} value={number(overview.audit_index)} link={to('audit')} />
      <Tile label={t('admin.uptime')} value={lasting(figures.time_ms - overview.started_ms)} />
    </ul>
  );
}
