import { Bomb, Eraser, Flag, LogOut, Trash2 } from 'lucide-react';
import { useState } from 'react';
import {
  navigate,
  t,
  useClient,
  useMe,
  useRequest,
  useTitle,
  type TextKey,
} from '../../../platform/index.ts';
import { Confirm, Field, RowButton } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import { Rows } from '../parts.tsx';
import { BlockRow } from './BlockRow.tsx';
import { LeaveQuestion } from './LeaveQuestion.tsx';

type Question = 'clear' | 'delete' | 'dissolve' | 'leave';

/** What ends something: each asks before. */
export function EndRows() {
  const { row, go } = usePanel();
  const me = useMe();
  const { peer, name } = useTitle(row.conversation_id, row);
  const [asking, setAsking] = useState<Question>();
  const group = row.kind !== 'direct';
  const notes = peer?.user_id === me.user_id;
  const close = () => setAsking(undefined);
  return (
    <Rows>
      <RowButton icon={<Eraser size={20} />} label={t('info.clear')} onClick={() => setAsking('clear')} />
      <RowButton icon={<Trash2 size={20} />} label={t('info.delete')} onClick={() => setAsking('delete')} />
      {!notes && (
        <RowButton
          leads
          icon={<Flag size={20} />}
          label={t(group ? 'report.group' : 'report.member')}
          onClick={() => go(peer ? { name: 'report', user: peer.user_id } : { name: 'report' })}
        />
      )}
      {peer && !notes && <BlockRow userId={peer.user_id} name={name} />}
      {group && (
        <RowButton
          danger
          icon={<LogOut size={20} />}
          label={t('info.leave')}
          onClick={() => setAsking('leave')}
        />
      )}
      {row.role === 'owner' && group && (
        <RowButton
          danger
          icon={<Bomb size={20} />}
          label={t('info.dissolve')}
          onClick={() => setAsking('dissolve')}
        />
      )}
      {asking === 'leave' && <LeaveQuestion onClose={close} />}
      {asking && asking !== 'leave' && <Asking question={asking} onClose={close} />}
    </Rows>
  );
}

const QUESTIONS: Record<Exclude<Question, 'leave'>, { title: TextKey; text: TextKey; action: TextKey }> = {
  clear: { title: 'info.clearSure', text: 'info.clearText', action: 'info.clear' },
  delete: { title: 'info.deleteSure', text: 'info.deleteText', action: 'info.delete' },
  dissolve: { title: 'info.dissolveSure', text: 'info.dissolveText', action: 'info.dissolve' },
};

interface AskingProps {
  question: Exclude<Question, 'leave'>;
  onClose(): void;
}

function Asking({ question, onClose }: AskingProps) {
  const { row } = usePanel();
  const { conversation } = useClient().api;
  const { busy, error, run } = useRequest();
  const [typed, setTyped] = useState('');
  const { title, text, action } = QUESTIONS[question];
  const id = { conversation_id: row.conversation_id };
  const name = row.name ?? '';
  // What ends it for everybody takes more than a press.
  const sure = question !== 'dissolve' || typed.trim() === name;

  async function confirmed() {
    if (!sure) return;
    const done = await run(() => {
      if (question === 'dissolve') return conversation.dissolve(id);
      return question === 'delete' ? conversation.delete(id) : conversation.clear(id);
    });
    if (!done) return;
    onClose();
    if (question !== 'clear') navigate({ page: 'list' }, { replace: true });
  }

  return (
    <Confirm
      title={t(title)}
      text={t(text, { name })}
      action={t(action)}
      cancelLabel={t('app.cancel')}
      danger
      busy={busy}
      disabled={!sure}
      error={error}
      onConfirm={() => void confirmed()}
      onClose={onClose}
    >
      {question === 'dissolve' && (
        <Field
          label={t('info.dissolveType', { name })}
          value={typed}
          autoComplete="off"
          onChange={event => setTyped(event.target.value)}
        />
      )}
    </Confirm>
  );
}
