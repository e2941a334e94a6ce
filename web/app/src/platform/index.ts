export { messageText } from './i18n/messageText.ts';
export { attachmentsText, previewText } from './i18n/previewText.ts';
export { photosOf } from './media/photos.ts';
export { groundOf, isOwnPicture } from './media/ground.ts';
export { photoTexts, usePhoto } from './media/photo.ts';
export { fileSize, playTime } from './media/figures.ts';
export { watchContent } from './media/evict.ts';
export { useConnectionText, whenConnected } from './tab/connection.ts';
export { duration } from './duration.ts';
export * as appearance from './choices/appearance.ts';
export { deviceChoice, oneOf, useDeviceChoice, type DeviceChoice } from './choices/deviceChoice.ts';
export { COMMANDS, commandsNow, runCommand, specOf, useCommand, type CommandId } from './keys/commands.ts';
export { keyNames, listenForKeys } from './keys/keys.ts';
export { shortcutGroups } from './keys/shortcuts.ts';
export * as notices from './tab/notices.ts';
export { registerWorker } from './program/worker.ts';
export { installApp, useInstall, type Install } from './program/install.ts';
export { useUpdate } from './program/update.ts';
export { whenUnseen } from './tab/oneTab.ts';
export { LANGUAGE_NAMES, applyLanguage, language, type Language } from './choices/language.ts';
export { emojisOf } from './emoji/custom.ts';
export { emojiNamed, isEmoji, plain, useEmojiWords, type EmojiWords } from './emoji/words.ts';
export { findUser } from './people/findUser.ts';
export { joinNames, loadTexts, locale, t, type TextKey } from './i18n/index.ts';
export { FOREVER_MS, MUTES_MS, isMuted, mutedUntil } from './mute.ts';
export { useChosen, type Chosen } from './chosen.ts';
export { drawnLater } from './program/drawnLater.ts';
export { part } from './program/part.ts';
export { prefetch } from './program/prefetch.ts';
export { useUserNamed } from './people/useUserNamed.ts';
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
  useAsked,
  useChatRoute,
  useRoute,
} from './routes/router.ts';
export { SETTINGS_SECTIONS, hrefOf, type Route, type SettingsSection } from './routes/routes.ts';
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
export { useAttention, watchTab } from './tab/tab.ts';
export { watchIdle } from './tab/idle.ts';
export { presenceText } from './people/presence.ts';
export { useBlocked, useContact, usePresence, useTypists, useTypingText } from './people/people.ts';
export { setSendKey, useSendKey, type SendKey } from './keys/sendKey.ts';
export { clockTime, dayKey, dayName, listTime, longDate, monthName } from './time.ts';
export { useTitle, useTitleOf, type Title } from './people/title.ts';
export { useWatched } from './people/watched.ts';
