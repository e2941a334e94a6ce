import type { Catalogue } from '../index.ts';
import { app } from './app.ts';
import { attach } from './chat/attach.ts';
import { auth } from './auth.ts';
import { chat } from './chat/chat.ts';
import { commands } from './commands.ts';
import { compose } from './chat/compose.ts';
import { emoji } from './chat/emoji.ts';
import { group } from './group/group.ts';
import { info } from './group/info.ts';
import { joining } from './group/joining.ts';
import { list } from './people/list.ts';
import { message } from './chat/message.ts';
import { poll } from './chat/poll.ts';
import { rich } from './chat/rich.ts';
import { people } from './people/people.ts';
import { schedule } from './chat/schedule.ts';
import { members } from './people/members.ts';
import { report } from './group/report.ts';
import { settings } from './settings.ts';
import { start } from './people/start.ts';
import { status } from './status.ts';
import { system } from './chat/system.ts';
import { welcome } from './welcome.ts';

/** Simplified Chinese. */
export const zh: Catalogue = {
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
};
