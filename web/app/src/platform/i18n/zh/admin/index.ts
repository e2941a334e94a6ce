import { expressions } from './expressions.ts';
import { pages } from './pages.ts';
import { settings } from './settings.ts';

export const admin = { ...pages, ...expressions, ...settings };
