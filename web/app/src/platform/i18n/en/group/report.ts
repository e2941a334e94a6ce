/** Telling the administrators about a message. */
export const report = {
  'report.title': 'Report',
  'report.member': 'Report',
  'report.group': 'Report group',
  'report.text':
    'The server’s administrators get the message you choose and what you say. Others are not told.',
  'report.which': 'Which message',
  'report.why': 'What is wrong',
  'report.spam': 'Spam or advertising',
  'report.abuse': 'Harassment or hate',
  'report.illegal': 'Something illegal',
  'report.other': 'Something else',
  'report.note': 'In your own words',
  'report.send': 'Send report',
  'report.done': 'Thank you. The administrators have your report.',
  'report.close': 'Done',
  'report.nothing':
    'A report is about a message, and there is none of theirs on screen. Scroll the chat to the message first.',
} as const;
