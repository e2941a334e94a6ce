// First, so that the order of the cascade layers stands before any of them is used.
import './tokens.css';
import './base.css';

export { Avatar, hueOf } from './Avatar.tsx';
export { Button, IconButton } from './Button.tsx';
export { EmptyState } from './EmptyState.tsx';
export { Field } from './Field.tsx';
export { Menu, type MenuItem } from './Menu.tsx';
export { Sheet } from './Sheet.tsx';
export { Spinner } from './Spinner.tsx';
export { useLongPress } from './useLongPress.ts';
export { classes } from './classes.ts';
