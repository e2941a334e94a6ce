import type { Texts } from '../../index.ts';
import type { people as english } from '../../en/people/people.ts';

export const people: Texts<typeof english> = {
  'people.online': '在线',
  'people.away': '离开',
  'people.offline': '离线',
  'people.seenNow': '刚刚在线',
  'people.seenMinutes': { other: '{n} 分钟前在线' },
  'people.seenToday': '今天 {time} 在线',
  'people.seenYesterday': '昨天 {time} 在线',
  'people.seenDate': '{date} 在线',
  'people.typing': '正在输入…',
  'people.recording': '正在录音…',
  'people.oneTyping': '{name} 正在输入…',
  'people.oneRecording': '{name} 正在录音…',
  'people.bothTyping': '{names} 正在输入…',
  'people.manyTyping': { other: '{n} 人正在输入…' },
  'people.contacts': '联系人',
  'people.back': '返回聊天',
  'people.requestCount': { other: '{n} 个请求' },
  'people.notFound': '没有用户名为“{name}”的人。',
};
