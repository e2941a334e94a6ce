import { peerOf, type wire } from '@parlance/sdk';
import { goBack, t, useChatRoute, useClient, useMe, useRequest, useTitle } from '../../../platform/index.ts';
import { Confirm } from '../../../ui/index.ts';
import type { Actions } from './useActions.ts';

export interface Question {
  readonly kind: 'delete' | 'block';
  readonly row: wire.ConversationSummary;
}

interface QuestionsProps {
  question: Question;
  actions: Actions;
  onClose(): void;
}

/** Asks before a chat is deleted or somebody is blocked. */
export function Questions({ question: { kind, row }, actions, onClose }: QuestionsProps) {
  const { people, users } = useClient();
  const { name, group } = useTitle(row.conversation_id, row);
  const me = useMe().user_id;
  const open = useChatRoute()?.conversationId === row.conversation_id;
  const { busy, error, run } = useRequest();

  async function work() {
    const peer = peerOf(row.conversation_id, me);
    if (kind === 'block' && peer) await people.blocks.block(peer, users.get(peer));
    await actions.remove(row);
    if (open) goBack({ page: 'list' });
  }

  return (
    <Confirm
      title={t(kind === 'block' ? 'list.blockSure' : group ? 'list.deleteGroupSure' : 'list.deleteSure', {
        name,
      })}
      text={t(kind === 'block' ? 'list.blockText' : 'list.deleteText')}
      action={t(kind === 'block' ? 'list.blockRequest' : 'list.delete')}
      cancelLabel={t('app.cancel')}
      danger
      busy={busy}
      error={error}
      onConfirm={() => void run(work).then(done => done && onClose())}
      onClose={onClose}
    />
  );
}
