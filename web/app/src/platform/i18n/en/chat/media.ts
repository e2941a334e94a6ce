/** What a message carries, as the list and quotes name it. */
export const media = {
  'media.photo': 'Photo',
  'media.photos': { one: '{n} photo', other: '{n} photos' },
  'media.gif': 'GIF',
  'media.sticker': 'Sticker',
  'media.video': 'Video',
  'media.videos': { one: '{n} video', other: '{n} videos' },
  'media.album': { one: '{n} photo or video', other: '{n} photos and videos' },
  'media.voice': 'Voice message {time}',
  'media.file': 'File',
  'media.files': { one: '{n} file', other: '{n} files' },
} as const;
