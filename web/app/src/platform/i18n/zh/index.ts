import type { Catalogue } from '../index.ts';
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

/** Simplified Chinese. */
export const zh: Catalogue = {
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
};
