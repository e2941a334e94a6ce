// First, so that the order of the cascade layers stands before any of them is used.
import './tokens.css';
import './base.css';
import './grounds.css';

export { Avatar, hueOf } from './Avatar.tsx';
export { Button, IconButton } from './Button.tsx';
export { Choices, type Choice } from './Choices.tsx';
export { Confirm } from './Confirm.tsx';
export { EmptyState } from './EmptyState.tsx';
export { Field } from './Field.tsx';
export { Menu, type MenuItem } from './Menu.tsx';
export { RowButton } from './RowButton.tsx';
export { Select } from './Select.tsx';
export { Sheet } from './Sheet.tsx';
export { Shortcuts, type ShortcutGroup } from './Shortcuts.tsx';
export { Splitter } from './Splitter.tsx';
export { Spinner } from './Spinner.tsx';
export { Switch } from './Switch.tsx';
export { TextArea } from './TextArea.tsx';
export { useEdgeSwipe } from './useEdgeSwipe.ts';
export { useMedia } from './useMedia.ts';
export { useLongPress } from './useLongPress.ts';
export { classes } from './classes.ts';
