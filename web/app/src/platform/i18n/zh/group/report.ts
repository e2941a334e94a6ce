import type { Texts } from '../../index.ts';
import type { report as english } from '../../en/group/report.ts';

export const report: Texts<typeof english> = {
  'report.title': '举报',
  'report.member': '举报',
  'report.group': '举报群',
  'report.text': '服务器管理员会收到你选择的消息和你的说明。其他人不会得知。',
  'report.which': '哪条消息',
  'report.why': '有什么问题',
  'report.spam': '垃圾信息或广告',
  'report.abuse': '骚扰或仇恨',
  'report.illegal': '违法内容',
  'report.other': '其他',
  'report.note': '补充说明',
  'report.send': '提交举报',
  'report.done': '谢谢。管理员已收到你的举报。',
  'report.close': '完成',
  'report.nothing': '举报需要针对一条消息，而屏幕上没有对方的消息。请先在聊天中滚动到那条消息。',
};
