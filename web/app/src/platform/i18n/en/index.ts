import { app } from './app.ts';
import { auth } from './auth.ts';
import { chat } from './chat.ts';
import { commands } from './commands.ts';
import { info } from './info.ts';
import { list } from './list.ts';
import { message } from './message.ts';
import { rich } from './rich.ts';
import { people } from './people.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { system } from './system.ts';

/** English: the complete catalogue. `{name}` is filled in; a pair of `one` and `other` follows the number `n`. */
export const en = {
  ...app,
  ...auth,
  ...list,
  ...status,
  ...chat,
  ...message,
  ...system,
  ...start,
  ...commands,
  ...info,
  ...rich,
  ...people,
  ...settings,
} as const;
