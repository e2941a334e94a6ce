import type { wire } from '@parlance/sdk';
import { CheckCheck } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { t, useClient, useName, useRequest } from '../../../platform/index.ts';
import { Avatar, Button, Spinner } from '../../../ui/index.ts';
import members from '../members/Members.module.css';
import { usePanel } from '../panel.ts';
import { Failure, Rows } from '../parts.tsx';

const PAGE = 100;

/** Who has read the announcement and who has not, page by page. */
export function SeenBy() {
  const { row } = usePanel();
  const client = useClient();
  const { busy, error, run } = useRequest();
  const [people, setPeople] = useState<readonly wire.Seen[]>([]);
  const [more, setMore] = useState(true);
  const id = row.conversation_id;

  const load = useCallback(
    (after?: wire.UserId) =>
      run(async () => {
        const input = { conversation_id: id, limit: PAGE, ...(after && { after }) };
        const page = await client.call('conversation.announcement_seen', input);
        setPeople(known => (after ? [...known, ...page.members] : page.members));
        setMore(page.more);
      }),
    [client, id, run],
  );
  useEffect(() => void load(), [load]);

  const seen = people.filter(one => one.seen);
  const unseen = people.filter(one => !one.seen);
  return (
    <>
      {people.length === 0 && busy && <Spinner label={t('app.loading')} />}
      {seen.length > 0 && <People heading={t('group.seenBy', { n: seen.length })} people={seen} />}
      {unseen.length > 0 && <People heading={t('group.unseenBy', { n: unseen.length })} people={unseen} />}
      <Failure error={error} />
      {people.length > 0 && more && (
        <Button busy={busy} onClick={() => void load(people.at(-1)?.user_id)}>
          {t('group.seenMore')}
        </Button>
      )}
    </>
  );
}

function People({ heading, people }: { heading: string; people: readonly wire.Seen[] }) {
  return (
    <Rows heading={heading}>
      <ul>
        {people.map(({ user_id, seen }) => (
          <Somebody key={user_id} userId={user_id} seen={seen} />
        ))}
      </ul>
    </Rows>
  );
}

function Somebody({ userId, seen }: { userId: wire.UserId; seen: boolean }) {
  const name = useName(userId);
  return (
    <li className={members.row}>
      <Avatar id={userId} name={name} size={32} />
      <span className={members.text}>
        <span dir="auto">{name}</span>
      </span>
      {seen && <CheckCheck className={members.muted} size={16} aria-hidden="true" />}
    </li>
  );
}
