import { invitePages, type wire } from '@parlance/sdk';
import { Ticket, TicketPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { t, useClient } from '../../../platform/index.ts';
import { Button, EmptyState, Tag, type Column } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import { moment, number } from '../parts/format.ts';
import { Listing } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { PersonLink } from '../parts/Person.tsx';
import { usePages } from '../parts/usePages.ts';
import { NewInvite } from './NewInvite.tsx';

function columnsOf(onRevoke: (invite: wire.Invite) => void): Column<wire.Invite>[] {
  return [
    { label: t('admin.inviteFor'), cell: row => <InviteName invite={row} /> },
    {
      label: t('admin.inviteBy'),
      wide: true,
      cell: row => row.created_by && <PersonLink id={row.created_by} />,
    },
    {
      label: t('admin.usesLeft'),
      end: true,
      cell: row => t('admin.usesOf', { left: number(row.uses_left), uses: number(row.uses) }),
    },
    { label: t('admin.expires'), wide: true, end: true, cell: row => moment(row.expires_ms) },
    {
      label: t('admin.state'),
      end: true,
      cell: row => {
        const over = stateOf(row);
        if (over) return <Tag>{t(`admin.invite.${over}`)}</Tag>;
        const label = t('admin.revokeOf', { name: nameOf(row) });
        return (
          <Button look="danger" aria-label={label} onClick={() => onRevoke(row)}>
            {t('admin.revoke')}
          </Button>
        );
      },
    },
  ];
}

/** Invites of everybody, newest first. */
export function InvitesSection() {
  const { call } = useClient();
  const pages = useMemo(() => invitePages(call), [call]);
  const state = usePages(pages);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<wire.Invite>();

  return (
    <>
      <div className={parts.toolbar}>
        <p className={`${parts.grow} ${parts.note}`}>{t('admin.invitesText')}</p>
        <Button look="primary" onClick={() => setAdding(true)}>
          <TicketPlus size={18} aria-hidden="true" />
          {t('admin.newInvite')}
        </Button>
      </div>
      <Listing
        label={t('admin.invites')}
        pages={pages}
        state={state}
        columns={columnsOf(setEnding)}
        idOf={row => row.invite_id}
        empty={
          <EmptyState
            icon={<Ticket size={32} />}
            title={t('admin.noInvites')}
            text={t('admin.noInvitesText')}
          />
        }
      />
      {adding && <NewInvite onMade={() => void pages.reload()} onClose={() => setAdding(false)} />}
      {ending && (
        <Ask
          title={t('admin.revokeTitle', { name: nameOf(ending) })}
          text={t('admin.revokeText')}
          action={t('admin.revoke')}
          run={async () => {
            await call('invite.revoke', { invite_id: ending.invite_id });
            pages.replace({ ...ending, revoked: true });
          }}
          onClose={() => setEnding(undefined)}
        />
      )}
    </>
  );
}

function InviteName({ invite }: { invite: wire.Invite }) {
  return (
    <span className={parts.personText}>
      <bdi className={parts.personName}>{nameOf(invite)}</bdi>
      <span className={parts.note}>{t('admin.madeAt', { time: moment(invite.created_ms) })}</span>
    </span>
  );
}

/** What to call an invite: what it is for, else its id. */
function nameOf(invite: wire.Invite): string {
  return invite.note || invite.invite_id;
}

/** Why an invite is good no more; nothing while it is. */
function stateOf(invite: wire.Invite): 'revoked' | 'used' | 'expired' | undefined {
  if (invite.revoked) return 'revoked';
  if (invite.uses_left === 0) return 'used';
  return invite.expires_ms <= Date.now() ? 'expired' : undefined;
}
