import { Refusal, type Client, type wire } from '@parlance/sdk';
import { t } from '../i18n/index.ts';

/** Somebody by exact username, or the reason there is nobody. */
export async function findUser(client: Client, typed: string): Promise<wire.User> {
  const username = typed.trim().replace(/^@/, '').toLowerCase();
  try {
    const user = await client.call('user.find', { username });
    client.users.learn([user]);
    return user;
  } catch (error) {
    const unknown = error instanceof Refusal && error.code === 'not_found';
    throw unknown ? new Error(t('people.notFound', { name: username }), { cause: error }) : error;
  }
}
