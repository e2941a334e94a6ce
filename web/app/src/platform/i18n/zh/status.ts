import type { Texts } from '../index.ts';
import type { status as english } from '../en/status.ts';

export const status: Texts<typeof english> = {
  'status.connecting': '正在连接…',
  'status.updating': '正在更新…',
  'status.offline': '没有连接',
  'status.queued': { other: '{n} 条消息等待发送' },
};
