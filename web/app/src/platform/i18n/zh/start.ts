import type { Texts } from '../index.ts';
import type { start as english } from '../en/start.ts';

export const start: Texts<typeof english> = {
  'start.title': '新聊天',
  'start.direct': '私聊',
  'start.group': '群',
  'start.usernameHint': '准确的用户名。',
  'start.add': '添加',
  'start.open': '打开聊天',
  'start.groupName': '群名',
  'start.people': '成员',
  'start.create': '建群',
  'start.removePerson': '移除 {name}',
  'start.notFound': '没有用户名为“{name}”的人。',
};
