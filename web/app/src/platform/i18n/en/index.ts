import { app } from './app.ts';
import { attach } from './attach.ts';
import { auth } from './auth.ts';
import { chat } from './chat.ts';
import { commands } from './commands.ts';
import { compose } from './compose.ts';
import { emoji } from './emoji.ts';
import { group } from './group.ts';
import { info } from './info.ts';
import { joining } from './joining.ts';
import { list } from './list.ts';
import { message } from './message.ts';
import { poll } from './poll.ts';
import { rich } from './rich.ts';
import { people } from './people.ts';
import { schedule } from './schedule.ts';
import { members } from './members.ts';
import { report } from './report.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { system } from './system.ts';
import { welcome } from './welcome.ts';

/** English: the complete catalogue. `{name}` is filled in; a pair of `one` and `other` follows the number `n`. */
export const en = {
  ...app,
  ...auth,
  ...list,
  ...status,
  ...chat,
  ...message,
  ...compose,
  ...emoji,
  ...system,
  ...start,
  ...commands,
  ...welcome,
  ...info,
  ...group,
  ...members,
  ...joining,
  ...report,
  ...rich,
  ...attach,
  ...poll,
  ...people,
  ...schedule,
  ...settings,
} as const;
