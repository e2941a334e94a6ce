/** What a conversation holds beside texts. */
export const shared = {
  'shared.title': 'Media and files',
  'shared.kinds': 'What to show',
  'shared.media': 'Media',
  'shared.voice': 'Voice',
  'shared.files': 'Files',
  'shared.links': 'Links',
  'shared.search': 'Search by name',
  'shared.searchLinks': 'Search by address',
  'shared.noMedia': 'No photos or videos yet',
  'shared.noVoice': 'No voice messages yet',
  'shared.noFiles': 'No files yet',
  'shared.noLinks': 'No links yet',
  'shared.noneText': 'What is shared in this chat can be found here.',
  'shared.notFound': 'Nothing found',
  'shared.notFoundText': 'Try another part of the name.',
  'shared.by': '{name}, {date}',
} as const;
