//! Rows of the log: entries and what they say, to and from the wire's shapes.
//!
//! What is in a log stays readable for ever: tags are never given anew.

use bytes::Bytes;
use parlance_proto::{
    Body, Details, DisappearAfter, Disappearing, Entry, GoneReason, Origin, SessionId, UserId,
};
use prost::Message;

use self::file::{attachment, attachment_row, preview, preview_row};
use super::rich::{cards, cards_row, location, location_row, poll, poll_row, span, span_row};
use super::{
    CardsRow, GroupRow, LocationRow, PollRow, SpanRow, fan_out, fan_out_number, group_body, group_row, role,
    role_number,
};
use crate::Error;

mod file;

pub(crate) use file::*;

/// An entry of the log. Its index is the key.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct LogRow {
    #[prost(fixed64, tag = "1")]
    pub sender: u64,
    #[prost(fixed64, tag = "2")]
    pub session: u64,
    #[prost(string, tag = "3")]
    pub client_message_id: String,
    /// SHA-256 of what was sent, cut to 16 bytes; empty without a retry key.
    #[prost(bytes = "bytes", tag = "4")]
    pub payload_hash: Bytes,
    #[prost(sint64, tag = "5")]
    pub time_ms: i64,
    #[prost(uint64, tag = "6")]
    pub ordinal: u64,
    #[prost(message, optional, tag = "7")]
    pub details: Option<DetailsRow>,
    #[prost(
        oneof = "BodyRow",
        tags = "10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 60, 61, 62, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 80"
    )]
    pub body: Option<BodyRow>,
}

/// What an entry says, as stored.
#[derive(Clone, PartialEq, prost::Oneof)]
pub(crate) enum BodyRow {
    #[prost(string, tag = "10")]
    Text(String),
    #[prost(message, tag = "11")]
    Created(CreatedRow),
    #[prost(message, tag = "12")]
    MembersAdded(UsersRow),
    #[prost(fixed64, tag = "13")]
    MemberRemoved(u64),
    /// The new owner; 0 for nobody.
    #[prost(fixed64, tag = "14")]
    MemberLeft(u64),
    #[prost(message, tag = "15")]
    RoleChanged(RoleRow),
    #[prost(fixed64, tag = "16")]
    OwnerChanged(u64),
    #[prost(string, tag = "17")]
    Renamed(String),
    /// 0 write, 1 read.
    #[prost(uint32, tag = "18")]
    FanOutChanged(u32),
    #[prost(uint64, tag = "19")]
    Recalled(u64),
    /// 0 recalled, 1 expired.
    #[prost(uint32, tag = "20")]
    Gone(u32),
    #[prost(uint64, tag = "40")]
    Edited(u64),
    #[prost(message, tag = "60")]
    DisappearingChanged(DisappearingRow),
    #[prost(message, tag = "61")]
    Expired(ExpiryRow),
    #[prost(message, tag = "62")]
    ExpirySet(ExpiryRow),
    #[prost(message, tag = "41")]
    Liked(EmojiRow),
    #[prost(message, tag = "42")]
    Unliked(EmojiRow),
    #[prost(uint64, tag = "43")]
    Pinned(u64),
    #[prost(uint64, tag = "44")]
    Unpinned(u64),
    #[prost(message, tag = "80")]
    Group(GroupRow),
    #[prost(message, tag = "45")]
    Location(LocationRow),
    #[prost(fixed64, tag = "46")]
    Contact(u64),
    #[prost(message, tag = "47")]
    Cards(CardsRow),
    #[prost(message, tag = "48")]
    Poll(PollRow),
    #[prost(uint64, tag = "49")]
    Voted(u64),
    #[prost(uint64, tag = "50")]
    PollClosed(u64),
    #[prost(uint64, tag = "51")]
    Previewed(u64),
}

/// When messages disappear.
#[derive(Clone, Copy, PartialEq, Message)]
pub(crate) struct DisappearingRow {
    /// 0 never, 1 after sending, 2 after reading.
    #[prost(uint32, tag = "1")]
    pub after: u32,
    #[prost(uint64, tag = "2")]
    pub ms: u64,
}

/// Messages whose time is up or begins to run.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ExpiryRow {
    #[prost(uint64, repeated, tag = "1")]
    pub targets: Vec<u64>,
    #[prost(sint64, tag = "2")]
    pub expires_ms: i64,
    #[prost(uint64, tag = "3")]
    pub upto: u64,
}

/// What a message carries beside its body; 0 stands for nothing.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct DetailsRow {
    #[prost(uint64, tag = "1")]
    pub reply_to: u64,
    #[prost(sint64, tag = "2")]
    pub edited_ms: i64,
    #[prost(sint64, tag = "3")]
    pub expires_ms: i64,
    #[prost(uint64, tag = "60")]
    pub expires_after_ms: u64,
    #[prost(sint64, tag = "61")]
    pub deliver_by_ms: i64,
    #[prost(message, repeated, tag = "10")]
    pub spans: Vec<SpanRow>,
    /// Whose message it was first, if it was forwarded, and when that was sent.
    #[prost(fixed64, tag = "11")]
    pub forwarded_sender: u64,
    #[prost(sint64, tag = "12")]
    pub forwarded_ms: i64,
    /// When the poll was closed.
    #[prost(sint64, tag = "13")]
    pub closed_ms: i64,
    #[prost(message, repeated, tag = "70")]
    pub attachments: Vec<AttachmentRow>,
    #[prost(message, optional, boxed, tag = "71")]
    pub preview: Option<Box<PreviewRow>>,
}

/// A message and an emoji.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct EmojiRow {
    #[prost(uint64, tag = "1")]
    pub target: u64,
    #[prost(string, tag = "2")]
    pub emoji: String,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct CreatedRow {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(fixed64, repeated, tag = "2")]
    pub members: Vec<u64>,
    #[prost(bool, tag = "3")]
    pub channel: bool,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct UsersRow {
    #[prost(fixed64, repeated, tag = "1")]
    pub users: Vec<u64>,
    /// The first index they may read; 0 for the entry's own.
    #[prost(uint64, tag = "2")]
    pub visible_from: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct RoleRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(uint32, tag = "2")]
    pub role: u32,
}

/// An entry as a row.
pub(crate) fn log_row(entry: &Entry, payload_hash: &[u8]) -> LogRow {
    LogRow {
        sender: entry.sender.0,
        session: entry.session.0,
        client_message_id: entry.client_message_id.clone().unwrap_or_default(),
        payload_hash: Bytes::copy_from_slice(payload_hash),
        time_ms: entry.time_ms,
        ordinal: entry.ordinal,
        details: entry.details.as_deref().map(details_row),
        body: Some(body_row(&entry.body)),
    }
}

/// A row whose content is another from now on; its place, sender and retry key stay.
pub(crate) fn rewritten(row: &LogRow, body: &Body, details: Option<&Details>) -> LogRow {
    LogRow { body: Some(body_row(body)), details: details.map(details_row), ..row.clone() }
}

/// The bytes of what a client sends, for telling whether it is the same again.
pub(crate) fn payload(body: Option<&Body>, details: Option<&Details>) -> Bytes {
    let row = LogRow { body: body.map(body_row), details: details.map(details_row), ..LogRow::default() };
    super::encode(&row)
}

/// Whether the content of the row's message is gone.
pub(crate) fn is_gone(row: &LogRow) -> bool {
    matches!(row.body, Some(BodyRow::Gone(_)))
}

fn details_row(details: &Details) -> DetailsRow {
    DetailsRow {
        reply_to: details.reply_to.unwrap_or_default(),
        edited_ms: details.edited_ms.unwrap_or_default(),
        expires_ms: details.expires_ms.unwrap_or_default(),
        expires_after_ms: details.expires_after_ms.unwrap_or_default(),
        deliver_by_ms: details.deliver_by_ms.unwrap_or_default(),
        spans: details.spans.iter().map(span_row).collect(),
        forwarded_sender: details.forwarded.as_ref().map_or(0, |origin| origin.sender.0),
        forwarded_ms: details.forwarded.as_ref().map_or(0, |origin| origin.time_ms),
        closed_ms: details.closed_ms.unwrap_or_default(),
        attachments: details.attachments.iter().map(attachment_row).collect(),
        preview: details.preview.as_deref().map(|preview| Box::new(preview_row(preview))),
    }
}

fn details_of(row: &DetailsRow) -> Result<Details, Error> {
    Ok(Details {
        reply_to: Some(row.reply_to).filter(|index| *index != 0),
        edited_ms: Some(row.edited_ms).filter(|time_ms| *time_ms != 0),
        expires_ms: Some(row.expires_ms).filter(|time_ms| *time_ms != 0),
        expires_after_ms: Some(row.expires_after_ms).filter(|ms| *ms != 0),
        deliver_by_ms: Some(row.deliver_by_ms).filter(|time_ms| *time_ms != 0),
        spans: row.spans.iter().map(span).collect::<Result<_, _>>()?,
        forwarded: Some(Origin { sender: UserId(row.forwarded_sender), time_ms: row.forwarded_ms })
            .filter(|origin| origin.sender.0 != 0),
        closed_ms: Some(row.closed_ms).filter(|time_ms| *time_ms != 0),
        attachments: row.attachments.iter().map(attachment).collect::<Result<_, _>>()?,
        preview: row.preview.as_deref().map(preview).transpose()?.map(Box::new),
        ..Details::default()
    })
}

fn body_row(body: &Body) -> BodyRow {
    match body {
        Body::Text { text } => BodyRow::Text(text.clone()),
        Body::Created { name, members, channel } => {
            BodyRow::Created(CreatedRow { name: name.clone(), members: numbers(members), channel: *channel })
        }
        Body::MembersAdded { members, visible_from } => BodyRow::MembersAdded(UsersRow {
            users: numbers(members),
            visible_from: visible_from.unwrap_or_default(),
        }),
        Body::MemberRemoved { member } => BodyRow::MemberRemoved(member.0),
        Body::MemberLeft { new_owner } => BodyRow::MemberLeft(new_owner.map_or(0, |user| user.0)),
        Body::RoleChanged { member, role } => {
            BodyRow::RoleChanged(RoleRow { user: member.0, role: role_number(*role) })
        }
        Body::OwnerChanged { owner } => BodyRow::OwnerChanged(owner.0),
        Body::Renamed { name } => BodyRow::Renamed(name.clone()),
        Body::FanOutChanged { fan_out } => BodyRow::FanOutChanged(fan_out_number(*fan_out)),
        Body::SettingsChanged { .. }
        | Body::Announced { .. }
        | Body::AliasChanged { .. }
        | Body::MemberMuted { .. }
        | Body::MemberBanned { .. }
        | Body::MemberUnbanned { .. }
        | Body::MemberJoined { .. }
        | Body::Dissolved {}
        | Body::Withheld {} => BodyRow::Group(group_row(body)),
        Body::Recalled { target } => BodyRow::Recalled(*target),
        // What the target says is in the target's row alone.
        Body::Edited { target, .. } => BodyRow::Edited(*target),
        Body::DisappearingChanged { disappearing } => {
            BodyRow::DisappearingChanged(disappearing_row(*disappearing))
        }
        Body::Expired { targets } => {
            BodyRow::Expired(ExpiryRow { targets: targets.clone(), ..ExpiryRow::default() })
        }
        Body::ExpirySet { targets, expires_ms, upto } => {
            BodyRow::ExpirySet(ExpiryRow { targets: targets.clone(), expires_ms: *expires_ms, upto: *upto })
        }
        Body::Liked { target, emoji } => BodyRow::Liked(EmojiRow { target: *target, emoji: emoji.clone() }),
        Body::Unliked { target, emoji } => {
            BodyRow::Unliked(EmojiRow { target: *target, emoji: emoji.clone() })
        }
        Body::Pinned { target } => BodyRow::Pinned(*target),
        Body::Unpinned { target } => BodyRow::Unpinned(*target),
        Body::Location(place) => BodyRow::Location(location_row(place)),
        Body::Contact { user_id } => BodyRow::Contact(user_id.0),
        Body::Cards(cards) => BodyRow::Cards(cards_row(cards)),
        Body::Poll(poll) => BodyRow::Poll(poll_row(poll)),
        Body::Voted { target } => BodyRow::Voted(*target),
        Body::PollClosed { target } => BodyRow::PollClosed(*target),
        Body::Previewed { target } => BodyRow::Previewed(*target),
        Body::Gone { reason: GoneReason::Recalled } => BodyRow::Gone(0),
        Body::Gone { reason: GoneReason::Expired } => BodyRow::Gone(1),
        // Nobody stores what one reader hides; the number keeps the mapping whole.
        Body::Gone { reason: GoneReason::Hidden } => BodyRow::Gone(2),
    }
}

/// An entry from its row.
pub(crate) fn entry(index: u64, row: LogRow) -> Result<Entry, Error> {
    let body = row.body.ok_or_else(|| Error::corrupt("a log row without a body"))?;
    Ok(Entry {
        index,
        ordinal: row.ordinal,
        time_ms: row.time_ms,
        sender: UserId(row.sender),
        session: SessionId(row.session),
        client_message_id: Some(row.client_message_id).filter(|id| !id.is_empty()),
        body: body_of(body)?,
        details: row.details.as_ref().map(details_of).transpose()?.map(Box::new),
    })
}

fn body_of(row: BodyRow) -> Result<Body, Error> {
    Ok(match row {
        BodyRow::Text(text) => Body::Text { text },
        BodyRow::Created(row) => {
            Body::Created { name: row.name, members: users(row.members), channel: row.channel }
        }
        BodyRow::Group(row) => group_body(row)?,
        BodyRow::MembersAdded(row) => Body::MembersAdded {
            members: users(row.users),
            visible_from: Some(row.visible_from).filter(|index| *index != 0),
        },
        BodyRow::MemberRemoved(user) => Body::MemberRemoved { member: UserId(user) },
        BodyRow::MemberLeft(owner) => {
            Body::MemberLeft { new_owner: Some(UserId(owner)).filter(|owner| owner.0 != 0) }
        }
        BodyRow::RoleChanged(row) => Body::RoleChanged { member: UserId(row.user), role: role(row.role)? },
        BodyRow::OwnerChanged(user) => Body::OwnerChanged { owner: UserId(user) },
        BodyRow::Renamed(name) => Body::Renamed { name },
        BodyRow::FanOutChanged(number) => Body::FanOutChanged { fan_out: fan_out(number)? },
        BodyRow::Recalled(target) => Body::Recalled { target },
        BodyRow::Edited(target) => Body::Edited { target, text: None, spans: Vec::new() },
        BodyRow::DisappearingChanged(row) => Body::DisappearingChanged { disappearing: disappearing(row)? },
        BodyRow::Expired(row) => Body::Expired { targets: row.targets },
        BodyRow::ExpirySet(row) => {
            Body::ExpirySet { targets: row.targets, expires_ms: row.expires_ms, upto: row.upto }
        }
        BodyRow::Liked(row) => Body::Liked { target: row.target, emoji: row.emoji },
        BodyRow::Unliked(row) => Body::Unliked { target: row.target, emoji: row.emoji },
        BodyRow::Pinned(target) => Body::Pinned { target },
        BodyRow::Unpinned(target) => Body::Unpinned { target },
        BodyRow::Location(row) => Body::Location(location(row)),
        BodyRow::Contact(user) => Body::Contact { user_id: UserId(user) },
        BodyRow::Cards(row) => Body::Cards(cards(row)),
        BodyRow::Poll(row) => Body::Poll(poll(row)),
        BodyRow::Voted(target) => Body::Voted { target },
        BodyRow::PollClosed(target) => Body::PollClosed { target },
        BodyRow::Previewed(target) => Body::Previewed { target },
        BodyRow::Gone(0) => Body::Gone { reason: GoneReason::Recalled },
        BodyRow::Gone(1) => Body::Gone { reason: GoneReason::Expired },
        BodyRow::Gone(2) => Body::Gone { reason: GoneReason::Hidden },
        BodyRow::Gone(number) => return Err(Error::corrupt(format!("an unknown reason {number}"))),
    })
}

pub(crate) fn disappearing_row(disappearing: Option<Disappearing>) -> DisappearingRow {
    disappearing.map_or_else(DisappearingRow::default, |Disappearing { after, ms }| DisappearingRow {
        after: match after {
            DisappearAfter::Sending => 1,
            DisappearAfter::Reading => 2,
        },
        ms,
    })
}

pub(crate) fn disappearing(row: DisappearingRow) -> Result<Option<Disappearing>, Error> {
    let after = match row.after {
        0 => return Ok(None),
        1 => DisappearAfter::Sending,
        2 => DisappearAfter::Reading,
        number => return Err(Error::corrupt(format!("an unknown beginning of a time {number}"))),
    };
    Ok(Some(Disappearing { after, ms: row.ms }))
}

fn numbers(users: &[UserId]) -> Vec<u64> {
    users.iter().map(|user| user.0).collect()
}

fn users(numbers: Vec<u64>) -> Vec<UserId> {
    numbers.into_iter().map(UserId).collect()
}
