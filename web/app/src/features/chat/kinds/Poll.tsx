import type { wire } from '@parlance/sdk';
import { Check, Lock } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { t, useClient, useConversation, useMe, useRequest, part } from '../../../platform/index.ts';
import { Confirm } from '../../../ui/index.ts';
import { useChatActions } from '../actions.ts';
import { momentName } from '../schedule/moment.ts';
import styles from './Poll.module.css';

const Voters = part(() => import('./Voters.tsx').then(m => m.Voters));

interface PollProps {
  poll: wire.Poll;
  /** The message; undefined while it is on its way. */
  entry: wire.Entry | undefined;
}

/** A question with answers: a press votes, another takes the vote back. How it stands shows once one has voted. */
export function Poll({ poll, entry }: PollProps) {
  const client = useClient();
  const { conversationId } = useChatActions();
  const row = useConversation(conversationId);
  const me = useMe().user_id;
  const request = useRequest();
  // Of several answers: what is ticked and not sent yet.
  const [ticked, setTicked] = useState<readonly number[]>();
  const [sheet, setSheet] = useState<'voters' | 'close'>();
  const { tally, closed_ms: closedMs } = entry?.details ?? {};
  const { multiple = false, anonymous = false, closes_ms: closesMs } = poll;
  const mine = tally?.mine ?? [];
  const over = usePast(closesMs);
  const closed = closedMs !== undefined || over;
  const told = closed || mine.length > 0;
  const chosen = ticked ?? mine;
  const mayClose = entry && !closed && (entry.sender === me || (row?.role ?? 'member') !== 'member');
  const place = { conversation_id: conversationId, index: entry?.index ?? 0 };

  async function vote(options: readonly number[]) {
    if (await request.run(() => client.api.poll.vote({ ...place, options: [...options] })))
      setTicked(undefined);
  }

  function press(option: number) {
    const others = chosen.filter(other => other !== option);
    const next = others.length < chosen.length ? others : [...others, option].toSorted((a, b) => a - b);
    if (multiple) setTicked(next);
    else void vote(chosen.includes(option) ? [] : [option]);
  }

  return (
    <span className={styles.poll} role="group" aria-label={poll.question}>
      <span className={styles.question} dir="auto">
        {poll.question}
      </span>
      <span className={styles.about}>
        {t(anonymous ? 'poll.anonymous' : 'poll.public')}
        {multiple && ` · ${t('poll.several')}`}
        {closed
          ? ` · ${t('poll.closed')}`
          : closesMs && ` · ${t('poll.until', { when: momentName(closesMs) })}`}
      </span>
      {poll.options.map((option, at) => (
        <Option
          key={option}
          label={option}
          chosen={chosen.includes(at)}
          multiple={multiple}
          share={told ? shareOf(tally, at) : undefined}
          votes={tally?.counts[at] ?? 0}
          disabled={closed || !entry || request.busy}
          onPress={() => press(at)}
        />
      ))}
      {request.error && (
        <span className={styles.error} role="alert">
          {request.error}
        </span>
      )}
      <span className={styles.foot}>
        <span>{t('poll.voters', { n: tally?.voters ?? 0 })}</span>
        {multiple && ticked && (
          <button
            type="button"
            className={styles.act}
            disabled={request.busy}
            onClick={() => void vote(ticked)}
          >
            {t(ticked.length > 0 ? 'poll.vote' : 'poll.retract')}
          </button>
        )}
        {!anonymous && told && (tally?.voters ?? 0) > 0 && (
          <button type="button" className={styles.act} onClick={() => setSheet('voters')}>
            {t('poll.showVoters')}
          </button>
        )}
        {mayClose && (
          <button type="button" className={styles.act} onClick={() => setSheet('close')}>
            <Lock size={13} aria-hidden="true" /> {t('poll.close')}
          </button>
        )}
      </span>
      {sheet === 'voters' && (
        <Suspense>
          <Voters poll={poll} place={place} onClose={() => setSheet(undefined)} />
        </Suspense>
      )}
      {sheet === 'close' && (
        <Confirm
          title={t('poll.closeAsk')}
          text={t('poll.closeText')}
          action={t('poll.close')}
          cancelLabel={t('app.cancel')}
          busy={request.busy}
          error={request.error}
          onConfirm={() =>
            void request.run(() => client.api.poll.close(place)).then(done => done && setSheet(undefined))
          }
          onClose={() => setSheet(undefined)}
        />
      )}
    </span>
  );
}

/** Whether a moment is over, by the server's clock; it becomes so by itself. */
function usePast(ms: number | undefined): boolean {
  const { clock } = useClient();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (ms === undefined || ms <= now) return;
    // A timer takes at most so long.
    const timer = setTimeout(() => setNow(clock.now()), Math.min(ms - clock.now() + 50, 3_600_000));
    return () => clearTimeout(timer);
  }, [clock, ms, now]);
  return ms !== undefined && ms <= now;
}

interface OptionProps {
  label: string;
  chosen: boolean;
  multiple: boolean;
  /** Between 0 and 1; undefined while it is not told. */
  share: number | undefined;
  votes: number;
  disabled: boolean;
  onPress(): void;
}

function Option({ label, chosen, multiple, share, votes, disabled, onPress }: OptionProps) {
  const percent = share === undefined ? undefined : Math.round(share * 100);
  return (
    <button
      type="button"
      className={styles.option}
      data-multiple={multiple || undefined}
      aria-pressed={chosen}
      disabled={disabled}
      onClick={onPress}
    >
      <span className={styles.mark} aria-hidden="true">
        {chosen && <Check size={13} strokeWidth={3} />}
      </span>
      <span className={styles.label} dir="auto">
        {label}
      </span>
      {percent !== undefined && (
        <>
          <span className={styles.percent}>
            <span aria-hidden="true">{percent} %</span>
            <span className="visually-hidden">{t('poll.votes', { n: votes })}</span>
          </span>
          <meter className={styles.bar} min={0} max={100} value={percent} aria-hidden="true" />
        </>
      )}
    </button>
  );
}

function shareOf(tally: wire.Tally | undefined, at: number): number {
  return tally && tally.voters > 0 ? (tally.counts[at] ?? 0) / tally.voters : 0;
}
