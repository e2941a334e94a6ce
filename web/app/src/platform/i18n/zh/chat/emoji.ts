import type { Texts } from '../../index.ts';
import type { emoji as english } from '../../en/chat/emoji.ts';

export const emoji: Texts<typeof english> = {
  'emoji.search': '搜索表情',
  'emoji.tone': '肤色',
  'emoji.recent': '最近使用',
  'emoji.servers': '此服务器的表情',
  'emoji.none': '没有找到表情',
};
