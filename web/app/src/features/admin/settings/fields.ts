import type { wire } from '@parlance/sdk';
import { keepErases } from './keep.ts';

/** The settings that are numbers. */
export type NumberSetting =
  | 'sends_per_second'
  | 'sends_burst'
  | 'conversation_sends_per_second'
  | 'conversation_sends_burst'
  | 'new_conversations_per_hour'
  | 'group_max_members';

/** A setting's name, least and most. */
type Range = readonly [name: NumberSetting, least: number, most: number];

/** In the order of the page: how often people send, then how large things grow. */
export const NUMBERS: readonly Range[] = [
  ['sends_per_second', 1, 1_000],
  ['sends_burst', 1, 10_000],
  ['conversation_sends_per_second', 1, 1_000],
  ['conversation_sends_burst', 1, 10_000],
  ['new_conversations_per_hour', 1, 10_000],
  ['group_max_members', 2, 100_000],
];

/** The settings of how long messages are kept, in seconds. */
export type KeepSetting = 'keep_direct_s' | 'keep_group_s' | 'keep_channel_s';

export const KEEPS: readonly KeepSetting[] = ['keep_direct_s', 'keep_group_s', 'keep_channel_s'];

/** What has been changed on the screen but not on the server: numbers as they are typed. */
export interface Draft {
  readonly registration?: wire.RegistrationMode;
  readonly members_invite?: boolean;
  readonly link_previews?: boolean;
  readonly keeps: Readonly<Partial<Record<KeepSetting, number>>>;
  readonly numbers: Readonly<Partial<Record<NumberSetting, string>>>;
}

export const UNTOUCHED: Draft = { keeps: {}, numbers: {} };

/** What the draft changes; undefined if a number is not one that the server takes. */
export function changeOf(draft: Draft, now: wire.ServerSettings): wire.ChangeSettings | undefined {
  const change: wire.ChangeSettings = {};
  if (draft.registration !== undefined && draft.registration !== now.registration)
    change.registration = draft.registration;
  if (draft.members_invite !== undefined && draft.members_invite !== now.members_invite)
    change.members_invite = draft.members_invite;
  if (draft.link_previews !== undefined && draft.link_previews !== now.link_previews)
    change.link_previews = draft.link_previews;
  for (const name of KEEPS) {
    const keep = draft.keeps[name];
    if (keep !== undefined && keep !== now[name]) change[name] = keep;
  }
  for (const [name, least, most] of NUMBERS) {
    const typed = draft.numbers[name];
    if (typed === undefined || typed === String(now[name])) continue;
    const value = Number(typed);
    if (typed.trim() === '' || !Number.isInteger(value) || value < least || value > most) return undefined;
    change[name] = value;
  }
  return change;
}

/** The settings of a change by which messages that are there now are erased. */
export function erasing(change: wire.ChangeSettings, now: wire.ServerSettings): KeepSetting[] {
  return KEEPS.filter(name => {
    const keep = change[name];
    return keep !== undefined && keepErases(now[name], keep);
  });
}
