import type { wire } from '@parlance/sdk';
import { Suspense, useEffect } from 'react';
import type { Title } from '../../../platform/index.ts';
import { ScheduledBar } from '../schedule/ScheduledBar.tsx';
import type { Subject } from '../subject.ts';
import { Composer } from './Composer.tsx';
import { prefetchParts } from './prefetch.ts';
import { useStanding } from './standing/useStanding.ts';
import { part } from '../../../platform/index.ts';

const Hint = part(() => import('./standing/Hint.tsx').then(m => m.Hint));
const RequestBar = part(() => import('./standing/RequestBar.tsx').then(m => m.RequestBar));

interface FootProps {
  conversationId: string;
  row: wire.ConversationSummary | undefined;
  title: Title;
  /** When one's own last message came. */
  lastOwnMs: number | undefined;
  subject: Subject | undefined;
  onSubject(subject: Subject | undefined): void;
  lastOwn(): wire.Entry | undefined;
  onSent(): void;
}

/** Below the messages: the composer, or why there is none. */
export function Foot({ conversationId, row, title, lastOwnMs, ...composer }: FootProps) {
  const standing = useStanding(conversationId, row, title, lastOwnMs);
  useEffect(prefetchParts, []);
  if (standing.kind !== 'write') {
    return (
      <Suspense>
        <Hint standing={standing} title={title} />
      </Suspense>
    );
  }
  return (
    <>
      {standing.request && (
        <Suspense>
          <RequestBar conversationId={conversationId} title={title} />
        </Suspense>
      )}
      <ScheduledBar conversationId={conversationId} />
      <Composer
        conversationId={conversationId}
        group={title.group}
        mentionAll={title.group && standing.mentionAll}
        slowUntil={standing.slowUntil}
        {...composer}
      />
    </>
  );
}
