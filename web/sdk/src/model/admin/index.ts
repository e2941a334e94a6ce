// What administrators see and do. No part of `Client`: few need it, and who imports it loads it.
export { auditRecords, type AuditFilter } from './audit.ts';
export { Figures, quantile, type FiguresState, type Quantiles, type Sample } from './figures.ts';
export { auditPages, groupPages, invitePages, reportPages, userPages } from './lists.ts';
export type { PageState, Pages } from './pages.ts';
export { RunningSettings } from './settings.ts';
