import { useState, type FormEvent } from 'react';
import { clockTime, dayName, t, useClient, useNameOf, useRequest } from '../../../platform/index.ts';
import { Button, Confirm, TextArea } from '../../../ui/index.ts';
import { useEdited } from '../edited.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Save, Theirs } from '../parts.tsx';
import look from './Announcement.module.css';
import { SeenBy } from './SeenBy.tsx';

const ANNOUNCEMENT_MAX_CHARS = 2_000;

/** What stands above the messages for all: written by owner and admins, read by everybody. */
export function AnnouncementPage() {
  const { about, rights } = useGroup();
  const nameOf = useNameOf();
  const announcement = about?.announcement;
  return (
    <>
      {rights.manage ? (
        <AnnouncementForm current={announcement?.text ?? ''} />
      ) : (
        <p className={look.whole} dir="auto">
          {announcement?.text ?? t('group.noAnnouncement')}
        </p>
      )}
      {announcement && (
        <>
          <Note>
            {t('group.announcedWhen', {
              name: nameOf(announcement.by),
              date: `${dayName(announcement.time_ms)}, ${clockTime(announcement.time_ms)}`,
            })}
          </Note>
          {rights.list_members && <SeenBy key={announcement.index} />}
        </>
      )}
    </>
  );
}

function AnnouncementForm({ current }: { current: string }) {
  const { row } = usePanel();
  const { api } = useClient();
  const { busy, error, run } = useRequest();
  const [asking, setAsking] = useState(false);
  const text = useEdited(current);
  const announce = (value: string) =>
    run(() => api.conversation.announce({ conversation_id: row.conversation_id, text: value }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await announce(text.value.trim())) text.drop();
  }

  async function takeDown() {
    if (!(await announce(''))) return;
    text.drop();
    setAsking(false);
  }

  return (
    <>
      <form className={styles.section} onSubmit={event => void submit(event)}>
        <TextArea
          label={t('chat.announcement')}
          value={text.value}
          rows={5}
          maxLength={ANNOUNCEMENT_MAX_CHARS}
          hint={t('group.announcementHint')}
          onChange={event => text.set(event.target.value)}
        />
        <Theirs theirs={text.theirs} onTake={text.drop} />
        <Failure error={asking ? undefined : error} />
        {text.changed ? (
          <Save label={t('group.putUp')} busy={busy} disabled={text.value.trim() === ''} onDrop={text.drop} />
        ) : (
          current && (
            <Button look="danger" onClick={() => setAsking(true)}>
              {t('group.takeDown')}
            </Button>
          )
        )}
      </form>
      {asking && (
        <Confirm
          title={t('group.takeDownSure')}
          action={t('group.takeDown')}
          cancelLabel={t('app.cancel')}
          danger
          busy={busy}
          error={error}
          onConfirm={() => void takeDown()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
