//! Rows of what a group's members share beside messages, and of ways into it.
//!
//! Settings stand in a row of their own, so that the checkpoint of a busy conversation does not carry them.

mod log;

pub(crate) use log::{GroupRow, group_body, group_row};

use bytes::Bytes;
use parlance_domain::{Announcement, Banned, Restraint};
use parlance_proto::{HistoryPolicy, Joining, SettingsChange, UserId, Who};
use prost::Message;

use crate::Error;

/// Settings, all or those that changed.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct GroupSettingsRow {
    #[prost(string, optional, tag = "1")]
    pub description: Option<String>,
    #[prost(string, optional, tag = "2")]
    pub photo: Option<String>,
    #[prost(uint32, optional, tag = "3")]
    pub who_adds: Option<u32>,
    #[prost(uint32, optional, tag = "4")]
    pub who_posts: Option<u32>,
    #[prost(uint32, optional, tag = "5")]
    pub who_mentions_all: Option<u32>,
    #[prost(uint32, optional, tag = "6")]
    pub who_edits_info: Option<u32>,
    #[prost(uint32, optional, tag = "7")]
    pub who_pins: Option<u32>,
    #[prost(uint32, optional, tag = "8")]
    pub joining: Option<u32>,
    #[prost(message, optional, tag = "9")]
    pub history: Option<HistoryRow>,
    #[prost(uint32, optional, tag = "10")]
    pub slow_mode_s: Option<u32>,
    #[prost(sint64, optional, tag = "11")]
    pub recall_window_s: Option<i64>,
    #[prost(bool, optional, tag = "12")]
    pub members_hidden: Option<bool>,
    #[prost(uint32, optional, tag = "13")]
    pub keep_s: Option<u32>,
}

/// What newcomers may read.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub(crate) struct HistoryRow {
    /// 0 all, 1 since joined, 2 since invited, 3 the last ones, 4 none.
    #[prost(uint32, tag = "1")]
    pub policy: u32,
    #[prost(uint32, tag = "2")]
    pub count: u32,
}

/// What all members share beside messages.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct SharedRow {
    #[prost(message, optional, tag = "1")]
    pub settings: Option<GroupSettingsRow>,
    #[prost(message, optional, tag = "2")]
    pub announcement: Option<GroupAnnouncementRow>,
}

/// What is announced.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct GroupAnnouncementRow {
    #[prost(string, tag = "1")]
    pub text: String,
    #[prost(fixed64, tag = "2")]
    pub by: u64,
    #[prost(sint64, tag = "3")]
    pub time_ms: i64,
    #[prost(uint64, tag = "4")]
    pub index: u64,
}

/// What somebody may not do in a group.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub(crate) struct RestraintRow {
    #[prost(sint64, tag = "1")]
    pub muted_until_ms: i64,
    /// Who banned the user; 0 if nobody did.
    #[prost(fixed64, tag = "2")]
    pub banned_by: u64,
    #[prost(sint64, tag = "3")]
    pub banned_ms: i64,
}

/// How many came in by a link.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub(crate) struct UsesRow {
    #[prost(uint32, tag = "1")]
    pub uses: u32,
}

/// A link into a group, found by the hash of its code.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct LinkRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub conversation: Bytes,
    #[prost(uint64, tag = "2")]
    pub link: u64,
    #[prost(fixed64, tag = "3")]
    pub made_by: u64,
    #[prost(sint64, tag = "4")]
    pub made_ms: i64,
    /// The log's last index when it was made.
    #[prost(uint64, tag = "5")]
    pub made_at: u64,
    /// 0 for never.
    #[prost(sint64, tag = "6")]
    pub expires_ms: i64,
    /// 0 for any number.
    #[prost(uint32, tag = "7")]
    pub max_uses: u32,
    #[prost(bool, tag = "8")]
    pub approval: bool,
}

/// A request to come into a group.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct RequestRow {
    #[prost(string, tag = "1")]
    pub note: String,
    #[prost(sint64, tag = "2")]
    pub time_ms: i64,
    /// The log's last index when it was made, or when the link was by which it came.
    #[prost(uint64, tag = "3")]
    pub asked_at: u64,
}

/// One's own request to come into a group.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct OwnRequestRow {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(string, tag = "2")]
    pub note: String,
    #[prost(sint64, tag = "3")]
    pub time_ms: i64,
    #[prost(bool, tag = "4")]
    pub declined: bool,
}

/// Settings as a row.
pub(crate) fn settings_row(change: &SettingsChange) -> GroupSettingsRow {
    GroupSettingsRow {
        description: change.description.clone(),
        photo: change.photo.clone(),
        who_adds: change.who_adds.map(who_number),
        who_posts: change.who_posts.map(who_number),
        who_mentions_all: change.who_mentions_all.map(who_number),
        who_edits_info: change.who_edits_info.map(who_number),
        who_pins: change.who_pins.map(who_number),
        joining: change.joining.map(joining_number),
        history: change.history.map(history_row),
        slow_mode_s: change.slow_mode_s,
        recall_window_s: change.recall_window_s,
        members_hidden: change.members_hidden,
        keep_s: change.keep_s,
    }
}

/// Settings from a row.
pub(crate) fn settings_of(row: GroupSettingsRow) -> Result<SettingsChange, Error> {
    Ok(SettingsChange {
        description: row.description,
        photo: row.photo,
        who_adds: row.who_adds.map(who).transpose()?,
        who_posts: row.who_posts.map(who).transpose()?,
        who_mentions_all: row.who_mentions_all.map(who).transpose()?,
        who_edits_info: row.who_edits_info.map(who).transpose()?,
        who_pins: row.who_pins.map(who).transpose()?,
        joining: row.joining.map(joining).transpose()?,
        history: row.history.map(history_of).transpose()?,
        slow_mode_s: row.slow_mode_s,
        recall_window_s: row.recall_window_s,
        members_hidden: row.members_hidden,
        keep_s: row.keep_s,
    })
}

fn who_number(who: Who) -> u32 {
    match who {
        Who::Owner => 0,
        Who::Admins => 1,
        Who::Members => 2,
    }
}

fn who(number: u32) -> Result<Who, Error> {
    match number {
        0 => Ok(Who::Owner),
        1 => Ok(Who::Admins),
        2 => Ok(Who::Members),
        _ => Err(Error::corrupt(format!("an unknown circle {number}"))),
    }
}

fn joining_number(joining: Joining) -> u32 {
    match joining {
        Joining::Closed => 0,
        Joining::Link => 1,
        Joining::Request => 2,
        Joining::LinkWithApproval => 3,
    }
}

fn joining(number: u32) -> Result<Joining, Error> {
    match number {
        0 => Ok(Joining::Closed),
        1 => Ok(Joining::Link),
        2 => Ok(Joining::Request),
        3 => Ok(Joining::LinkWithApproval),
        _ => Err(Error::corrupt(format!("an unknown way in {number}"))),
    }
}

fn history_row(policy: HistoryPolicy) -> HistoryRow {
    let (policy, count) = match policy {
        HistoryPolicy::All => (0, 0),
        HistoryPolicy::SinceJoined => (1, 0),
        HistoryPolicy::SinceInvited => (2, 0),
        HistoryPolicy::LastN { count } => (3, count),
        HistoryPolicy::None => (4, 0),
    };
    HistoryRow { policy, count }
}

fn history_of(row: HistoryRow) -> Result<HistoryPolicy, Error> {
    match row.policy {
        0 => Ok(HistoryPolicy::All),
        1 => Ok(HistoryPolicy::SinceJoined),
        2 => Ok(HistoryPolicy::SinceInvited),
        3 => Ok(HistoryPolicy::LastN { count: row.count }),
        4 => Ok(HistoryPolicy::None),
        number => Err(Error::corrupt(format!("an unknown policy of history {number}"))),
    }
}

/// An announcement as a row.
pub(crate) fn announcement_row(announcement: &Announcement) -> GroupAnnouncementRow {
    GroupAnnouncementRow {
        text: announcement.text.clone(),
        by: announcement.by.0,
        time_ms: announcement.time_ms,
        index: announcement.index,
    }
}

/// An announcement from its row.
pub(crate) fn announcement_of(row: GroupAnnouncementRow) -> Announcement {
    Announcement { text: row.text, by: UserId(row.by), time_ms: row.time_ms, index: row.index }
}

/// A restraint as a row.
pub(crate) fn restraint_row(restraint: &Restraint) -> RestraintRow {
    RestraintRow {
        muted_until_ms: restraint.muted_until_ms,
        banned_by: restraint.banned.map_or(0, |banned| banned.by.0),
        banned_ms: restraint.banned.map_or(0, |banned| banned.time_ms),
    }
}

/// A restraint from its row.
pub(crate) fn restraint_of(row: RestraintRow) -> Restraint {
    let banned = Banned { by: UserId(row.banned_by), time_ms: row.banned_ms };
    Restraint { muted_until_ms: row.muted_until_ms, banned: Some(banned).filter(|banned| banned.by.0 != 0) }
}
