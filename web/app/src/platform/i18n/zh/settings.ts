import type { Texts } from '../index.ts';
import type { settings as english } from '../en/settings.ts';

export const settings: Texts<typeof english> = {
  'settings.title': '设置',
  'settings.profile': '个人资料',
  'settings.status': '状态',
  'settings.statusHint': '一句话介绍自己。',
  'settings.appearance': '外观',
  'settings.system': '跟随系统',
  'settings.light': '浅色',
  'settings.dark': '深色',
  'settings.devices': '设备',
  'settings.thisDevice': '此设备',
  'settings.online': '在线',
  'settings.since': '登录于 {date}',
  'settings.end': '退出登录',
  'settings.endOf': '让 {name} 退出登录',
  'settings.password': '修改密码',
  'settings.passwordNow': '当前密码',
  'settings.passwordNew': '新密码',
  'settings.passwordDone': '密码已修改，其他设备已退出登录。',
  'settings.signOut': '退出登录',
  'settings.unsent': { other: '{n} 条未发送的消息将会丢失。' },
};
