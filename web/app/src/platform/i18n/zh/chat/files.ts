import type { Texts } from '../../index.ts';
import type { files as english } from '../../en/chat/files.ts';

export const files: Texts<typeof english> = {
  'files.shoot': '拍摄',
  'files.cameraDenied': '浏览器不允许此页面使用摄像头。请在地址栏旁允许，然后重试。',
  'files.cameraMissing': '未找到摄像头，或其他程序正在使用它。',
  'files.sendPhotos': { other: '发送 {n} 张照片' },
  'files.sendVideos': { other: '发送 {n} 个视频' },
  'files.sendFiles': { other: '发送 {n} 个文件' },
  'files.caption': '说明文字',
  'files.asFiles': '以文件形式发送',
  'files.asFilesHint': '内容不作任何改动，也不在聊天中直接显示。',
  'files.more': '继续添加',
  'files.remove': '移除 {name}',
  'files.looking': '正在读取文件',
  'files.large': '最大 {size}',
  'files.many': { other: '一条消息最多包含 {max} 个，{n} 个未加入。' },
  'files.quota': '您的文件最多可占用 {all}，还剩 {left}。请撤回不再需要的文件消息，或减少发送内容。',
  'files.uploading': '{sent} / {all}',
  'files.progress': '发送进度',
  'files.voice': '语音消息',
  'files.waiting': '等待发送',
  'files.cancel': '取消发送',
  'files.choose': '重新选择',
  'files.notThat': '这是另一个文件。请选择 {name}。',
  'files.asFile': '以文件形式发送',
};
