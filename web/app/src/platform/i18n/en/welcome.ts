/** The first steps, and inviting others. */
export const welcome = {
  'welcome.newServer': 'A server of your own',
  'welcome.firstAccount':
    'Nobody is here yet. The account you create now administers this server; with it you invite the others.',
  'welcome.firstByHand':
    'Nobody has an account here yet. Whoever runs this server makes the first one: parlance user add NAME',
  'welcome.title': 'Welcome, {name}',
  'welcome.text': 'Nothing is here yet. This is how it begins.',
  'welcome.admin': 'You administer this server. It is yours to fill: this is how it begins.',
  'welcome.invite': 'Invite people',
  'welcome.inviteText': 'Make a link with which others create their accounts.',
  'welcome.newText': 'Write to somebody by their username, or start a group.',
  'welcome.profile': 'Your profile',
  'welcome.profileText': 'Say who you are: a name and a line about yourself.',
  'welcome.hint': '{keys} finds chats, people, messages and commands.',
  'invite.title': 'Invite people',
  'invite.text': 'Whoever has the link can create an account on this server.',
  'invite.uses': 'For how many',
  'invite.people': { one: '{n} person', other: '{n} people' },
  'invite.expires': 'How long it is good',
  'invite.days': { one: '{n} day', other: '{n} days' },
  'invite.make': 'Make a link',
  'invite.qr': 'QR code of the invite, for a camera',
  'invite.copy': 'Copy the link',
  'invite.copied': 'Copied',
  'invite.copyByHand': 'The browser does not let this page copy. Select the link and copy it.',
  'invite.until': {
    one: 'For {n} person, until {date}. It is shown only now.',
    other: 'For {n} people, until {date}. It is shown only now.',
  },
} as const;
