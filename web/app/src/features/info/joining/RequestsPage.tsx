import type { wire } from '@parlance/sdk';
import { UserRoundCheck } from 'lucide-react';
import {
  listTime,
  reasonOf,
  t,
  useClient,
  useName,
  useRequest,
  useUser,
  useWatched,
} from '../../../platform/index.ts';
import { Avatar, Button, EmptyState, Spinner } from '../../../ui/index.ts';
import members from '../members/Members.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';
import look from './Joining.module.css';

/** Those who want to come in, with what they say; owner and admins decide. */
export function RequestsPage() {
  const { row } = usePanel();
  const { about, rights } = useGroup();
  const { groups } = useClient();
  const { requests } = groups.get(row.conversation_id);
  const { value, error } = useWatched(rights.manage ? requests : undefined);
  if (about && !rights.manage) return <Note>{t('group.notYours')}</Note>;
  if (!value)
    return error === undefined ? <Spinner label={t('app.loading')} /> : <Failure error={reasonOf(error)} />;
  if (value.length === 0) {
    return (
      <EmptyState
        icon={<UserRoundCheck size={32} />}
        title={t('joining.noRequests')}
        text={t('joining.noRequestsText')}
      />
    );
  }
  return (
    <ul>
      {value.map(request => (
        <Asking key={request.user_id} request={request} onDecided={() => void requests.read()} />
      ))}
    </ul>
  );
}

interface AskingProps {
  request: wire.JoinRequest;
  onDecided(): void;
}

function Asking({ request, onDecided }: AskingProps) {
  const { row } = usePanel();
  const { api } = useClient();
  const user = useUser(request.user_id);
  const { busy, error, run } = useRequest();
  const name = useName(request.user_id);

  async function decide(approve: boolean) {
    const input = { conversation_id: row.conversation_id, user_id: request.user_id, approve };
    await run(() => api.joinRequest.decide(input));
    // Somebody else may have decided first: what stands now is shown either way.
    onDecided();
  }

  return (
    <li className={look.request} aria-label={name}>
      <div className={members.row}>
        <Avatar id={request.user_id} name={name} size={40} />
        <span className={members.text}>
          <span dir="auto">{name}</span>
          <span className={members.sub}>
            @{user?.username} · {listTime(request.time_ms)}
          </span>
        </span>
      </div>
      {request.note && (
        <p className={look.note} dir="auto">
          {request.note}
        </p>
      )}
      <Failure error={error} />
      <div className={look.two}>
        <Button busy={busy} onClick={() => void decide(false)}>
          {t('joining.decline')}
        </Button>
        <Button look="primary" busy={busy} onClick={() => void decide(true)}>
          {t('joining.approve')}
        </Button>
      </div>
    </li>
  );
}
