import type { Texts } from '../../index.ts';
import type { photo as english } from '../../en/people/photo.ts';

export const photo: Texts<typeof english> = {
  'photo.choose': '选择照片',
  'photo.remove': '移除照片',
  'photo.title': '选择显示区域',
  'photo.zoom': '缩放',
  'photo.failed': '无法读取此图片。请选择 PNG、JPEG、WebP 或 GIF。',
  'photo.background': '自己的图片',
};
