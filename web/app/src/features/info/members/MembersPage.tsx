import { useEffect, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { reasonOf, t } from '../../../platform/index.ts';
import { Button, Field, Spinner } from '../../../ui/index.ts';
import { useGroup, usePanel } from '../panel.ts';
import { MemberRow } from './MemberRow.tsx';
import styles from './Members.module.css';
import { useMembers } from './useMembers.ts';
import { useMemberSearch } from './useMemberSearch.ts';

/** The next page is loaded when less than this is left below, in pixels. */
const NEAR_END = 2_000;

/** All members, found by name, and each a press away. Only what is in sight is drawn. */
export function MembersPage() {
  const { row, kept } = usePanel();
  const { about, rights } = useGroup();
  const [query, setQuery] = useState(() => String(kept.get('query') ?? ''));
  const list = useMembers();
  const search = useMemberSearch(list, query);
  const rows = useRef<VirtualizerHandle>(null);

  // Back from a member, the list stands as it was left.
  const [left] = useState(() => Number(kept.get('offset') ?? 0));
  useEffect(() => {
    if (left > 0) rows.current?.scrollTo(left);
  }, [left]);

  function typed(text: string) {
    setQuery(text);
    kept.set('query', text);
    kept.set('offset', 0);
  }

  function scrolled(offset: number) {
    kept.set('offset', offset);
    const { scrollSize = 0, viewportSize = 0 } = rows.current ?? {};
    if (!query && list.more && scrollSize - viewportSize - offset < NEAR_END) list.loadMore();
  }

  if (about && !rights.list_members) return <p className={styles.state}>{t('members.hidden')}</p>;
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <Field
          label={t('members.search')}
          type="search"
          value={query}
          autoComplete="off"
          spellCheck={false}
          hint={t('chat.members', { n: row.member_count })}
          onChange={event => typed(event.target.value)}
        />
      </div>
      <div className={styles.list}>
        <Virtualizer ref={rows} as="ul" item="li" data={search.found} bufferSize={400} onScroll={scrolled}>
          {member => <MemberRow key={member.user_id} member={member} />}
        </Virtualizer>
        <div className={styles.state} role="status">
          {list.loading && <Spinner label={t('app.loading')} />}
          {list.error !== undefined && !list.loading && (
            <>
              <p>{reasonOf(list.error)}</p>
              <Button onClick={list.loadMore}>{t('app.retry')}</Button>
            </>
          )}
          {search.paused && (
            <>
              <p>{t('members.searched', { n: list.members.length, of: row.member_count })}</p>
              <Button onClick={search.further}>{t('members.searchFurther')}</Button>
            </>
          )}
          {query && !list.loading && !search.paused && search.found.length === 0 && (
            <p>{t('members.nobody', { text: query })}</p>
          )}
        </div>
      </div>
    </div>
  );
}
