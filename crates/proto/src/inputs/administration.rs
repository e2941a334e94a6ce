//! What administrators ask, and what users ask of them: users, settings, invites, reports, the audit log.
//!
//! Operations of `Access::Administrator` are not there for anybody else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{
    ConversationId, HoldId, InviteId, RegistrationMode, ReportAction, ReportId, ReportReason, ReportState,
    UserId,
};

inputs! {
    /// What this server is.
    GetServer {}

    /// A new invite to register.
    CreateInvite {
        /// How many people may register with it, 1 to 1,000; 1 if not given.
        uses: Option<u32>,
        /// How long it is good, in milliseconds: at most 365 days; 7 days if not given.
        expires_in_ms: Option<u64>,
        /// What it is for, at most 200 characters; only the inviter and administrators see it.
        note: Option<String>,
    }

    /// A page of invites, newest first: one's own, or everybody's for an administrator.
    ListInvites {
        /// Continue after this invite.
        after: Option<InviteId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// An invite to end.
    RevokeInvite {
        /// Which.
        invite_id: InviteId,
    }

    /// A message to tell the administrators about.
    ReportMessage {
        /// Of which conversation.
        conversation_id: ConversationId,
        /// The message's index.
        index: u64,
        /// What is wrong with it.
        reason: ReportReason,
        /// In one's own words, at most 1,000 characters.
        note: Option<String>,
    }

    /// A page of users, newest first.
    ListUsers {
        /// Only users whose username or display name has this text in it, in any case of its letters.
        query: Option<String>,
        /// Continue after this place: `next` of the page before.
        after: Option<UserId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// One user, with what administrators see.
    InspectUser {
        /// Whom.
        user_id: UserId,
    }

    /// A user to make. The first sign-in needs a new password.
    CreateUser {
        /// The username, by the rules of `account.register`.
        username: String,
        /// What others see; the username if not given.
        display_name: Option<String>,
    }

    /// A user to shut out.
    DisableUser {
        /// Whom.
        user_id: UserId,
        /// Why, at most 200 characters; it stands in the audit log.
        reason: Option<String>,
    }

    /// A user to let in again.
    EnableUser {
        /// Whom.
        user_id: UserId,
    }

    /// A user whose sessions end.
    SignOutUser {
        /// Whom.
        user_id: UserId,
    }

    /// A user who gets a one-time password.
    ResetPassword {
        /// Whom.
        user_id: UserId,
    }

    /// Who administers the server.
    SetAdministrator {
        /// Whom.
        user_id: UserId,
        /// Whether the user administers the server from now on.
        administrator: bool,
    }

    /// The settings that can change while the server runs.
    GetSettings {}

    /// Settings to change; what is not given stays.
    #[derive(Default)]
    ChangeSettings {
        /// Who may register.
        registration: Option<RegistrationMode>,
        /// Whether every user may invite, not only administrators.
        members_invite: Option<bool>,
        /// Whether the server fetches the pages that messages link, to make cards of them.
        link_previews: Option<bool>,
        /// Messages a second of one user, 1 to 1,000.
        sends_per_second: Option<u32>,
        /// Messages of one user at once, 1 to 10,000.
        sends_burst: Option<u32>,
        /// Messages a second of one user in one conversation, 1 to 1,000.
        conversation_sends_per_second: Option<u32>,
        /// Messages at once of one user in one conversation, 1 to 10,000.
        conversation_sends_burst: Option<u32>,
        /// Groups that one user may create in an hour, 1 to 10,000.
        new_conversations_per_hour: Option<u32>,
        /// Members a group may grow to, 2 to 100,000.
        group_max_members: Option<u32>,
        /// Seconds for which direct messages are kept, also those there are: 5 to 10 years; 0 for ever.
        keep_direct_s: Option<u32>,
        /// The same for messages in groups.
        keep_group_s: Option<u32>,
        /// The same for messages in channels.
        keep_channel_s: Option<u32>,
        /// Names of settings that go back to the settings file.
        reset: Option<Vec<String>>,
    }

    /// For how long the messages of one conversation are kept, whatever holds for its kind.
    SetRetention {
        /// Which.
        conversation_id: ConversationId,
        /// Seconds: 5 to 10 years; 0 for ever; nothing for as long as others of its kind.
        keep_s: Option<u32>,
    }

    /// The conversations that are kept for a time of their own.
    ListRetention {}

    /// A legal hold on a user or on a conversation: what is erased or edited from then on is kept as a sealed copy.
    CreateHold {
        /// Everything that this user wrote, and everything in the conversations that the user is in.
        user_id: Option<UserId>,
        /// Everything in this conversation.
        conversation_id: Option<ConversationId>,
        /// Why: 1 to 1,000 characters.
        note: String,
    }

    /// A page of legal holds, newest first, also those that are over.
    ListHolds {
        /// Continue after this hold: `next` of the page before.
        after: Option<HoldId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// A legal hold that is over: its copies are erased.
    ReleaseHold {
        /// Which.
        hold_id: HoldId,
    }

    /// A page of a conversation's export for administrators, with what holds keep of it.
    ExportForAdministrators {
        /// Which conversation.
        conversation_id: ConversationId,
        /// Why, 1 to 1,000 characters; it stands in the audit log.
        reason: String,
        /// Continue after this index: `next` of the page before.
        after: Option<u64>,
        /// Entries on the page, at most 200, also if not given.
        limit: Option<u32>,
    }

    /// A text for every user.
    Announce {
        /// At most 1,000 characters; empty takes it away.
        text: String,
    }

    /// A page of groups, newest first.
    ListGroups {
        /// Only groups whose name has this text in it, in any case of its letters.
        query: Option<String>,
        /// Continue after this place: `next` of the page before.
        after: Option<ConversationId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// One group, with what administrators see.
    InspectGroup {
        /// Which.
        conversation_id: ConversationId,
    }

    /// How the server is doing.
    GetOverview {}

    /// What the server measures, to draw while somebody looks.
    GetFigures {}

    /// A page of reports, oldest first.
    ListReports {
        /// Open ones if not given.
        state: Option<ReportState>,
        /// Continue after this report.
        after: Option<ReportId>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }

    /// One report, with what was reported while it is open.
    GetReport {
        /// Which.
        report_id: ReportId,
    }

    /// A report to close.
    ResolveReport {
        /// Which.
        report_id: ReportId,
        /// What was done.
        action: ReportAction,
        /// More about it, at most 1,000 characters.
        note: Option<String>,
    }

    /// A page of the audit log, newest first.
    ListAudit {
        /// Only this act, such as `admin.disable_user`.
        act: Option<String>,
        /// Only acts of this user.
        actor: Option<UserId>,
        /// Only acts upon this object, such as a user's id.
        object: Option<String>,
        /// Continue below this index: `next` of the page before.
        before: Option<u64>,
        /// Rows on the page, at most 200; 50 if not given.
        limit: Option<u32>,
    }
}
