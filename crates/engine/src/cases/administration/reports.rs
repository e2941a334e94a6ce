//! Reports: what a user tells the administrators about a message, with a copy of it.
//!
//! Only who may read the message may report it, once. The copy is for administrators alone, and only while the report
//! is open: it outlives a recall until then and is gone afterwards.

use bytes::Bytes;
use parlance_domain::{Rejection, check_note};
use parlance_proto::{
    GetMessage, GetReport, ListReports, Report, ReportAction, ReportDetails, ReportId, ReportMessage,
    ReportReason, ReportState, Reported, Reports, Resolution, ResolveReport, UserId, limits,
};
use parlance_store::{Bound, Family, Guard, Level, Put, Range, Row, RowKey, Write};

use super::Administrator;
use crate::cases::page_size;
use crate::owner::{Settled, settle};
use crate::{Caller, Engine, Error, keys, rows, world};

/// Tries to draw a free id, or to write against rivals.
const TRIES: u32 = 8;
/// Counting open reports ends here.
const COUNTED: usize = 1_000;

/// What a claim to a report has come to.
enum Claim {
    /// There is none yet, or none that is right: it can be made under this guard.
    Open(Guard),
    /// The report was claimed and never written.
    CutOff(ReportId),
    /// The report is there.
    Kept(ReportId),
}

impl Engine {
    /// Reports a message. Reporting it again answers the first report.
    pub async fn report_message(&self, caller: Caller, input: ReportMessage) -> Result<Reported, Error> {
        let note = input.note.unwrap_or_default().trim().to_owned();
        check_note(&note, limits::REPORT_NOTE_MAX_CHARS)?;
        let claim = keys::report_claim(caller.user, input.conversation_id, input.index);
        // One that was taken stays taken, whatever has become of the message since.
        if let Claim::Kept(report_id) = self.report_claim(&claim).await? {
            return Ok(Reported { report_id });
        }
        let asked = GetMessage { conversation_id: input.conversation_id, index: input.index };
        let entry = self.get_message(caller, asked).await?;
        if !entry.body.is_message() {
            return Err(Rejection::NoMessage.into());
        }
        let row = rows::ReportRow {
            reporter: caller.user.0,
            time_ms: self.0.clock.now_ms(),
            conversation: keys::conversation(input.conversation_id),
            index: input.index,
            sender: entry.sender.0,
            reason: reason_number(input.reason),
            note,
            copy: rows::encode(&rows::log_row(&entry, &[])),
            resolution: None,
        };
        for _ in 0..TRIES {
            let fresh = ReportId(world::fresh_id(&*self.0.clock, &*self.0.chance));
            let (report_id, guard) = match self.report_claim(&claim).await? {
                Claim::Kept(report_id) => return Ok(Reported { report_id }),
                Claim::CutOff(report_id) => (report_id, None),
                Claim::Open(guard) => (fresh, Some(guard)),
            };
            // The claim comes first, so that no second report can begin; one that was cut off here is written later.
            if let Some(guard) = guard {
                let commit = self.commit_one(&claim, guard, keys::index(report_id.0));
                if matches!(settle(&*self.0.store, &commit).await?, Settled::Lost) {
                    continue;
                }
            }
            if self.write_report(report_id, &row).await? {
                return Ok(Reported { report_id });
            }
        }
        Err(Error::Busy)
    }

    /// What a user's claim to a report of a message has come to.
    async fn report_claim(&self, claim: &RowKey) -> Result<Claim, Error> {
        let Some(known) = self.0.store.get(claim, Level::Serial).await? else {
            return Ok(Claim::Open(Guard::Absent(claim.key.clone())));
        };
        let report = ReportId(number(&known.value)?);
        let Some(found) = self.0.store.get(&keys::report(report), Level::Serial).await? else {
            return Ok(Claim::CutOff(report));
        };
        let row: rows::ReportRow = rows::decode(&found.value)?;
        let conversation = keys::parse_conversation(&row.conversation);
        let conversation = conversation.ok_or_else(|| Error::corrupt("the conversation of a report"))?;
        let of_row = keys::report_claim(UserId(row.reporter), conversation, row.index);
        // Two reports may have drawn the same id; the second one draws again.
        let own = of_row == *claim;
        Ok(if own { Claim::Kept(report) } else { Claim::Open(Guard::Version(known.key, known.version)) })
    }

    /// Writes a new report and its place in the queue; false if there is one with this id.
    async fn write_report(&self, report: ReportId, row: &rows::ReportRow) -> Result<bool, Error> {
        let key = keys::report(report);
        let mut commit = self.commit_one(&key, Guard::Absent(key.key.clone()), rows::encode(row));
        commit.along.push(queued(report, true));
        Ok(matches!(settle(&*self.0.store, &commit).await?, Settled::Applied))
    }

    /// A page of the queue.
    pub async fn list_reports(&self, _: &Administrator, input: ListReports) -> Result<Reports, Error> {
        let limit = page_size(input.limit)?;
        let open = input.state.unwrap_or(ReportState::Open) == ReportState::Open;
        let from = input.after.map_or(Bound::Open, |after| Bound::Excluded(keys::index(after.0)));
        let listed = self.queue(open, from, limit + 1).await?;
        let ids: Vec<ReportId> = listed.iter().take(limit).copied().collect();
        let wanted: Vec<_> = ids.iter().map(|report| keys::report(*report)).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let mut reports = Vec::with_capacity(ids.len());
        for (report, row) in ids.into_iter().zip(found) {
            if let Some(row) = row {
                reports.push(shown(report, &rows::decode(&row.value)?)?);
            }
        }
        Ok(Reports { reports, more: listed.len() > limit })
    }

    /// One report with its copy, which is a look at somebody's message: there is a record of it.
    pub async fn get_report(&self, by: &Administrator, input: GetReport) -> Result<ReportDetails, Error> {
        let (_, row) = self.report(input.report_id).await?;
        self.audit(by.actor, "report.get", input.report_id, "").await?;
        details(input.report_id, &row)
    }

    /// Closes a report. The same resolution again changes nothing, another one is refused.
    pub async fn resolve_report(
        &self,
        by: &Administrator,
        input: ResolveReport,
    ) -> Result<ReportDetails, Error> {
        let note = input.note.unwrap_or_default().trim().to_owned();
        check_note(&note, limits::REPORT_NOTE_MAX_CHARS)?;
        let action = action_number(input.action);
        self.report(input.report_id).await?;
        self.audit(by.actor, "report.resolve", input.report_id, format!("{:?}", input.action)).await?;
        for _ in 0..TRIES {
            let (found, mut row) = self.report(input.report_id).await?;
            if let Some(done) = &row.resolution {
                let same = done.action == action && done.note == note;
                return if same { details(input.report_id, &row) } else { Err(Rejection::Resolved.into()) };
            }
            let by = by.actor.user().map_or(0, |user| user.0);
            let time_ms = self.0.clock.now_ms();
            row.copy = Bytes::new();
            row.resolution = Some(rows::ResolutionRow { action, note: note.clone(), by, time_ms });
            let key = keys::report(input.report_id);
            let guard = Guard::Version(key.key.clone(), found.version);
            let mut commit = self.commit_one(&key, guard, rows::encode(&row));
            // The copy leaves the files too.
            commit.along.extend([
                unqueued(input.report_id, true),
                queued(input.report_id, false),
                Write::Erased,
            ]);
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return details(input.report_id, &row);
            }
        }
        Err(Error::Busy)
    }

    /// How many reports are open, up to a thousand.
    pub(super) async fn open_reports(&self) -> Result<u64, Error> {
        Ok(self.queue(true, Bound::Open, COUNTED).await?.len() as u64)
    }

    async fn queue(&self, open: bool, from: Bound, limit: usize) -> Result<Vec<ReportId>, Error> {
        let range = Range {
            family: Family::Blind,
            partition: keys::reports(open),
            from,
            to: Bound::Open,
            limit,
            reverse: false,
        };
        let rows = self.0.store.range(range, Level::Serial).await?;
        rows.iter().map(|row| Ok(ReportId(number(&row.key)?))).collect()
    }

    async fn report(&self, report: ReportId) -> Result<(Row, rows::ReportRow), Error> {
        let found = self.0.store.get(&keys::report(report), Level::Serial).await?;
        let found = found.ok_or(Rejection::NoReport)?;
        let row = rows::decode(&found.value)?;
        Ok((found, row))
    }
}

fn number(bytes: &[u8]) -> Result<u64, Error> {
    bytes.try_into().map(u64::from_be_bytes).map_err(|_| Error::corrupt("the id of a report"))
}

fn queued(report: ReportId, open: bool) -> Write {
    Write::Put { partition: keys::reports(open), put: Put::new(keys::index(report.0), Bytes::new()) }
}

fn unqueued(report: ReportId, open: bool) -> Write {
    Write::Delete { partition: keys::reports(open), key: keys::index(report.0) }
}

fn details(report: ReportId, row: &rows::ReportRow) -> Result<ReportDetails, Error> {
    let entry =
        if row.copy.is_empty() { None } else { Some(rows::entry(row.index, rows::decode(&row.copy)?)?) };
    Ok(ReportDetails { report: shown(report, row)?, entry })
}

fn shown(report_id: ReportId, row: &rows::ReportRow) -> Result<Report, Error> {
    let conversation = keys::parse_conversation(&row.conversation);
    let resolution = row.resolution.as_ref().map(|done| {
        Ok::<_, Error>(Resolution {
            action: action(done.action)?,
            note: done.note.clone(),
            by: Some(UserId(done.by)).filter(|user| user.0 != 0),
            time_ms: done.time_ms,
        })
    });
    Ok(Report {
        report_id,
        reporter: UserId(row.reporter),
        time_ms: row.time_ms,
        conversation_id: conversation.ok_or_else(|| Error::corrupt("the conversation of a report"))?,
        index: row.index,
        sender: UserId(row.sender),
        reason: reason(row.reason)?,
        note: row.note.clone(),
        state: if row.resolution.is_some() { ReportState::Resolved } else { ReportState::Open },
        resolution: resolution.transpose()?,
    })
}

/// The reasons in the order of their numbers.
const REASONS: [ReportReason; 4] =
    [ReportReason::Spam, ReportReason::Abuse, ReportReason::Illegal, ReportReason::Other];
/// The actions in the order of their numbers.
const ACTIONS: [ReportAction; 5] = [
    ReportAction::Dismissed,
    ReportAction::Warned,
    ReportAction::Removed,
    ReportAction::Disabled,
    ReportAction::Other,
];

fn reason_number(reason: ReportReason) -> u32 {
    REASONS.iter().position(|one| *one == reason).unwrap_or_default() as u32
}

fn reason(number: u32) -> Result<ReportReason, Error> {
    REASONS.get(number as usize).copied().ok_or_else(|| Error::corrupt("the reason of a report"))
}

fn action_number(action: ReportAction) -> u32 {
    ACTIONS.iter().position(|one| *one == action).unwrap_or_default() as u32
}

fn action(number: u32) -> Result<ReportAction, Error> {
    ACTIONS.get(number as usize).copied().ok_or_else(|| Error::corrupt("the resolution of a report"))
}
