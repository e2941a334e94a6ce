import type { Texts } from '../../index.ts';
import type { picker as english } from '../../en/chat/picker.ts';

export const picker: Texts<typeof english> = {
  'emoji.search': '搜索表情',
  'emoji.tone': '肤色',
  'emoji.recent': '最近使用',
  'emoji.servers': '此服务器的表情',
  'emoji.none': '没有找到表情',
  'sticker.count': '{n} 张贴纸',
  'sticker.emoji': '表情',
  'sticker.mayNot': '您不能在此发送消息。',
  'sticker.none': '还没有贴纸',
  'sticker.noneAdmin': '在管理页面创建一个贴纸包，之后此服务器上的所有人都可以发送。',
  'sticker.noneFound': '没有对应的贴纸',
  'sticker.noneText': '此服务器的管理员可以添加贴纸包，请联系他们。',
  'sticker.notLoaded': '无法加载贴纸。请连接网络后再试。',
  'sticker.open': '贴纸 {emoji}，查看其贴纸包',
  'sticker.packGone': '此贴纸所属的贴纸包已不在此服务器上。',
  'sticker.packs': '贴纸包',
  'sticker.recent': '最近使用',
  'sticker.search': '按表情搜索，例如 🎉 或“派对”',
  'sticker.send': '发送贴纸 {emoji}',
  'sticker.stickers': '贴纸',
  'sticker.toAdmin': '添加贴纸',
};
