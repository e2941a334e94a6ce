//! What administrators are answered, and the few things about the server that everybody sees.
//!
//! No password hash, no token and no message is among it, except what users reported.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{
    ConversationId, Entry, FanOut, HoldId, InviteId, RegistrationMode, ReportAction, ReportId, ReportReason,
    ReportState, User, UserId,
};

outputs! {
    /// What everybody may know of a server.
    ServerInfo {
        /// The program's version.
        version: String,
        /// Who may register now.
        registration: RegistrationMode,
        /// Whether nobody has registered yet. The first person administers the server.
        #[serde(default)]
        empty: bool,
    }

    /// A text for every user.
    Announcement {
        /// The text.
        text: String,
        /// Since when, milliseconds since 1970.
        time_ms: i64,
    }

    /// An invite to register.
    Invite {
        /// Its id; not a secret.
        invite_id: InviteId,
        /// Who invites; nobody if it was made on the command line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        created_by: Option<UserId>,
        /// What it is for.
        note: String,
        /// When it was made, milliseconds since 1970.
        created_ms: i64,
        /// Until when it is good.
        expires_ms: i64,
        /// How many people may register with it.
        uses: u32,
        /// How many still may.
        uses_left: u32,
        /// Whether it was ended early.
        revoked: bool,
    }

    /// A new invite.
    NewInvite {
        /// The invite.
        invite: Invite,
        /// The secret to register with. Shown once.
        code: String,
        /// The path and fragment that opens the web client's sign-up page with the code.
        link: String,
    }

    /// A page of invites.
    Invites {
        /// Newest first.
        invites: Vec<Invite>,
        /// Whether there are more.
        more: bool,
    }

    /// A user as administrators see them.
    UserDetails {
        /// What everybody sees.
        user: User,
        /// Whether the user administers this server.
        administrator: bool,
        /// When the user was made, milliseconds since 1970.
        created_ms: i64,
        /// Since when the user is disabled, milliseconds since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        disabled_ms: Option<i64>,
        /// Whether the next sign-in needs a new password.
        must_change_password: bool,
        /// Whether a device is connected now.
        online: bool,
        /// The telephone number that the user gave, unproved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<String>,
        /// The e-mail address that the user gave, unproved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<String>,
    }

    /// A page of users.
    UserPage {
        /// Newest first.
        users: Vec<UserDetails>,
        /// Where the next page starts; nothing on the last page. A search may answer a page without users and a next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<UserId>,
    }

    /// A password for one sign-in, which must set another.
    OneTimePassword {
        /// Whose.
        user: User,
        /// The password. Shown once.
        password: String,
    }

    /// The settings that can change while the server runs.
    ServerSettings {
        /// Who may register.
        registration: RegistrationMode,
        /// Whether every user may invite, not only administrators.
        members_invite: bool,
        /// Whether the server fetches the pages that messages link, to make cards of them.
        #[serde(default)]
        link_previews: bool,
        /// Messages a second of one user.
        sends_per_second: u32,
        /// Messages of one user at once.
        sends_burst: u32,
        /// Messages a second of one user in one conversation.
        conversation_sends_per_second: u32,
        /// Messages at once of one user in one conversation.
        conversation_sends_burst: u32,
        /// Groups that one user may create in an hour.
        new_conversations_per_hour: u32,
        /// Members a group may grow to.
        group_max_members: u32,
        /// Seconds for which direct messages are kept; 0 for ever.
        #[serde(default)]
        keep_direct_s: u32,
        /// Seconds for which messages in groups are kept; 0 for ever.
        #[serde(default)]
        keep_group_s: u32,
        /// Seconds for which messages in channels are kept; 0 for ever.
        #[serde(default)]
        keep_channel_s: u32,
        /// Names of the settings that were changed here; the others are the settings file's.
        changed: Vec<String>,
        /// The text for every user.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        announcement: Option<Announcement>,
    }

    /// A conversation that is kept for a time of its own.
    KeptConversation {
        /// Which.
        conversation_id: ConversationId,
        /// Seconds; 0 for ever.
        keep_s: u32,
    }

    /// The conversations that are kept for a time of their own.
    Retention {
        /// By id, at most 1,000.
        conversations: Vec<KeptConversation>,
    }

    /// A legal hold.
    Hold {
        /// Its id.
        hold_id: HoldId,
        /// The user it is on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user_id: Option<UserId>,
        /// The conversation it is on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        conversation_id: Option<ConversationId>,
        /// Why.
        note: String,
        /// Who made it; nobody if it was the command line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        created_by: Option<UserId>,
        /// When it was made, milliseconds since 1970.
        created_ms: i64,
        /// When it ended, milliseconds since 1970.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        released_ms: Option<i64>,
    }

    /// A page of legal holds.
    HoldPage {
        /// Newest first.
        holds: Vec<Hold>,
        /// Where the next page starts; nothing on the last page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<HoldId>,
    }

    /// A message as it was, kept by a hold: a line of the administrators' export.
    HeldCopy {
        /// By which holds.
        hold_ids: Vec<HoldId>,
        /// What stood at its index.
        entry: Entry,
    }

    /// A group as administrators see it: its measures, no content.
    GroupDetails {
        /// The id.
        conversation_id: ConversationId,
        /// The name.
        name: String,
        /// Who owns it; nobody once it is empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<UserId>,
        /// How many members.
        member_count: u64,
        /// How messages reach inboxes.
        fan_out: FanOut,
        /// The last index.
        head: u64,
        /// How many messages so far.
        messages: u64,
        /// When something last happened, milliseconds since 1970.
        activity_ms: i64,
    }

    /// A page of groups.
    GroupPage {
        /// Newest first.
        groups: Vec<GroupDetails>,
        /// Where the next page starts; nothing on the last page. A search may answer a page without groups and a next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<ConversationId>,
    }

    /// How the server is doing.
    Overview {
        /// The program's version.
        version: String,
        /// When it started, milliseconds since 1970.
        started_ms: i64,
        /// The server's clock.
        time_ms: i64,
        /// How many users there are.
        users: u64,
        /// How many groups were made.
        groups: u64,
        /// How many users are connected now.
        online_users: u64,
        /// How many reports are open; counting ends at 1,000.
        open_reports: u64,
        /// The last index of the audit log.
        audit_index: u64,
    }

    /// What this node measures. Counts begin at its start: what happened between two answers is their difference.
    ServerFigures {
        /// The server's clock.
        time_ms: i64,
        /// WebSockets that are open now.
        connections: u64,
        /// Messages that were sent.
        messages: u64,
        /// Bytes of the data folder on disk, without the files that people sent.
        store_bytes: u64,
        /// From a message read to its acknowledgement written.
        acknowledgement: Latencies,
        /// From a message's time stamp, before it is stored, to its live push; once for all who hear it.
        delivery: Latencies,
    }

    /// How long something took, as counts.
    Latencies {
        /// How many were measured.
        count: u64,
        /// How many took no longer than each of some times, shortest first.
        within: Vec<Within>,
    }

    /// How many took no longer than a time.
    Within {
        /// The time, microseconds.
        us: u64,
        /// How many.
        count: u64,
    }

    /// A report was taken.
    Reported {
        /// Its id.
        report_id: ReportId,
    }

    /// A report as the queue shows it.
    Report {
        /// The id.
        report_id: ReportId,
        /// Who reported.
        reporter: UserId,
        /// When, milliseconds since 1970.
        time_ms: i64,
        /// The reported message's conversation.
        conversation_id: ConversationId,
        /// The reported message's index.
        index: u64,
        /// Who sent it.
        sender: UserId,
        /// What is wrong with it.
        reason: ReportReason,
        /// The reporter's words.
        note: String,
        /// Whether somebody has handled it.
        state: ReportState,
        /// What was done about it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resolution: Option<Resolution>,
    }

    /// What was done about a report.
    Resolution {
        /// What.
        action: ReportAction,
        /// More about it.
        note: String,
        /// By whom; nobody if it was on the command line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
        /// When, milliseconds since 1970.
        time_ms: i64,
    }

    /// A page of reports.
    Reports {
        /// Oldest first.
        reports: Vec<Report>,
        /// Whether there are more.
        more: bool,
    }

    /// A report with what was reported.
    ReportDetails {
        /// The report.
        report: Report,
        /// The message as it was when it was reported; gone once the report is resolved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<Entry>,
    }

    /// A record of the audit log.
    AuditRecord {
        /// Its place, from 1 without gaps.
        index: u64,
        /// When, milliseconds since 1970.
        time_ms: i64,
        /// What kind of actor: `user`, `operator` (the command line), `server` or `stranger`.
        by: String,
        /// The user who did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        actor: Option<UserId>,
        /// The name of an operation or of an event.
        act: String,
        /// What it was done to.
        object: String,
        /// More about it.
        detail: String,
        /// SHA-256 in hexadecimal over the record before and this one.
        hash: String,
    }

    /// A page of the audit log.
    AuditPage {
        /// Newest first.
        records: Vec<AuditRecord>,
        /// Where the next page starts; nothing on the last page. A filter may answer a page without records and a next.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<u64>,
    }
}
