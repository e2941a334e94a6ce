import type { Texts } from '../../index.ts';
import type { rich as english } from '../../en/chat/rich.ts';

export const rich: Texts<typeof english> = {
  'rich.code': '代码',
  'rich.copyCode': '复制代码',
  'rich.copied': '已复制',
  'rich.reveal': '显示隐藏的文字',
  'rich.place': '位置',
  'rich.openMap': '在地图中打开',
  'rich.copyPlace': '复制',
  'rich.message': '发消息',
  'rich.profile': '资料',
  'rich.picture': '打开图片（{host}）',
  'rich.replies': '建议的回复',
};
