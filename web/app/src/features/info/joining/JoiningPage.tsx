import type { wire } from '@parlance/sdk';
import { useState } from 'react';
import { reasonOf, t, useChosen, useClient, useWatched } from '../../../platform/index.ts';
import { Choices, Spinner, type Choice } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Rows } from '../parts.tsx';
import look from './Joining.module.css';
import { LinkCard } from './LinkCard.tsx';
import { NewLink } from './NewLink.tsx';
import { joiningText } from '../settings/who.ts';

const HINTS = {
  link: 'joining.linkHint',
  link_with_approval: 'joining.approvalHint',
  request: 'joining.requestHint',
  closed: 'joining.closedHint',
} as const;

/** How people come in beside being added, and the links for it. */
export function JoiningPage() {
  const { about, rights } = useGroup();
  if (!about) return null;
  const { joining } = about.settings;
  if (!rights.add && !rights.manage) return <Note>{t('members.mayNotAdd')}</Note>;
  return (
    <>
      <How joining={joining} fixed={!rights.manage} />
      {rights.add && joining !== 'closed' && <Links joining={joining} />}
    </>
  );
}

function How({ joining, fixed }: { joining: wire.Joining; fixed: boolean }) {
  const { row } = usePanel();
  const { api } = useClient();
  const how = useChosen(joining, value =>
    api.conversation.update({ conversation_id: row.conversation_id, joining: value }),
  );
  const choices = (Object.keys(HINTS) as wire.Joining[]).map<Choice<wire.Joining>>(value => ({
    value,
    label: joiningText(value),
    hint: t(HINTS[value]),
  }));
  if (fixed) return <Note>{t(HINTS[joining])}</Note>;
  return (
    <div className={styles.section}>
      <Choices label={t('joining.how')} choices={choices} value={how.value} onChange={how.choose} />
      {joining === 'request' && <Note>{t('joining.groupId', { id: row.conversation_id })}</Note>}
      <Failure error={how.error} />
    </div>
  );
}

function Links({ joining }: { joining: wire.Joining }) {
  const { row } = usePanel();
  const { groups } = useClient();
  const { links } = groups.get(row.conversation_id);
  const { value, error } = useWatched(links);
  const [fresh, setFresh] = useState<number>();
  const made = (link: wire.JoinLink) => {
    setFresh(link.link_id);
    void links.read();
  };
  return (
    <>
      <NewLink approval={joining !== 'link'} onMade={made} />
      <Rows heading={t('joining.links')}>
        {value?.length === 0 && <Note>{t('joining.noLinks')}</Note>}
        {!value &&
          (error === undefined ? <Spinner label={t('app.loading')} /> : <Failure error={reasonOf(error)} />)}
        <ul className={look.links}>
          {value?.toReversed().map(link => (
            <LinkCard
              key={link.link_id}
              link={link}
              fresh={link.link_id === fresh}
              onRevoked={() => void links.read()}
            />
          ))}
        </ul>
      </Rows>
    </>
  );
}
