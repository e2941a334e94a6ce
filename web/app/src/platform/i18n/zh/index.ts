import type { Catalogue } from '../index.ts';
import { app } from './app.ts';
import { attach } from './chat/attach.ts';
import { auth } from './auth.ts';
import { chat } from './chat/chat.ts';
import { commands } from './commands.ts';
import { compose } from './chat/compose.ts';
import { list } from './people/list.ts';
import { media } from './chat/media.ts';
import { message } from './chat/message.ts';
import { people } from './people/people.ts';
import { photo } from './people/photo.ts';
import { rich } from './chat/rich.ts';
import { schedule } from './chat/schedule.ts';
import { status } from './status.ts';
import { system } from './chat/system.ts';

/** Simplified Chinese. */
export const zh: Catalogue = {
  ...app,
  ...auth,
  ...list,
  ...status,
  ...chat,
  ...message,
  ...media,
  ...compose,
  ...system,
  ...commands,
  ...rich,
  ...attach,
  ...people,
  ...photo,
  ...schedule,
};
