export { Hearing } from './Hearing.tsx';
