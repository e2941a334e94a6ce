import type {
  Attachment,
  ConversationId,
  CustomEmoji,
  Entry,
  FileId,
  StickerPackId,
  UserId,
} from '../../gen/wire.gen.ts';

export interface ContentOptions {
  /** One of a picture's smaller sizes: `small` fits into 320 x 320, `large` into 1280 x 1280 pixels. */
  size?: 'small' | 'large';
  /** For a browser to save it instead of showing it. */
  download?: boolean;
}

/**
 * Where the content of a message's file is read, on the server. A browser that is signed in sends its cookie along, so
 * that the path can be the source of an image; programs send their token.
 */
export function contentPath(
  conversation: ConversationId,
  index: number,
  file: FileId,
  { size, download }: ContentOptions = {},
): string {
  const query = [size && `size=${size}`, download && 'download'].filter(Boolean).join('&');
  return `/api/v1/conversations/${conversation}/messages/${index}/files/${file}${query && `?${query}`}`;
}

/** The header by which whoever has a link into a group reads its photo: the link's code. */
export const LINK_CODE = 'Parlance-Link-Code';

/** Where the photo of a person or a group is read, in its small size. */
export function photoPath(id: UserId | ConversationId, photo: FileId): string {
  const owner = id.startsWith('u_') ? 'users' : 'conversations';
  return `/api/v1/${owner}/${id}/photo/${photo}?size=small`;
}

/** Every path at which content of a message may have been read. */
export function contentPaths(conversation: ConversationId, { index, details }: Entry): string[] {
  const at = (file: FileId, options?: ContentOptions) => contentPath(conversation, index, file, options);
  const card = details?.preview?.picture?.file_id;
  const carried = (details?.attachments ?? []).flatMap(({ file_id: file, kind, poster }) => [
    at(file),
    at(file, { download: true }),
    ...(poster ? allSizes(poster) : []),
    ...(kind === 'picture' ? allSizes(file) : []),
  ]);
  function allSizes(picture: FileId): string[] {
    return [at(picture), at(picture, { size: 'small' }), at(picture, { size: 'large' })];
  }
  return [...new Set([...carried, ...(card ? [at(card)] : [])])];
}

/** Where a sticker is read as long as its pack has it. */
export function stickerPath(pack: StickerPackId, file: FileId, { size }: ContentOptions = {}): string {
  return `/api/v1/stickers/${pack}/${file}${size ? `?size=${size}` : ''}`;
}

/** Where a custom emoji is read; another picture of its name has another address. */
export function emojiPath({ name, file_id: file }: Pick<CustomEmoji, 'name' | 'file_id'>): string {
  return `/api/v1/emoji/${encodeURIComponent(name)}?v=${file}`;
}

/** Whether an attachment is to be looked at: a picture or a video that is somebody's own, no sticker. */
export function isVisual({ kind, sticker }: Pick<Attachment, 'kind' | 'sticker'>): boolean {
  return (kind === 'picture' && !sticker) || kind === 'video';
}
