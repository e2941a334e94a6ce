import type { Texts } from '../../index.ts';
import type { system as english } from '../../en/chat/system.ts';

export const system: Texts<typeof english> = {
  'system.created': '{sender} 创建了群“{name}”',
  'system.added': '{sender} 添加了 {members}',
  'system.removed': '{sender} 移除了 {member}',
  'system.left': '{sender} 退出了',
  'system.leftOwner': '{sender} 退出了，{owner} 成为群主',
  'system.admin': '{sender} 将 {member} 设为管理员',
  'system.member': '{sender} 将 {member} 恢复为普通成员',
  'system.owner': '{sender} 将群转让给 {owner}',
  'system.renamed': '{sender} 将群名改为“{name}”',
  'system.settings': '{sender} 修改了群设置',
  'system.announced': '{sender} 发布公告：{text}',
  'system.unannounced': '{sender} 撤下了公告',
  'system.joined': '{sender} 通过链接加入',
  'system.muted': '{sender} 禁言了 {member}',
  'system.unmuted': '{sender} 解除了 {member} 的禁言',
  'system.banned': '{sender} 封禁了 {member}',
  'system.unbanned': '{sender} 解除了 {member} 的封禁',
  'system.pinned': '{sender} 置顶了一条消息',
  'system.disappearing': '{sender} 设置新消息在 {time} 后消失',
  'system.staying': '{sender} 关闭了消息自动消失',
  'system.dissolved': '{sender} 解散了群',
};
