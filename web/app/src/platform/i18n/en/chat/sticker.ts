/** Stickers: sent, and chosen from packs. */
export const sticker = {
  'sticker.count': { one: '{n} sticker', other: '{n} stickers' },
  'sticker.emoji': 'Emoji',
  'sticker.mayNot': 'You cannot send messages here.',
  'sticker.none': 'No stickers yet',
  'sticker.noneAdmin': 'Make a pack in the administration: everybody on this server can send it then.',
  'sticker.noneFound': 'No sticker for that',
  'sticker.noneText': 'The administrators of this server can add packs of stickers. Ask one of them.',
  'sticker.notLoaded': 'The stickers could not be loaded. Look again once you are connected.',
  'sticker.open': 'Sticker {emoji}. Show its pack',
  'sticker.packGone': 'The pack of this sticker is no longer on this server.',
  'sticker.packs': 'Packs',
  'sticker.recent': 'Recently used',
  'sticker.search': 'Search by emoji, such as 🎉 or “party”',
  'sticker.send': 'Send sticker {emoji}',
  'sticker.stickers': 'Stickers',
  'sticker.toAdmin': 'Add stickers',
} as const;
