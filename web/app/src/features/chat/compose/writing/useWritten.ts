import { Refusal, packMentions, sourceOf, type DraftView, type Written } from '@parlance/sdk';
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useClient, useReadable } from '../../../../platform/index.ts';
import type { Subject } from '../../subject.ts';

const NOTHING: Written = { text: '', mentions: new Map() };

interface WrittenInput {
  conversationId: string;
  subject: Subject | undefined;
  onSubject(subject: Subject | undefined): void;
  area: RefObject<HTMLTextAreaElement | null>;
}

/**
 * What stands in the composer. It is kept as a draft as it is typed; a draft of another device takes its place only while
 * nobody is in the field and nothing is here that the server does not know. While a message is edited, what was being
 * written, `own`, waits beside it.
 */
export function useWritten({ conversationId, subject, onSubject, area }: WrittenInput) {
  const { writing, api, link } = useClient();
  const { drafts } = writing;
  const draft = useDraft(conversationId);
  const [own, setOwn] = useState<Written>(draft ?? NOTHING);
  const editing = subject?.kind === 'edit';
  const { edited, change } = useEdited(subject);
  // The message that a draft answers is read again; until it shows, what is written answers it all the same.
  const [restoring, setRestoring] = useState(draft?.replyTo);
  const replyTo = subject?.kind === 'reply' ? subject.entry.index : restoring;
  const live = useReadable(link.state, state => state.phase === 'live');

  useEffect(() => {
    drafts.set(conversationId, packMentions(own), own.text === '' ? undefined : replyTo);
  }, [drafts, conversationId, own, replyTo]);

  useEffect(() => () => drafts.flush(conversationId), [drafts, conversationId]);

  // Another message was chosen to be answered.
  useEffect(() => {
    if (subject?.kind === 'reply') setRestoring(undefined);
  }, [subject]);

  useEffect(() => {
    if (restoring === undefined || editing || !live) return;
    let wanted = true;
    api.message.get({ conversation_id: conversationId, index: restoring }).then(
      entry => wanted && onSubject({ kind: 'reply', entry }),
      (error: unknown) => wanted && error instanceof Refusal && setRestoring(undefined),
    );
    return () => {
      wanted = false;
    };
  }, [api, conversationId, restoring, editing, live, onSubject]);

  const shown = useRef(draft);
  useEffect(() => {
    if (shown.current === draft) return;
    shown.current = draft;
    const here = drafts.state.get().has(conversationId) || document.activeElement === area.current;
    if (!here && !editing) setOwn(draft ?? NOTHING);
  }, [drafts, conversationId, draft, editing, area]);

  const setWritten = change ?? setOwn;
  const setText = useCallback((text: string) => setWritten(now => ({ ...now, text })), [setWritten]);
  const setOwnText = useCallback((text: string) => setOwn(now => ({ ...now, text })), []);
  const mention = useCallback(
    (label: string, user: string) =>
      setWritten(now => ({ ...now, mentions: new Map(now.mentions).set(label, user) })),
    [setWritten],
  );
  const clear = useCallback(() => {
    setOwn(NOTHING);
    setRestoring(undefined);
  }, []);
  return { written: edited ?? own, own, replyTo, setText, setOwnText, mention, clear };
}

/** The text of the message that is edited, as it is by now. */
function useEdited(subject: Subject | undefined) {
  const begun = useMemo(() => {
    const entry = subject?.kind === 'edit' ? subject.entry : undefined;
    if (entry?.body.kind !== 'text') return undefined;
    return sourceOf({ text: entry.body.text, spans: entry.details?.spans ?? [] });
  }, [subject]);
  const [last, setLast] = useState<{ begun: Written; now: Written }>();
  const change = useMemo(() => {
    if (!begun) return undefined;
    return (next: (now: Written) => Written) =>
      setLast(last => ({ begun, now: next(last?.begun === begun ? last.now : begun) }));
  }, [begun]);
  return { edited: begun && last?.begun === begun ? last.now : begun, change };
}

/** A conversation's draft, from whichever device. */
function useDraft(id: string): DraftView | undefined {
  const { conversations, writing } = useClient();
  useReadable(conversations.state, state => state.byId.get(id)?.draft);
  return useReadable(writing.drafts.state, () => writing.drafts.of(id));
}
