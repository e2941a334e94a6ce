/** What every part of the screen says. */
export const app = {
  'app.again': 'Load again',
  'app.failed': 'This part of Parlance failed',
  'app.failedText': 'Nothing that you wrote is lost. Loading the page again usually helps.',
  'app.name': 'Parlance',
  'app.loading': 'Loading',
  'app.close': 'Close',
  'app.announcement': 'Announcement',
  'app.cancel': 'Cancel',
  'app.save': 'Save',
  'app.retry': 'Try again',
  'app.unreachable': 'The server cannot be reached. Check that it is running and that you are connected.',
  'app.listWidth': 'Width of the list',
  'notice.message': 'New message',
  'app.updated': 'A new version of Parlance is ready.',
  'app.reload': 'Load it',
  'app.later': 'Later',
} as const;
