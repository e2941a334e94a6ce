import { between, deviceChoice, oneOf } from './deviceChoice.ts';

export type Theme = 'system' | 'light' | 'dark';
export type Motion = 'system' | 'less';

export const MESSAGE_SIZE_MIN = 13;
export const MESSAGE_SIZE_MAX = 20;
/** The width of the list of chats, in pixels. */
export const LIST_WIDTH_MIN = 280;
export const LIST_WIDTH_MAX = 360;

export const theme = deviceChoice<Theme>('parlance.theme', 'system', oneOf('system', 'light', 'dark'));
export const motion = deviceChoice<Motion>('parlance.motion', 'system', oneOf('system', 'less'));
/** The size of messages, in pixels of a page that is not enlarged. */
export const messageSize = deviceChoice(
  'parlance.messageSize',
  15,
  between(MESSAGE_SIZE_MIN, MESSAGE_SIZE_MAX),
);
export const listWidth = deviceChoice('parlance.listWidth', 340, between(LIST_WIDTH_MIN, LIST_WIDTH_MAX));

const ROOT_FONT_PX = 16;

/** Puts what was chosen on the page, now and whenever it changes; the style sheets do the rest. */
export function applyAppearance(): void {
  const apply = () => {
    const { dataset, style } = document.documentElement;
    mark(dataset, 'theme', theme.get());
    mark(dataset, 'motion', motion.get());
    style.setProperty('--message-size', `${messageSize.get() / ROOT_FONT_PX}rem`);
  };
  for (const choice of [theme, motion, messageSize]) choice.subscribe(apply);
  apply();
}

/** Whether movement is unwelcome, for what style sheets cannot decide. */
export function wantsLessMotion(): boolean {
  return motion.get() === 'less' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function mark(dataset: DOMStringMap, name: string, value: string): void {
  if (value === 'system') delete dataset[name];
  else dataset[name] = value;
}
