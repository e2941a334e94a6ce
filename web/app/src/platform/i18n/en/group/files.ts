/** What a conversation holds beside texts. */
export const files = {
  'files.title': 'Media and files',
  'files.kinds': 'What to show',
  'files.media': 'Media',
  'files.voice': 'Voice',
  'files.files': 'Files',
  'files.links': 'Links',
  'files.search': 'Search by name',
  'files.searchLinks': 'Search by address',
  'files.noMedia': 'No photos or videos yet',
  'files.noVoice': 'No voice messages yet',
  'files.noFiles': 'No files yet',
  'files.noLinks': 'No links yet',
  'files.noneText': 'What is shared in this chat can be found here.',
  'files.notFound': 'Nothing found',
  'files.notFoundText': 'Try another part of the name.',
  'files.by': '{name}, {date}',
} as const;
