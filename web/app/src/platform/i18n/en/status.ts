/** The connection. */
export const status = {
  'status.connecting': 'Connecting…',
  'status.updating': 'Updating…',
  'status.offline': 'No connection',
  'status.queued': { one: '{n} message waiting to send', other: '{n} messages waiting to send' },
} as const;
