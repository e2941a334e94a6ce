import { userPages, type wire } from '@parlance/sdk';
import { SearchX, UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { goBack, linkTo, longDate, t, useClient } from '../../../platform/index.ts';
import { Button, EmptyState, type Column } from '../../../ui/index.ts';
import { Listing } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { Person } from '../parts/Person.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { usePages } from '../parts/usePages.ts';
import { useSettled } from '../parts/useSettled.ts';
import type { SectionProps } from '../sections.ts';
import { NewUser } from './NewUser.tsx';
import { UserSheet } from './UserSheet.tsx';
import { UserTags } from './UserTags.tsx';

const COLUMNS = (): Column<wire.UserDetails>[] => [
  { label: t('admin.user'), cell: row => <Person user={row.user} /> },
  { label: t('admin.state'), cell: row => <UserTags user={row} /> },
  { label: t('admin.joined'), wide: true, end: true, cell: row => longDate(row.created_ms) },
];

/** Everybody on the server, newest first. */
export function UsersSection({ id }: SectionProps) {
  const { call } = useClient();
  const [query, setQuery] = useState('');
  const [adding, setAdding] = useState(false);
  const asked = useSettled(query.trim());
  const pages = useMemo(() => userPages(call, asked), [call, asked]);
  const state = usePages(pages);

  return (
    <>
      <div className={parts.toolbar}>
        <SearchField label={t('admin.searchUsers')} value={query} onChange={setQuery} />
        <Button look="primary" onClick={() => setAdding(true)}>
          <UserPlus size={18} aria-hidden="true" />
          {t('admin.newUser')}
        </Button>
      </div>
      <Listing
        label={t('admin.users')}
        pages={pages}
        state={state}
        columns={COLUMNS()}
        idOf={row => row.user.user_id}
        linkOf={row => linkTo({ page: 'admin', section: 'users', id: row.user.user_id })}
        empty={
          <EmptyState
            icon={<SearchX size={32} />}
            title={t('admin.noUsers')}
            text={t('admin.noUsersText', { query: asked })}
          />
        }
      />
      {adding && <NewUser onMade={() => void pages.reload()} onClose={() => setAdding(false)} />}
      {id && (
        <UserSheet
          key={id}
          id={id}
          onChanged={user => pages.replace(user)}
          onClose={() => goBack({ page: 'admin', section: 'users' })}
        />
      )}
    </>
  );
}
