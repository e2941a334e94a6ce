import { expressions } from './expressions.ts';
import { pages } from './pages.ts';
import { settings } from './settings.ts';

/** The administration of the server. */
export const admin = { ...pages, ...expressions, ...settings } as const;
