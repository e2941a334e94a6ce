import { peerOf } from '@parlance/sdk';
import { useState } from 'react';
import { goBack, t, useClient, useMe, useRequest, type Title } from '../../../../platform/index.ts';
import { Button, Confirm } from '../../../../ui/index.ts';
import styles from './Hint.module.css';

interface RequestBarProps {
  conversationId: string;
  title: Title;
}

/** A stranger wrote. Until one accepts they learn nothing of one's reading. */
export function RequestBar({ conversationId, title: { name, peer } }: RequestBarProps) {
  const client = useClient();
  const peerId = peerOf(conversationId, useMe().user_id);
  const request = useRequest();
  const [asking, setAsking] = useState(false);
  const input = { conversation_id: conversationId };

  async function accept() {
    await client.conversations.apply([await client.api.conversation.accept(input)], []);
  }

  async function decline() {
    await client.api.conversation.delete(input);
    goBack({ page: 'list' });
  }

  async function block() {
    if (peerId) await client.people.blocks.block(peerId, peer);
    await decline();
  }

  return (
    <div className={styles.request}>
      <p className={styles.question} id="request-question">
        {t('compose.request', { name })}
      </p>
      <div className={styles.answers} role="group" aria-labelledby="request-question">
        <Button look="primary" busy={request.busy} onClick={() => void request.run(accept)}>
          {t('compose.accept')}
        </Button>
        <Button busy={request.busy} onClick={() => void request.run(decline)}>
          {t('compose.decline')}
        </Button>
        <Button look="danger" busy={request.busy} onClick={() => setAsking(true)}>
          {t('compose.block')}
        </Button>
      </div>
      {request.error && (
        <p className={styles.error} role="alert">
          {request.error}
        </p>
      )}
      {asking && (
        <Confirm
          title={t('compose.blockAsk', { name })}
          text={t('compose.blockText')}
          action={t('compose.block')}
          cancelLabel={t('app.cancel')}
          danger
          busy={request.busy}
          error={request.error}
          onConfirm={() => void request.run(block)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
