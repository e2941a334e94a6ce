import type { wire } from '@parlance/sdk';
import { t, type TextKey } from '../../../platform/index.ts';

const NAMES: Record<wire.Who, TextKey> = {
  members: 'group.everybody',
  admins: 'group.admins',
  owner: 'group.owner',
};

export const WHO: readonly wire.Who[] = ['members', 'admins', 'owner'];

/** Who may, in a word. */
export function whoText(who: wire.Who): string {
  return t(NAMES[who]);
}

const JOINING: Record<wire.Joining, TextKey> = {
  closed: 'joining.closed',
  link: 'joining.link',
  link_with_approval: 'joining.approval',
  request: 'joining.request',
};

export function joiningText(joining: wire.Joining): string {
  return t(JOINING[joining]);
}

const HISTORY: Record<wire.HistoryPolicy['policy'], TextKey> = {
  all: 'group.historyAll',
  since_joined: 'group.historyJoined',
  since_invited: 'group.historyInvited',
  last_n: 'group.historyLast',
  none: 'group.historyNone',
};

export function historyText(history: wire.HistoryPolicy): string {
  return t(HISTORY[history.policy], { n: history.policy === 'last_n' ? history.count : 0 });
}
