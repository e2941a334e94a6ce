import { UserPlus, Users } from 'lucide-react';
import { reasonOf, t } from '../../../platform/index.ts';
import { RowButton } from '../../../ui/index.ts';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Rows } from '../parts.tsx';
import { MemberRow } from './MemberRow.tsx';
import { useMembers } from './useMembers.ts';

/** So many members show on the first page. */
const SHOWN = 5;

/** Some of the members, and the ways to all of them and to more of them. */
export function MembersPreview() {
  const { row, go } = usePanel();
  const { about, rights } = useGroup();
  if (about && !rights.list_members) {
    return (
      <Rows heading={t('info.members')}>
        <Note>{t('members.hidden')}</Note>
      </Rows>
    );
  }
  return (
    <Rows heading={t('info.members')}>
      {rights.add && (
        <RowButton
          leads
          icon={<UserPlus size={20} />}
          label={t('members.add')}
          onClick={() => go({ name: 'add' })}
        />
      )}
      {about && <Some />}
      <RowButton
        leads
        icon={<Users size={20} />}
        label={t('members.all')}
        value={t('chat.members', { n: row.member_count })}
        onClick={() => go({ name: 'members' })}
      />
    </Rows>
  );
}

function Some() {
  const { members, error, loading } = useMembers();
  if (members.length === 0 && error !== undefined && !loading) return <Failure error={reasonOf(error)} />;
  return (
    <ul>
      {members.slice(0, SHOWN).map(member => (
        <li key={member.user_id}>
          <MemberRow member={member} />
        </li>
      ))}
    </ul>
  );
}
