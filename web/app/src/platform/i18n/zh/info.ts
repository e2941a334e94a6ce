import type { Texts } from '../index.ts';
import type { info as english } from '../en/info.ts';

export const info: Texts<typeof english> = {
  'info.title': '信息',
  'info.members': '成员',
  'info.owner': '群主',
  'info.admin': '管理员',
  'info.you': '你',
  'info.rename': '改名',
  'info.name': '群名',
  'info.add': '添加成员',
  'info.makeAdmin': '设为管理员',
  'info.makeMember': '取消管理员',
  'info.handOver': '转让群',
  'info.remove': '移出群',
  'info.leave': '退出群',
  'info.leaveSure': '确定退出？',
  'info.handOverSure': '确定转让？',
  'info.more': '显示更多成员',
  'info.actions': '对 {name} 的操作',
  'info.message': '发消息',
};
