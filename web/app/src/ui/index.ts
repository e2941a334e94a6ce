// First, so that the order of the cascade layers stands before any of them is used.
import './tokens.css';
import './base.css';
import './grounds.css';

export { Avatar, hueOf } from './Avatar.tsx';
export { BarChart, type Bar } from './charts/BarChart.tsx';
export { Button, IconButton } from './Button.tsx';
export { Choices, type Choice } from './Choices.tsx';
export { Confirm } from './Confirm.tsx';
export { EmptyState } from './EmptyState.tsx';
export { Field } from './Field.tsx';
export { LineChart, type Line } from './charts/LineChart.tsx';
export { Menu, type MenuItem } from './Menu.tsx';
export { Pager } from './table/Pager.tsx';
export { RowButton } from './RowButton.tsx';
export { Select } from './Select.tsx';
export { Sheet } from './Sheet.tsx';
export { Shortcuts, type ShortcutGroup } from './Shortcuts.tsx';
export { Splitter } from './Splitter.tsx';
export { Spinner } from './Spinner.tsx';
export { Switch } from './Switch.tsx';
export { Table, type Column } from './table/Table.tsx';
export { Tag } from './Tag.tsx';
export { TextArea } from './TextArea.tsx';
export { useEdgeSwipe } from './useEdgeSwipe.ts';
export { useMedia } from './useMedia.ts';
export { useLongPress } from './useLongPress.ts';
export { classes } from './classes.ts';
