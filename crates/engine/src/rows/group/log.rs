//! Entries about a group's settings and people as they stand in the log.
//!
//! What is in a log stays readable for ever: tags are never given anew.

use parlance_proto::{Body, UserId};
use prost::Message;

use super::{GroupSettingsRow, settings_of, settings_row};
use crate::Error;

/// What such an entry says.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct GroupRow {
    #[prost(oneof = "GroupBodyRow", tags = "1, 2, 3, 4, 5, 6, 7, 8")]
    pub body: Option<GroupBodyRow>,
}

/// Kinds of such entries.
#[derive(Clone, PartialEq, prost::Oneof)]
pub(crate) enum GroupBodyRow {
    #[prost(message, tag = "1")]
    SettingsChanged(GroupSettingsRow),
    #[prost(string, tag = "2")]
    Announced(String),
    #[prost(message, tag = "3")]
    AliasChanged(AliasRow),
    #[prost(message, tag = "4")]
    MemberMuted(MutedRow),
    #[prost(fixed64, tag = "5")]
    MemberBanned(u64),
    #[prost(fixed64, tag = "6")]
    MemberUnbanned(u64),
    #[prost(bool, tag = "7")]
    Dissolved(bool),
    #[prost(message, tag = "8")]
    MemberJoined(JoinedRow),
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct AliasRow {
    #[prost(fixed64, tag = "1")]
    pub member: u64,
    #[prost(string, tag = "2")]
    pub alias: String,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct MutedRow {
    #[prost(fixed64, tag = "1")]
    pub member: u64,
    #[prost(sint64, tag = "2")]
    pub until_ms: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct JoinedRow {
    #[prost(uint64, tag = "1")]
    pub link: u64,
    #[prost(uint32, tag = "2")]
    pub uses: u32,
    /// The first index the newcomer may read; 0 for the entry's own.
    #[prost(uint64, tag = "3")]
    pub visible_from: u64,
}

/// Such a body as a row. Other bodies have none.
pub(crate) fn group_row(body: &Body) -> GroupRow {
    use GroupBodyRow as Row;
    let body = match body {
        Body::SettingsChanged { changes } => Some(Row::SettingsChanged(settings_row(changes))),
        Body::Announced { text } => Some(Row::Announced(text.clone())),
        Body::AliasChanged { member, alias } => {
            Some(Row::AliasChanged(AliasRow { member: member.0, alias: alias.clone() }))
        }
        Body::MemberMuted { member, until_ms } => {
            Some(Row::MemberMuted(MutedRow { member: member.0, until_ms: *until_ms }))
        }
        Body::MemberBanned { member } => Some(Row::MemberBanned(member.0)),
        Body::MemberUnbanned { member } => Some(Row::MemberUnbanned(member.0)),
        Body::Dissolved {} => Some(Row::Dissolved(true)),
        Body::MemberJoined { link_id, uses, visible_from } => Some(Row::MemberJoined(JoinedRow {
            link: *link_id,
            uses: *uses,
            visible_from: visible_from.unwrap_or_default(),
        })),
        _ => None,
    };
    GroupRow { body }
}

/// Such a body from its row.
pub(crate) fn group_body(row: GroupRow) -> Result<Body, Error> {
    use GroupBodyRow as Row;
    Ok(match row.body.ok_or_else(|| Error::corrupt("an entry about a group that says nothing"))? {
        Row::SettingsChanged(row) => Body::SettingsChanged { changes: Box::new(settings_of(row)?) },
        Row::Announced(text) => Body::Announced { text },
        Row::AliasChanged(row) => Body::AliasChanged { member: UserId(row.member), alias: row.alias },
        Row::MemberMuted(row) => Body::MemberMuted { member: UserId(row.member), until_ms: row.until_ms },
        Row::MemberBanned(user) => Body::MemberBanned { member: UserId(user) },
        Row::MemberUnbanned(user) => Body::MemberUnbanned { member: UserId(user) },
        Row::Dissolved(_) => Body::Dissolved {},
        Row::MemberJoined(row) => Body::MemberJoined {
            link_id: row.link,
            uses: row.uses,
            visible_from: Some(row.visible_from).filter(|index| *index != 0),
        },
    })
}
