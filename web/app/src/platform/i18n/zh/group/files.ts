import type { Texts } from '../../index.ts';
import type { files as english } from '../../en/group/files.ts';

export const files: Texts<typeof english> = {
  'files.title': '媒体和文件',
  'files.kinds': '显示内容',
  'files.media': '媒体',
  'files.voice': '语音',
  'files.files': '文件',
  'files.links': '链接',
  'files.search': '按名称搜索',
  'files.searchLinks': '按地址搜索',
  'files.noMedia': '还没有照片或视频',
  'files.noVoice': '还没有语音消息',
  'files.noFiles': '还没有文件',
  'files.noLinks': '还没有链接',
  'files.noneText': '在此聊天中分享的内容可在这里找到。',
  'files.notFound': '未找到',
  'files.notFoundText': '请尝试名称的其他部分。',
  'files.by': '{name}，{date}',
};
