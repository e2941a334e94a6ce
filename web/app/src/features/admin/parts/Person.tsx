import type { wire } from '@parlance/sdk';
import { linkTo, useNameOf } from '../../../platform/index.ts';
import { Avatar } from '../../../ui/index.ts';
import styles from './parts.module.css';

/** Somebody in a table: picture, name and username. */
export function Person({ user }: { user: wire.User }) {
  return (
    <span className={styles.person}>
      <Avatar id={user.user_id} name={user.display_name} size={34} />
      <span className={styles.personText}>
        <bdi className={styles.personName}>{user.display_name}</bdi>
        <bdi className={styles.note} dir="ltr">
          @{user.username}
        </bdi>
      </span>
    </span>
  );
}

/** The name of somebody, as a link to what administrators see of them. */
export function PersonLink({ id }: { id: string }) {
  const nameOf = useNameOf();
  return (
    <a className={styles.link} {...linkTo({ page: 'admin', section: 'users', id })} dir="auto">
      {nameOf(id)}
    </a>
  );
}
