import type { wire } from '@parlance/sdk';
import { duration, t, useChosen, useClient, type Chosen, type TextKey } from '../../../platform/index.ts';
import { Select, Switch, type Choice } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';
import { WHO, whoText } from './who.ts';

type Right = 'who_posts' | 'who_adds' | 'who_mentions_all' | 'who_edits_info' | 'who_pins';

const RIGHTS: readonly (readonly [Right, TextKey])[] = [
  ['who_posts', 'group.whoPosts'],
  ['who_adds', 'group.whoAdds'],
  ['who_mentions_all', 'group.whoMentions'],
  ['who_edits_info', 'group.whoEdits'],
  ['who_pins', 'group.whoPins'],
];

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;
const SLOW_S = [10, 30, MINUTE_S, 5 * MINUTE_S, 15 * MINUTE_S, HOUR_S, 6 * HOUR_S, DAY_S];
const RECALL_S = [2 * MINUTE_S, 15 * MINUTE_S, HOUR_S, DAY_S, 7 * DAY_S, 30 * DAY_S];
/** As long as the server allows. */
const AS_SERVER = '-1';

/** Who may do what in the group, and at what pace. Everybody may look; owner and admins change it. */
export function PermissionsPage() {
  const { about, rights } = useGroup();
  if (!about) return null;
  const { settings } = about;
  return (
    <div className={styles.section}>
      {!rights.manage && <Note>{t('group.readOnly')}</Note>}
      {RIGHTS.map(([right, label]) => (
        <RightSelect key={right} right={right} label={t(label)} who={settings[right]} />
      ))}
      <TimeSelect
        setting="slow_mode_s"
        label={t('group.slowMode')}
        hint={t('group.slowModeHint')}
        now={settings.slow_mode_s}
        usual={SLOW_S}
        others={[{ value: '0', label: t('group.slowModeOff') }]}
      />
      <TimeSelect
        setting="recall_window_s"
        label={t('group.recall')}
        hint={t('group.recallHint')}
        now={settings.recall_window_s}
        usual={RECALL_S}
        others={[
          { value: AS_SERVER, label: t('group.recallServer') },
          { value: '0', label: t('group.recallNever') },
        ]}
      />
      <HiddenSwitch hidden={settings.members_hidden} />
    </div>
  );
}

/** Saves one setting and leaves the others as they are. */
function useSetting<T>(
  current: T,
  change: (value: T) => wire.SettingsChange,
): Chosen<T> & { fixed: boolean } {
  const { row } = usePanel();
  const { rights } = useGroup();
  const { api } = useClient();
  const save = (value: T) =>
    api.conversation.update({ conversation_id: row.conversation_id, ...change(value) });
  return { ...useChosen(current, save), fixed: !rights.manage };
}

function RightSelect({ right, label, who }: { right: Right; label: string; who: wire.Who }) {
  const { owner } = useGroup();
  const { value, error, fixed, choose } = useSetting<wire.Who>(who, chosen => ({ [right]: chosen }));
  // What only the owner may do only the owner gives to others.
  const owners = who === 'owner' && !owner;
  const choices = WHO.filter(one => owner || one !== 'owner' || owners);
  return (
    <>
      <Select
        label={label}
        choices={choices.map(choiceOf)}
        value={value}
        disabled={fixed || owners}
        hint={owners && !fixed ? t('group.ownersOnly') : undefined}
        onChange={choose}
      />
      <Failure error={error} />
    </>
  );
}

interface TimeSelectProps {
  setting: 'slow_mode_s' | 'recall_window_s';
  label: string;
  hint: string;
  now: number;
  usual: readonly number[];
  /** What is no time. */
  others: readonly Choice<string>[];
}

function TimeSelect({ setting, label, hint, now, usual, others }: TimeSelectProps) {
  const { value, error, fixed, choose } = useSetting(now, seconds => ({ [setting]: seconds }));
  const all = now > 0 && !usual.includes(now) ? [...usual, now].toSorted((a, b) => a - b) : usual;
  const times = all.map(seconds => ({ value: String(seconds), label: duration(seconds * 1_000) }));
  return (
    <>
      <Select
        label={label}
        hint={hint}
        choices={[...others, ...times]}
        value={String(value)}
        disabled={fixed}
        onChange={seconds => choose(Number(seconds))}
      />
      <Failure error={error} />
    </>
  );
}

function HiddenSwitch({ hidden }: { hidden: boolean }) {
  const { value, error, fixed, choose } = useSetting(hidden, members_hidden => ({ members_hidden }));
  return (
    <div className={styles.rows}>
      <Switch
        label={t('group.membersHidden')}
        hint={t('group.membersHiddenHint')}
        checked={value}
        disabled={fixed}
        onChange={choose}
      />
      <Failure error={error} />
    </div>
  );
}

function choiceOf(who: wire.Who): Choice<wire.Who> {
  return { value: who, label: whoText(who) };
}
