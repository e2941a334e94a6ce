/** Polls. */
export const poll = {
  'poll.anonymous': 'Anonymous poll',
  'poll.public': 'Poll',
  'poll.several': 'several answers',
  'poll.closed': 'closed',
  'poll.until': 'until {when}',
  'poll.vote': 'Vote',
  'poll.retract': 'Take my vote back',
  'poll.showVoters': 'Show votes',
  'poll.close': 'Close poll',
  'poll.closeAsk': 'Close this poll?',
  'poll.closeText': 'Nobody can vote any more. It cannot be opened again.',
  'poll.nobody': 'Nobody yet',
  'poll.more': 'Show more',
  'poll.voters': { one: '{n} voter', other: '{n} voters' },
  'poll.votes': { one: '{n} vote', other: '{n} votes' },
} as const;
