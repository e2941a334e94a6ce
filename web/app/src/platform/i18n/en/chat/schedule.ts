/** Messages to be sent later. */
export const schedule = {
  'schedule.menu': 'Ways to send',
  'schedule.later': 'Send later',
  'schedule.at': 'Date and time',
  'schedule.set': 'Schedule',
  'schedule.past': 'Choose a time that is still to come.',
  'schedule.plain': 'What is sent later is plain text: styles, links behind words and mentions are left out.',
  'schedule.hour': 'In an hour',
  'schedule.evening': 'This evening',
  'schedule.tomorrow': 'Tomorrow morning',
  'schedule.monday': 'Monday morning',
  'schedule.title': 'Scheduled messages',
  'schedule.someRefused': 'A scheduled message was not sent',
  'schedule.change': 'Change the time',
  'schedule.now': 'Send now',
  'schedule.drop': 'Delete',
  'schedule.waiting': { one: 'To be sent {when}', other: '{n} to be sent, the next {when}' },
} as const;
