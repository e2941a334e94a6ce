export { ContactsSheet } from './ContactsSheet.tsx';
export { PersonSheet } from './PersonSheet.tsx';
