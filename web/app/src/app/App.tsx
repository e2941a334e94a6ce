import { createAuth, createClient, isSessionOver, type Client, type wire } from '@parlance/sdk';
import { Suspense, useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import {
  SessionContext,
  emojisOf,
  language,
  navigate,
  photosOf,
  part,
  reasonOf,
  t,
  takeInvite,
  watchContent,
  watchIdle,
  watchTab,
  whenConnected,
  type Session,
} from '../platform/index.ts';
import { Button, EmojisContext, EmptyState, PhotosContext, loadAgain } from '../ui/index.ts';
import { CloudOff } from 'lucide-react';
import styles from './App.module.css';
import { Loading } from './Loading.tsx';
import { Shell } from './Shell.tsx';

const AuthPage = part(() => import('../features/auth/index.ts').then(m => m.AuthPage));

type State =
  | { name: 'loading' }
  | { name: 'unreachable'; reason: string }
  | { name: 'signedOut'; notice?: string }
  | { name: 'signedIn'; client: Client };

const auth = createAuth({ url: location.origin });
const taken = takeInvite();
/** Who was signed in last on this device; gone with the session. */
const ME = 'parlance.me';

/** Finds out who is signed in and shows what fits. */
export function App() {
  const [state, setState] = useState<State>({ name: 'loading' });
  const [invite, setInvite] = useState(taken);

  const enter = useCallback(async () => {
    setState({ name: 'loading' });
    try {
      const me = await whoAmI();
      setState({ name: 'signedIn', client: await begin(me) });
    } catch (error) {
      setState(
        isSessionOver(error) ? { name: 'signedOut' } : { name: 'unreachable', reason: reasonOf(error) },
      );
    }
  }, []);

  useEffect(() => void enter(), [enter]);

  const leave = useCallback(async (client: Client, notice?: string) => {
    localStorage.removeItem(ME);
    await client.stop({ forget: true });
    navigate({ page: 'list' }, { replace: true });
    setState({ name: 'signedOut', ...(notice && { notice }) });
  }, []);

  switch (state.name) {
    case 'loading':
      return <Loading />;
    case 'unreachable':
      return (
        <main className={styles.center}>
          <EmptyState icon={<CloudOff size={32} />} title={t('status.offline')} text={state.reason}>
            <Button look="primary" onClick={() => void enter()}>
              {t('app.retry')}
            </Button>
          </EmptyState>
        </main>
      );
    case 'signedOut':
      return (
        <Suspense fallback={<Loading />}>
          <AuthPage
            auth={auth}
            invite={invite}
            notice={state.notice ?? invitedText()}
            onSignedIn={() => {
              setInvite(undefined);
              void enter();
            }}
          />
        </Suspense>
      );
    case 'signedIn':
      return <SignedIn client={state.client} onLeave={leave} />;
  }
}

/** Why somebody who opened a link into a group sees a form first. */
function invitedText(): string | undefined {
  return location.pathname.startsWith('/join') ? t('auth.toJoin') : undefined;
}

/** Who is signed in: by the server or, without a connection, as it was last; what is stored is theirs to read. */
async function whoAmI(): Promise<wire.Me> {
  try {
    const me = await auth.me();
    localStorage.setItem(ME, JSON.stringify(me));
    return me;
  } catch (error) {
    const kept = localStorage.getItem(ME);
    if (isSessionOver(error) || kept === null) throw error;
    return JSON.parse(kept) as wire.Me;
  }
}

/** Loads what is stored before the first paint of the list, then connects in the background. */
async function begin(me: wire.Me): Promise<Client> {
  const client = await createClient({ url: location.origin, me, store: 'idb' });
  await client.start();
  return client;
}

interface SignedInProps {
  client: Client;
  onLeave(client: Client, notice?: string): Promise<void>;
}

function SignedIn({ client, onLeave }: SignedInProps) {
  // Texts are no state of what shows them: in another language all of it is drawn anew.
  const shownIn = useSyncExternalStore(language.subscribe, language.get);
  const photos = useMemo(() => photosOf(client), [client]);
  const emojis = useMemo(() => emojisOf(client), [client]);
  const session = useMemo<Session>(
    () => ({
      client,
      signOut: async () => {
        // Without an answer the session lives on at the server; here everything is forgotten all the same.
        await auth.logOut().catch(() => undefined);
        await onLeave(client);
      },
      rebuild: async () => {
        await client.stop({ forget: true });
        location.reload();
      },
    }),
    [client, onLeave],
  );

  useEffect(() => watchTab(client), [client]);
  useEffect(() => watchIdle(client), [client]);
  useEffect(() => watchContent(client), [client]);
  useEffect(() => whenConnected(client, loadAgain), [client]);
  useEffect(
    () => client.events.on('session.over', () => void onLeave(client, t('auth.sessionOver'))),
    [client, onLeave],
  );

  return (
    <SessionContext value={session}>
      <PhotosContext value={photos}>
        <EmojisContext value={emojis}>
          <Shell key={shownIn} />
        </EmojisContext>
      </PhotosContext>
    </SessionContext>
  );
}
