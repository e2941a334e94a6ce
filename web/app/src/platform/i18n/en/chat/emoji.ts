/** The emoji picker. */
export const emoji = {
  'emoji.search': 'Search emoji',
  'emoji.tone': 'Skin tone',
  'emoji.recent': 'Recently used',
  'emoji.servers': 'This server’s',
  'emoji.none': 'No emoji found',
} as const;
