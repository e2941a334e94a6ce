export { JoinSheet } from './JoinSheet.tsx';
