import { COMMANDS, specOf, type CommandGroup, type CommandId } from './commands.ts';
import { t } from '../i18n/index.ts';
import { keyNames } from './keys.ts';

const GROUPS: readonly CommandGroup[] = ['everywhere', 'chats', 'messages'];

/** The table of commands as people read it: those that have keys. */
export function shortcutGroups() {
  const ids = (Object.keys(COMMANDS) as CommandId[]).filter(id => specOf(id).keys.length > 0);
  return GROUPS.map(group => ({
    title: t(`commands.${group}`),
    rows: ids
      .filter(id => specOf(id).group === group)
      .map(id => ({ label: t(specOf(id).text), keys: specOf(id).keys.map(keys => keyNames(keys)) })),
  }));
}
