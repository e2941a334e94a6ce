import type { Texts } from '../../index.ts';
import type { viewer as english } from '../../en/chat/viewer.ts';

export const viewer: Texts<typeof english> = {
  'media.view': '打开{what}',
  'media.of': '{what}，第 {n} 个，共 {total} 个',
  'media.download': '下载 {name}',
  'media.downloadThis': '下载',
  'media.play': '播放',
  'media.pause': '暂停',
  'media.seek': '语音消息中的位置',
  'media.speed': '速度 {speed}',
  'media.failed': '无法在此播放，请下载后查看。',
  'media.failedPicture': '无法加载此照片。请在联网后重试。',
  'media.unheard': '请在联网后重试。',
  'media.hearing': '正在播放的语音消息',
  'media.hearingEnd': '停止播放',
  'media.viewer': '照片和视频',
  'media.next': '下一个',
  'media.previous': '上一个',
  'media.zoomIn': '放大',
  'media.zoomOut': '缩小',
  'media.showInChat': '在聊天中显示',
  'media.goneTitle': '内容已不在',
  'media.goneText': '这条消息已被撤回或已过期。',
};
