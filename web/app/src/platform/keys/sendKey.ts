import { deviceChoice, oneOf, useDeviceChoice } from '../choices/deviceChoice.ts';

/** What sends a message: Enter alone, or together with Ctrl or ⌘; the other one begins a new line. */
export type SendKey = 'enter' | 'ctrl-enter';

const choice = deviceChoice<SendKey>('parlance.send_key', 'enter', oneOf('enter', 'ctrl-enter'));

export const setSendKey = choice.set;

export function useSendKey(): SendKey {
  return useDeviceChoice(choice);
}
