import type { AuditRecord, ListAudit } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';
import type { Part } from './pages.ts';

/** Records on a page of the screen. */
const PAGE = 50;
/** Records read at once for a file; the most that the server answers. */
const FILE_PAGE = 200;

/** Which records are wanted. */
export interface AuditFilter {
  readonly act?: string;
  readonly actor?: string;
  readonly object?: string;
  /** Not before this time, milliseconds since 1970. */
  readonly fromMs?: number;
  /** Before this time. */
  readonly toMs?: number;
}

/** A page of the audit log, newest first. */
export async function auditPage(
  call: Call,
  filter: AuditFilter,
  below: number | undefined,
  limit: number = PAGE,
): Promise<Part<AuditRecord, number>> {
  const start = below ?? (filter.toMs === undefined ? undefined : await indexAt(call, filter.toMs));
  // Below the first record there is nothing.
  if (start !== undefined && start <= 1) return { rows: [] };
  const { act, actor, object, fromMs } = filter;
  const input: ListAudit = {
    limit,
    ...(act && { act }),
    ...(actor && { actor }),
    ...(object && { object }),
    ...(start !== undefined && { before: start }),
  };
  const page = await call('audit.list', input);
  const rows = page.records.filter(record => fromMs === undefined || record.time_ms >= fromMs);
  const passed = rows.length < page.records.length || (await passes(call, page.next, fromMs));
  return { rows, next: passed ? undefined : page.next };
}

/** All that fit, page by page, for a file. */
export async function* auditRecords(
  call: Call,
  filter: AuditFilter,
): AsyncGenerator<readonly AuditRecord[], void> {
  let below: number | undefined;
  do {
    const part: Part<AuditRecord, number> = await auditPage(call, filter, below, FILE_PAGE);
    yield part.rows;
    below = part.next;
  } while (below !== undefined);
}

/** Whether everything below an index is too old. */
async function passes(call: Call, next: number | undefined, fromMs: number | undefined): Promise<boolean> {
  if (next === undefined || fromMs === undefined) return false;
  return ((await recordBelow(call, next))?.time_ms ?? 0) < fromMs;
}

/** The first index whose record is not before a time: records are in the order of time. */
async function indexAt(call: Call, timeMs: number): Promise<number> {
  let above = ((await recordBelow(call, undefined))?.index ?? 0) + 1;
  let low = 1;
  while (low < above) {
    const middle = Math.floor((low + above) / 2);
    const record = await recordBelow(call, middle + 1);
    if (record && record.time_ms >= timeMs) above = middle;
    else low = middle + 1;
  }
  return low;
}

async function recordBelow(call: Call, before: number | undefined): Promise<AuditRecord | undefined> {
  const { records } = await call('audit.list', { limit: 1, ...(before !== undefined && { before }) });
  return records[0];
}
