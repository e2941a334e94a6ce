import type { Texts } from '../../index.ts';
import type { schedule as english } from '../../en/chat/schedule.ts';

export const schedule: Texts<typeof english> = {
  'schedule.menu': '发送方式',
  'schedule.later': '稍后发送',
  'schedule.at': '日期和时间',
  'schedule.set': '定时发送',
  'schedule.past': '请选择一个将来的时间。',
  'schedule.plain': '定时消息以纯文本发送：格式、文字链接和提及不会保留。',
  'schedule.hour': '一小时后',
  'schedule.evening': '今晚',
  'schedule.tomorrow': '明天早上',
  'schedule.monday': '星期一早上',
  'schedule.title': '定时消息',
  'schedule.someRefused': '有一条定时消息未能发送',
  'schedule.change': '更改时间',
  'schedule.now': '立即发送',
  'schedule.drop': '删除',
  'schedule.waiting': { other: '{n} 条待发送，下一条在 {when}' },
};
