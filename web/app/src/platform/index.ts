export { messageText } from './i18n/messageText.ts';
export { useConnectionText } from './connection.ts';
export { duration } from './duration.ts';
export * as appearance from './appearance.ts';
export { deviceChoice, oneOf, useDeviceChoice, type DeviceChoice } from './deviceChoice.ts';
export { COMMANDS, commandsNow, runCommand, specOf, useCommand, type CommandId } from './commands.ts';
export { keyNames, listenForKeys } from './keys.ts';
export { shortcutGroups } from './shortcuts.ts';
export * as notices from './notices.ts';
export { registerWorker } from './worker.ts';
export { installApp, useInstall, type Install } from './install.ts';
export { useUpdate } from './update.ts';
export { whenUnseen } from './oneTab.ts';
export { LANGUAGE_NAMES, applyLanguage, language, type Language } from './language.ts';
export { findUser } from './findUser.ts';
export { joinNames, loadAdminTexts, locale, t, type TextKey } from './i18n/index.ts';
export { useUserNamed } from './useUserNamed.ts';
export { useReadable } from './readable.ts';
export { codeOf, reasonOf } from './refusal.ts';
export { useRequest } from './request.ts';
export {
  closeSheet,
  goBack,
  linkTo,
  navigate,
  openChat,
  takeInvite,
  useChatRoute,
  useRoute,
} from './router.ts';
export { SETTINGS_SECTIONS, hrefOf, type Route, type SettingsSection } from './routes.ts';
export {
  SessionContext,
  nameIn,
  useClient,
  useConversation,
  useMe,
  useName,
  useNameOf,
  useSession,
  useUser,
  type Session,
} from './session.ts';
export { useAttention, watchTab } from './tab.ts';
export { watchIdle } from './idle.ts';
export { presenceText } from './presence.ts';
export { useBlocked, useContact, usePresence, useTypists, useTypingText } from './people.ts';
export { sendKey, setSendKey, useSendKey, type SendKey } from './sendKey.ts';
export { clockTime, dayKey, dayName, listTime, longDate } from './time.ts';
export { useTitle, useTitleOf, type Title } from './title.ts';
export { useWatched } from './watched.ts';
