/** Photos of people and groups, and pictures behind chats. */
export const photo = {
  'photo.choose': 'Choose a photo',
  'photo.remove': 'Remove photo',
  'photo.title': 'Choose what is seen',
  'photo.zoom': 'Zoom',
  'photo.failed': 'This picture cannot be read. Choose a PNG, JPEG, WebP or GIF.',
  'photo.background': 'Own picture',
} as const;
