import type { Texts } from '../index.ts';
import type { app as english } from '../en/app.ts';

export const app: Texts<typeof english> = {
  'app.again': '重新加载',
  'app.failed': 'Parlance 的这一部分出错了',
  'app.failedText': '您写的内容没有丢失。重新加载页面通常就好了。',
  'app.name': 'Parlance',
  'app.loading': '正在加载',
  'app.close': '关闭',
  'app.announcement': '公告',
  'app.cancel': '取消',
  'app.save': '保存',
  'app.retry': '重试',
  'app.unreachable': '无法连接服务器。请检查服务器是否在运行，以及您的网络是否正常。',
  'app.listWidth': '列表宽度',
  'notice.message': '新消息',
  'app.updated': 'Parlance 有新版本可用。',
  'app.reload': '立即加载',
  'app.later': '稍后',
};
