import type { Client } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';

/** An id as it stands in the audit log. */
const ID = /^[a-z]_[0-9a-z_]+$/;

/** The id of what was typed: an id as it is, else the user of that name; or the reason that there is none. */
export async function findId(client: Client, typed: string): Promise<string> {
  const text = typed.trim();
  if (ID.test(text)) return text;
  const name = text.replace(/^@/, '').toLowerCase();
  // Disabled users are found among what administrators see only.
  const { users } = await client.call('admin.list_users', { query: name, limit: 200 });
  const found = users.find(row => row.user.username === name);
  if (!found) throw new Error(t('people.notFound', { name }));
  client.users.learn([found.user]);
  return found.user.user_id;
}
