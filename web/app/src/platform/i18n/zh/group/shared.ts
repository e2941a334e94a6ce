import type { Texts } from '../../index.ts';
import type { shared as english } from '../../en/group/shared.ts';

export const shared: Texts<typeof english> = {
  'shared.title': '媒体和文件',
  'shared.kinds': '显示内容',
  'shared.media': '媒体',
  'shared.voice': '语音',
  'shared.files': '文件',
  'shared.links': '链接',
  'shared.search': '按名称搜索',
  'shared.searchLinks': '按地址搜索',
  'shared.noMedia': '还没有照片或视频',
  'shared.noVoice': '还没有语音消息',
  'shared.noFiles': '还没有文件',
  'shared.noLinks': '还没有链接',
  'shared.noneText': '在此聊天中分享的内容可在这里找到。',
  'shared.notFound': '未找到',
  'shared.notFoundText': '请尝试名称的其他部分。',
  'shared.by': '{name}，{date}',
};
