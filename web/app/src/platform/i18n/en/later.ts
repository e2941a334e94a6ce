import { picker } from './chat/picker.ts';
import { files } from './chat/files.ts';
import { shared } from './group/shared.ts';
import { group } from './group/group.ts';
import { info } from './group/info.ts';
import { joining } from './group/joining.ts';
import { members } from './people/members.ts';
import { poll } from './chat/poll.ts';
import { profile } from './people/profile.ts';
import { report } from './group/report.ts';
import { settings } from './settings.ts';
import { start } from './people/start.ts';
import { viewer } from './chat/viewer.ts';
import { welcome } from './welcome.ts';

/** What is not on the first screen: it is loaded with the parts that show it. */
export const later = {
  ...picker,
  ...files,
  ...start,
  ...welcome,
  ...info,
  ...group,
  ...shared,
  ...members,
  ...joining,
  ...report,
  ...poll,
  ...settings,
  ...profile,
  ...viewer,
} as const;
