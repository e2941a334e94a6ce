import type { wire } from '@parlance/sdk';
import { Ban, CloudOff, Hourglass, Link2Off } from 'lucide-react';
import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { codeOf, openChat, reasonOf, t, useClient, useReadable, useRequest } from '../../platform/index.ts';
import { Avatar, Button, EmptyState, Spinner, TextArea } from '../../ui/index.ts';
import styles from './Join.module.css';
import { useLinkedPhoto } from './useLinkedPhoto.ts';

const NOTE_MAX_CHARS = 300;

type State =
  | { name: 'loading' }
  | { name: 'failed'; error: unknown }
  | { name: 'known'; preview: wire.LinkPreview }
  | { name: 'asked'; preview: wire.LinkPreview };

/** The group behind a link, and the way in. */
export function Invitation({ code }: { code: string }) {
  const client = useClient();
  const [state, setState] = useState<State>({ name: 'loading' });

  const load = useCallback(async () => {
    setState({ name: 'loading' });
    try {
      setState({ name: 'known', preview: await client.call('link.preview', { code }) });
    } catch (error) {
      setState({ name: 'failed', error });
    }
  }, [client, code]);
  useEffect(() => void load(), [load]);

  switch (state.name) {
    case 'loading':
      return (
        <p className={styles.center}>
          <Spinner label={t('app.loading')} />
        </p>
      );
    case 'failed':
      return <Failed error={state.error} onRetry={() => void load()} />;
    case 'known':
      return (
        <>
          <Group preview={state.preview} code={code} />
          <Way
            code={code}
            preview={state.preview}
            onAsked={() => setState({ ...state, name: 'asked' })}
            onFailed={error => setState({ name: 'failed', error })}
          />
        </>
      );
    case 'asked':
      return (
        <>
          <Group preview={state.preview} code={code} />
          <Asked id={state.preview.conversation_id} />
        </>
      );
  }
}

function Group({ preview, code }: { preview: wire.LinkPreview; code: string }) {
  const { conversation_id, name, description, kind, member_count: n } = preview;
  const photo = useLinkedPhoto(preview, code);
  return (
    <div className={styles.group}>
      <Avatar id={conversation_id} name={name} group size={88} photo={photo} />
      <p className={styles.muted}>{t('joining.invited')}</p>
      <p className={styles.name} dir="auto">
        {name}
      </p>
      <p className={styles.muted}>{t(kind === 'channel' ? 'info.readers' : 'chat.members', { n })}</p>
      {description && (
        <p className={styles.text} dir="auto">
          {description}
        </p>
      )}
    </div>
  );
}

interface WayProps {
  code: string;
  preview: wire.LinkPreview;
  onAsked(): void;
  /** The link ended, or one was banned, while one was looking at it. */
  onFailed(error: unknown): void;
}

function Way({ code, preview, onAsked, onFailed }: WayProps) {
  const client = useClient();
  const { busy, error, run } = useRequest();
  const [note, setNote] = useState('');
  const { conversation_id: id, approval, member, kind } = preview;

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(async () => {
      try {
        const text = note.trim();
        const { conversation } = await client.call('conversation.join', {
          code,
          ...(text && { note: text }),
        });
        if (!conversation) return onAsked();
        await client.conversations.apply([conversation], []);
        openChat(id);
      } catch (failure) {
        if (!['not_found', 'banned'].includes(codeOf(failure) ?? '')) throw failure;
        onFailed(failure);
      }
    });
  }

  if (member) {
    return (
      <div className={styles.form}>
        <p className={styles.center}>{t('joining.isIn')}</p>
        <Button look="primary" wide data-autofocus onClick={() => openChat(id)}>
          {t('joining.open')}
        </Button>
      </div>
    );
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {approval && (
        <>
          <p className={styles.center}>{t('joining.needsApproval')}</p>
          <TextArea
            label={t('joining.note')}
            hint={t('joining.noteHint')}
            value={note}
            rows={3}
            maxLength={NOTE_MAX_CHARS}
            onChange={event => setNote(event.target.value)}
          />
        </>
      )}
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button type="submit" look="primary" wide busy={busy}>
        {approval ? t('joining.ask') : t(kind === 'channel' ? 'joining.joinChannel' : 'joining.joinGroup')}
      </Button>
    </form>
  );
}

/** Waiting to be let in; the chat opens from here once somebody has. */
function Asked({ id }: { id: wire.ConversationId }) {
  const { conversations } = useClient();
  const isIn = useReadable(conversations.state, state => state.byId.has(id));
  if (isIn) {
    return (
      <Button look="primary" wide onClick={() => openChat(id)}>
        {t('joining.open')}
      </Button>
    );
  }
  return (
    <div className={styles.asked} role="status">
      <Hourglass size={20} aria-hidden="true" />
      <div>
        <p className={styles.strong}>{t('joining.asked')}</p>
        <p className={styles.muted}>{t('joining.askedText')}</p>
      </div>
    </div>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  switch (codeOf(error)) {
    case 'not_found':
    case 'invalid_input':
      return (
        <EmptyState icon={<Link2Off size={32} />} title={t('joining.over')} text={t('joining.overText')} />
      );
    case 'banned':
      return (
        <EmptyState icon={<Ban size={32} />} title={t('joining.banned')} text={t('joining.bannedText')} />
      );
    default:
      return (
        <EmptyState icon={<CloudOff size={32} />} title={t('status.offline')} text={reasonOf(error)}>
          <Button look="primary" onClick={onRetry}>
            {t('app.retry')}
          </Button>
        </EmptyState>
      );
  }
}
