import type { wire } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import { Tag } from '../../../ui/index.ts';
import parts from '../parts/parts.module.css';

/** How somebody stands, in words. */
export function UserTags({ user }: { user: wire.UserDetails }) {
  return (
    <span className={parts.tags}>
      {user.disabled_ms !== undefined && <Tag look="danger">{t('admin.disabled')}</Tag>}
      {user.administrator && <Tag look="accent">{t('admin.administrator')}</Tag>}
      {user.must_change_password && <Tag>{t('admin.oneTime')}</Tag>}
      {user.online && <Tag>{t('admin.online')}</Tag>}
    </span>
  );
}
