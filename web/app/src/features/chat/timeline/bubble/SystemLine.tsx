import type { wire } from '@parlance/sdk';
import { joinNames, t, useNameOf } from '../../../../platform/index.ts';
import { shortTime } from '../menu/remaining.ts';
import styles from './SystemLine.module.css';

/** What happened to the group, as a sentence. */
export function SystemLine({ entry }: { entry: wire.Entry }) {
  const nameOf = useNameOf();
  return (
    <p className={styles.line} data-index={entry.index}>
      <span className={styles.pill} dir="auto">
        {sentence(entry, nameOf)}
      </span>
    </p>
  );
}

function sentence({ body, sender: senderId }: wire.Entry, nameOf: (id: string) => string): string {
  const sender = nameOf(senderId);
  switch (body.kind) {
    case 'created':
      return t('system.created', { sender, name: body.name });
    case 'members_added':
      return t('system.added', { sender, members: joinNames(body.members.map(nameOf)) });
    case 'member_removed':
      return t('system.removed', { sender, member: nameOf(body.member) });
    case 'member_left':
      if (!body.new_owner) return t('system.left', { sender });
      return t('system.leftOwner', { sender, owner: nameOf(body.new_owner) });
    case 'role_changed':
      return t(body.role === 'admin' ? 'system.admin' : 'system.member', {
        sender,
        member: nameOf(body.member),
      });
    case 'owner_changed':
      return t('system.owner', { sender, owner: nameOf(body.owner) });
    case 'renamed':
      return t('system.renamed', { sender, name: body.name });
    default:
      return aboutGroup(body, sender, nameOf);
  }
}

/** What changed about the group's settings and people. */
function aboutGroup(body: wire.Body, sender: string, nameOf: (id: string) => string): string {
  switch (body.kind) {
    case 'settings_changed':
      return t('system.settings', { sender });
    case 'announced':
      return body.text
        ? t('system.announced', { sender, text: body.text })
        : t('system.unannounced', { sender });
    case 'member_joined':
      return t('system.joined', { sender });
    case 'member_muted':
      return t(body.until_ms ? 'system.muted' : 'system.unmuted', { sender, member: nameOf(body.member) });
    case 'member_banned':
      return t('system.banned', { sender, member: nameOf(body.member) });
    case 'member_unbanned':
      return t('system.unbanned', { sender, member: nameOf(body.member) });
    case 'pinned':
      return t('system.pinned', { sender });
    case 'disappearing_changed':
      return body.disappearing
        ? t('system.disappearing', { sender, time: shortTime(body.disappearing.ms) })
        : t('system.staying', { sender });
    case 'dissolved':
      return t('system.dissolved', { sender });
    default:
      return '';
  }
}
