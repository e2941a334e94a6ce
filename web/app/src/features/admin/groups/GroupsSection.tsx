import { groupPages, type wire } from '@parlance/sdk';
import { SearchX, UsersRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import { goBack, linkTo, t, useClient } from '../../../platform/index.ts';
import { Avatar, EmptyState, type Column } from '../../../ui/index.ts';
import { moment, number } from '../parts/format.ts';
import { Listing } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { PersonLink } from '../parts/Person.tsx';
import { SearchField } from '../parts/SearchField.tsx';
import { usePages } from '../parts/usePages.ts';
import { useSettled } from '../parts/useSettled.ts';
import type { SectionProps } from '../sections.ts';
import { GroupSheet } from './GroupSheet.tsx';

const COLUMNS = (): Column<wire.GroupDetails>[] => [
  { label: t('admin.group'), cell: row => <GroupName group={row} /> },
  { label: t('admin.owner'), wide: true, cell: row => row.owner && <PersonLink id={row.owner} /> },
  { label: t('admin.members'), end: true, cell: row => number(row.member_count) },
  { label: t('admin.messages'), end: true, wide: true, cell: row => number(row.messages) },
  { label: t('admin.activity'), end: true, wide: true, cell: row => moment(row.activity_ms) },
];

/** Groups and channels by their measures; what is written in them is not for administrators. */
export function GroupsSection({ id }: SectionProps) {
  const { call } = useClient();
  const [query, setQuery] = useState('');
  const asked = useSettled(query.trim());
  const pages = useMemo(() => groupPages(call, asked), [call, asked]);
  const state = usePages(pages);

  return (
    <>
      <div className={parts.toolbar}>
        <SearchField label={t('admin.searchGroups')} value={query} onChange={setQuery} />
      </div>
      <Listing
        label={t('admin.groups')}
        pages={pages}
        state={state}
        columns={COLUMNS()}
        idOf={row => row.conversation_id}
        linkOf={row => linkTo({ page: 'admin', section: 'groups', id: row.conversation_id })}
        empty={
          asked ? (
            <EmptyState
              icon={<SearchX size={32} />}
              title={t('admin.noGroupsFound')}
              text={t('admin.noGroupsFoundText', { query: asked })}
            />
          ) : (
            <EmptyState
              icon={<UsersRound size={32} />}
              title={t('admin.noGroups')}
              text={t('admin.noGroupsText')}
            />
          )
        }
      />
      {id && <GroupSheet key={id} id={id} onClose={() => goBack({ page: 'admin', section: 'groups' })} />}
    </>
  );
}

function GroupName({ group }: { group: wire.GroupDetails }) {
  return (
    <span className={parts.person}>
      <Avatar id={group.conversation_id} name={group.name} size={34} group />
      <bdi className={parts.personName}>{group.name}</bdi>
    </span>
  );
}
