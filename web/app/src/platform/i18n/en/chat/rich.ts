/** What messages can hold: styled texts, places, people, cards, polls. */
export const rich = {
  'rich.code': 'Code',
  'rich.copyCode': 'Copy code',
  'rich.copied': 'Copied',
  'rich.reveal': 'Show hidden text',
  'rich.place': 'Location',
  'rich.openMap': 'Open in maps',
  'rich.copyPlace': 'Copy',
  'rich.message': 'Message',
  'rich.profile': 'Profile',
  'rich.picture': 'Open picture ({host})',
  'rich.replies': 'Suggested replies',
} as const;
