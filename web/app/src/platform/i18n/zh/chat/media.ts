import type { Texts } from '../../index.ts';
import type { media as english } from '../../en/chat/media.ts';

export const media: Texts<typeof english> = {
  'media.photo': '照片',
  'media.photos': '{n} 张照片',
  'media.gif': '动图',
  'media.sticker': '贴纸',
  'media.video': '视频',
  'media.videos': '{n} 个视频',
  'media.album': '{n} 张照片和视频',
  'media.voice': '语音消息 {time}',
  'media.file': '文件',
  'media.files': '{n} 个文件',
};
