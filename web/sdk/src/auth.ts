import type { LogIn, Me, Register, ServerInfo, SignedIn } from './gen/wire.gen.ts';
import { createHttp, type HttpOptions } from './transport/http.ts';

/** Signing in and out over HTTP. In a browser the session lives in a cookie that scripts cannot read. */
export interface Auth {
  /** Who is signed in; rejects with a `Refusal` of status 401 if nobody is. */
  me(): Promise<Me>;
  /** What the server is and who may register. */
  server(): Promise<ServerInfo>;
  register(input: Register): Promise<SignedIn>;
  logIn(input: LogIn): Promise<SignedIn>;
  /** Ends this session and clears the cookie. */
  logOut(): Promise<unknown>;
}

export function createAuth(options: HttpOptions): Auth {
  const call = createHttp(options);
  return {
    me: () => call('profile.get', {}),
    server: () => call('server.get', {}),
    register: input => call('account.register', input),
    logIn: input => call('session.log_in', input),
    logOut: () => call('session.log_out', {}),
  };
}
