import type { Texts } from '../index.ts';
import type { auth as english } from '../en/auth.ts';

export const auth: Texts<typeof english> = {
  'auth.signIn': '登录',
  'auth.signUp': '注册',
  'auth.signInTitle': '欢迎回来',
  'auth.signUpTitle': '创建您的账号',
  'auth.intro': '消息保存在您自己的服务器上。',
  'auth.username': '用户名',
  'auth.usernameHint': '3 至 32 个字符：a–z、0–9、点、连字符、下划线，以字母开头。',
  'auth.displayName': '显示名称',
  'auth.displayNameHint': '别人看到的名字，以后可以修改。',
  'auth.password': '密码',
  'auth.passwordHint': '至少 {n} 个字符。连着写几个词就很好。',
  'auth.newPassword': '新密码',
  'auth.newPasswordNeeded': '您的密码由管理员设置。请自己选择一个：至少 {n} 个字符。',
  'auth.invite': '邀请码',
  'auth.inviteHint': '此服务器凭邀请注册。请向已在其中的人索取邀请。',
  'auth.closed': '此服务器的新账号由管理员创建。',
  'auth.toSignUp': '第一次来？',
  'auth.toSignIn': '已有账号？',
  'auth.sessionOver': '此设备已被退出登录。请重新登录。',
  'auth.toJoin': '有人邀请你加入群。请登录或注册后查看。',
};
