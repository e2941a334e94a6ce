import type {
  AuditRecord,
  GroupDetails,
  Invite,
  Report,
  ReportState,
  UserDetails,
} from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';
import { auditPage, type AuditFilter } from './audit.ts';
import { Pages } from './pages.ts';

/** Rows on a page. */
const PAGE = 50;

/** Users, newest first; of a search, those whose names hold the query. */
export function userPages(call: Call, query: string): Pages<UserDetails, string> {
  return new Pages({
    idOf: row => row.user.user_id,
    read: async after => {
      const page = await call('admin.list_users', {
        limit: PAGE,
        ...(query && { query }),
        ...(after && { after }),
      });
      return { rows: page.users, next: page.next };
    },
  });
}

/** Groups, newest first; of a search, those whose name holds the query. */
export function groupPages(call: Call, query: string): Pages<GroupDetails, string> {
  return new Pages({
    idOf: row => row.conversation_id,
    read: async after => {
      const page = await call('admin.list_groups', {
        limit: PAGE,
        ...(query && { query }),
        ...(after && { after }),
      });
      return { rows: page.groups, next: page.next };
    },
  });
}

/** Invites, newest first. */
export function invitePages(call: Call): Pages<Invite, string> {
  return new Pages({
    idOf: row => row.invite_id,
    read: async after => {
      const page = await call('invite.list', { limit: PAGE, ...(after && { after }) });
      return { rows: page.invites, next: page.more ? page.invites.at(-1)?.invite_id : undefined };
    },
  });
}

/** Reports, oldest first: who waits longest comes first. */
export function reportPages(call: Call, state: ReportState): Pages<Report, string> {
  return new Pages({
    idOf: row => row.report_id,
    read: async after => {
      const page = await call('report.list', { state, limit: PAGE, ...(after && { after }) });
      return { rows: page.reports, next: page.more ? page.reports.at(-1)?.report_id : undefined };
    },
  });
}

/** The audit log, newest first. */
export function auditPages(call: Call, filter: AuditFilter): Pages<AuditRecord, number> {
  return new Pages({ idOf: row => row.index, read: below => auditPage(call, filter, below) });
}
