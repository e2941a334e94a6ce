/** Signing in and up. */
export const auth = {
  'auth.signIn': 'Sign in',
  'auth.signUp': 'Create account',
  'auth.signInTitle': 'Welcome back',
  'auth.signUpTitle': 'Create your account',
  'auth.intro': 'Messages on your own server.',
  'auth.username': 'Username',
  'auth.usernameHint': '3 to 32 characters: a–z, 0–9, dot, dash, underscore. Starts with a letter.',
  'auth.displayName': 'Display name',
  'auth.displayNameHint': 'What others see. You can change it later.',
  'auth.password': 'Password',
  'auth.passwordHint': 'At least {n} characters. A few words in a row work well.',
  'auth.newPassword': 'New password',
  'auth.newPasswordNeeded':
    'Your password was set by an administrator. Choose your own: at least {n} characters.',
  'auth.invite': 'Invite code',
  'auth.inviteHint': 'Accounts on this server are made by invite. Ask somebody who is on it.',
  'auth.closed': 'New accounts on this server are made by its administrators.',
  'auth.toSignUp': 'New here?',
  'auth.toSignIn': 'Already have an account?',
  'auth.sessionOver': 'This device was signed out. Sign in to go on.',
  'auth.toJoin': 'You are invited to a group. Sign in, or create an account, to see it.',
} as const;
