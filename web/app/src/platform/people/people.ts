import type { Typist, wire } from '@parlance/sdk';
import { useEffect } from 'react';
import { joinNames, t } from '../i18n/index.ts';
import { useReadable } from '../readable.ts';
import { useClient, useMe, useNameOf } from '../session.ts';

const NOBODY: readonly Typist[] = [];
/** More writers than these are a number. */
const NAMED_MAX = 2;

/** Whether somebody is there. They are watched while this is on the screen. */
export function usePresence(id: string | undefined): wire.PresenceOf | undefined {
  const { presence } = useClient().people;
  const me = useMe().user_id;
  const watched = id === me ? undefined : id;
  useEffect(() => (watched ? presence.show(watched) : undefined), [presence, watched]);
  return useReadable(presence.state, known => (watched ? known.get(watched) : undefined));
}

/** How somebody stands to oneself; undefined for strangers. */
export function useContact(id: string | undefined): wire.Contact | undefined {
  return useReadable(useClient().people.contacts.state, state => (id ? state.byId.get(id) : undefined));
}

/** Whether one has blocked somebody. */
export function useBlocked(id: string | undefined): boolean {
  return useReadable(useClient().people.blocks.state, blocked => id !== undefined && blocked.has(id));
}

/** Who is writing in a conversation. */
export function useTypists(conversationId: string): readonly Typist[] {
  return useReadable(useClient().people.typing.state, all => all.get(conversationId) ?? NOBODY);
}

/** “Ann is typing…”; without a name in a direct chat. Undefined while nobody is. */
export function useTypingText(conversationId: string, group: boolean): string | undefined {
  const typists = useTypists(conversationId);
  const nameOf = useNameOf();
  const [first] = typists;
  if (!first) return undefined;
  const recording = typists.every(typist => typist.activity === 'recording');
  if (!group) return t(recording ? 'people.recording' : 'people.typing');
  if (typists.length > NAMED_MAX) return t('people.manyTyping', { n: typists.length });
  const names = joinNames(typists.map(typist => nameOf(typist.userId)));
  if (typists.length > 1) return t('people.bothTyping', { names });
  return t(recording ? 'people.oneRecording' : 'people.oneTyping', { name: names });
}
