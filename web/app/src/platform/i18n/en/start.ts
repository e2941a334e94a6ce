/** Starting chats. */
export const start = {
  'start.title': 'New chat',
  'start.direct': 'Message',
  'start.group': 'Group',
  'start.usernameHint': 'The exact username.',
  'start.add': 'Add',
  'start.open': 'Open chat',
  'start.groupName': 'Group name',
  'start.people': 'People',
  'start.create': 'Create group',
  'start.removePerson': 'Remove {name}',
  'start.notFound': 'Nobody has the username “{name}”.',
} as const;
