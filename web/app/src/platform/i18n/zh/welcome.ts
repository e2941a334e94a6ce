import type { Texts } from '../index.ts';
import type { welcome as english } from '../en/welcome.ts';

export const welcome: Texts<typeof english> = {
  'welcome.newServer': '属于你的服务器',
  'welcome.firstAccount': '这里还没有人。你现在创建的账号将管理此服务器，之后可用它邀请其他人。',
  'welcome.firstByHand': '这里还没有任何账号。请由服务器的运行者创建第一个：parlance user add NAME',
  'welcome.title': '欢迎，{name}',
  'welcome.text': '这里还没有内容，从这里开始吧。',
  'welcome.admin': '你是此服务器的管理员，从这里开始吧。',
  'welcome.invite': '邀请他人',
  'welcome.inviteText': '创建一个链接，让其他人注册账号。',
  'welcome.newText': '通过用户名联系他人，或创建群组。',
  'welcome.profile': '你的个人资料',
  'welcome.profileText': '介绍一下自己：名称和一句话简介。',
  'welcome.hint': '{keys} 可查找聊天、联系人、消息和命令。',
  'invite.title': '邀请他人',
  'invite.text': '拥有此链接的人可以在此服务器上创建账号。',
  'invite.uses': '可供使用人数',
  'invite.people': { other: '{n} 人' },
  'invite.expires': '有效期',
  'invite.days': { other: '{n} 天' },
  'invite.make': '创建链接',
  'invite.qr': '邀请链接的二维码，可用相机扫描',
  'invite.copy': '复制链接',
  'invite.copied': '已复制',
  'invite.copyByHand': '浏览器不允许此页面复制。请选中链接后复制。',
  'invite.until': { other: '可供 {n} 人使用，有效期至 {date}。仅在此时显示。' },
};
