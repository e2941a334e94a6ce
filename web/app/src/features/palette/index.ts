export { Palette } from './Palette.tsx';
export { ShortcutsSheet } from './ShortcutsSheet.tsx';
