//! What stands in the rows: a version byte and a protobuf message, apart from the wire's shapes. Fields are only
//! ever added; a fixture of every version is read in the tests.

use bytes::{BufMut, Bytes, BytesMut};
use parlance_proto::{Body, Entry, FanOut, Role, SessionId, UserId};
use prost::Message;

use crate::Error;

/// The version of every row written now.
const VERSION: u8 = 1;

/// A row's bytes.
pub(crate) fn encode(row: &impl Message) -> Bytes {
    let mut bytes = BytesMut::with_capacity(1 + row.encoded_len());
    bytes.put_u8(VERSION);
    row.encode(&mut bytes).expect("BytesMut grows");
    bytes.freeze()
}

/// A row from its bytes.
pub(crate) fn decode<R: Message + Default>(bytes: &[u8]) -> Result<R, Error> {
    match bytes.split_first() {
        Some((&VERSION, message)) => {
            R::decode(message).map_err(|error| Error::corrupt(format!("a row cannot be read: {error}")))
        }
        Some((version, _)) => Err(Error::corrupt(format!("a row of the unknown version {version}"))),
        None => Err(Error::corrupt("an empty row")),
    }
}

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
    #[prost(oneof = "BodyRow", tags = "10, 11, 12, 13, 14, 15, 16, 17, 18")]
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
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct CreatedRow {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(fixed64, repeated, tag = "2")]
    pub members: Vec<u64>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct UsersRow {
    #[prost(fixed64, repeated, tag = "1")]
    pub users: Vec<u64>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct RoleRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(uint32, tag = "2")]
    pub role: u32,
}

/// The fold of a conversation up to `applied`; its members are rows of their own.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct StateRow {
    #[prost(uint64, tag = "1")]
    pub applied: u64,
    #[prost(uint64, tag = "2")]
    pub ordinal: u64,
    #[prost(uint64, tag = "3")]
    pub last_message: u64,
    #[prost(sint64, tag = "4")]
    pub time_ms: i64,
    #[prost(string, tag = "5")]
    pub name: String,
    #[prost(uint32, tag = "6")]
    pub fan_out: u32,
}

/// A member.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct MemberRow {
    #[prost(uint32, tag = "1")]
    pub role: u32,
    #[prost(uint64, tag = "2")]
    pub joined_index: u64,
    #[prost(uint64, tag = "3")]
    pub joined_ordinal: u64,
    #[prost(uint64, tag = "4")]
    pub own_index: u64,
    #[prost(uint64, tag = "5")]
    pub own_ordinal: u64,
}

/// A retry key.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct RetryRow {
    #[prost(uint64, tag = "1")]
    pub index: u64,
    #[prost(bytes = "bytes", tag = "2")]
    pub payload_hash: Bytes,
}

/// Beside a read index.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ReadRow {
    /// The ordinal at the read index.
    #[prost(uint64, tag = "1")]
    pub ordinal: u64,
}

/// The head of a user's inbox.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct InboxHead {
    /// The last user index.
    #[prost(uint64, tag = "1")]
    pub head: u64,
    /// Rows below this user index were trimmed.
    #[prost(uint64, tag = "2")]
    pub floor: u64,
    /// Rows kept.
    #[prost(uint64, tag = "3")]
    pub rows: u64,
}

/// A change in a user's inbox, under its first user index.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct InboxRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub conversation: Bytes,
    /// The entries it stands for; both 0 when only the read index or the membership changed.
    #[prost(uint64, tag = "2")]
    pub from: u64,
    #[prost(uint64, tag = "3")]
    pub to: u64,
    /// User indexes it takes.
    #[prost(uint64, tag = "4")]
    pub count: u64,
}

/// A conversation in a user's list.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ListRow {
    /// The last index fanned out.
    #[prost(uint64, tag = "1")]
    pub index: u64,
    #[prost(uint64, tag = "2")]
    pub ordinal: u64,
    #[prost(sint64, tag = "3")]
    pub time_ms: i64,
    #[prost(uint64, tag = "4")]
    pub last_message: u64,
    #[prost(uint64, tag = "5")]
    pub own_index: u64,
    #[prost(uint64, tag = "6")]
    pub own_ordinal: u64,
    #[prost(uint64, tag = "7")]
    pub joined_index: u64,
    #[prost(uint64, tag = "8")]
    pub joined_ordinal: u64,
    /// Its place in the order: the first user index of its latest entries.
    #[prost(uint64, tag = "9")]
    pub order: u64,
    #[prost(string, tag = "10")]
    pub name: String,
    #[prost(uint32, tag = "11")]
    pub role: u32,
    #[prost(uint64, tag = "12")]
    pub member_count: u64,
}

/// A user's account.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AccountRow {
    /// Empty if another user took the name while this account was being made; such an account is dead.
    #[prost(string, tag = "1")]
    pub username: String,
    #[prost(string, tag = "2")]
    pub display_name: String,
    #[prost(string, tag = "3")]
    pub status_text: String,
    #[prost(string, tag = "4")]
    pub password_hash: String,
    #[prost(bool, tag = "5")]
    pub admin: bool,
    #[prost(sint64, tag = "6")]
    pub created_ms: i64,
}

/// A session, found by its token's hash.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct SessionRow {
    #[prost(fixed64, tag = "1")]
    pub user: u64,
    #[prost(fixed64, tag = "2")]
    pub session: u64,
}

/// A session in its user's list of devices.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct DeviceRow {
    #[prost(bytes = "bytes", tag = "1")]
    pub token_hash: Bytes,
    #[prost(string, tag = "2")]
    pub device_name: String,
    #[prost(sint64, tag = "3")]
    pub created_ms: i64,
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
        body: Some(body_row(&entry.body)),
    }
}

fn body_row(body: &Body) -> BodyRow {
    match body {
        Body::Text { text } => BodyRow::Text(text.clone()),
        Body::Created { name, members } => {
            BodyRow::Created(CreatedRow { name: name.clone(), members: numbers(members) })
        }
        Body::MembersAdded { members } => BodyRow::MembersAdded(UsersRow { users: numbers(members) }),
        Body::MemberRemoved { member } => BodyRow::MemberRemoved(member.0),
        Body::MemberLeft { new_owner } => BodyRow::MemberLeft(new_owner.map_or(0, |user| user.0)),
        Body::RoleChanged { member, role } => {
            BodyRow::RoleChanged(RoleRow { user: member.0, role: role_number(*role) })
        }
        Body::OwnerChanged { owner } => BodyRow::OwnerChanged(owner.0),
        Body::Renamed { name } => BodyRow::Renamed(name.clone()),
        Body::FanOutChanged { fan_out } => BodyRow::FanOutChanged(fan_out_number(*fan_out)),
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
    })
}

fn body_of(row: BodyRow) -> Result<Body, Error> {
    Ok(match row {
        BodyRow::Text(text) => Body::Text { text },
        BodyRow::Created(row) => Body::Created { name: row.name, members: users(row.members) },
        BodyRow::MembersAdded(row) => Body::MembersAdded { members: users(row.users) },
        BodyRow::MemberRemoved(user) => Body::MemberRemoved { member: UserId(user) },
        BodyRow::MemberLeft(owner) => {
            Body::MemberLeft { new_owner: Some(UserId(owner)).filter(|owner| owner.0 != 0) }
        }
        BodyRow::RoleChanged(row) => Body::RoleChanged { member: UserId(row.user), role: role(row.role)? },
        BodyRow::OwnerChanged(user) => Body::OwnerChanged { owner: UserId(user) },
        BodyRow::Renamed(name) => Body::Renamed { name },
        BodyRow::FanOutChanged(number) => Body::FanOutChanged { fan_out: fan_out(number)? },
    })
}

fn numbers(users: &[UserId]) -> Vec<u64> {
    users.iter().map(|user| user.0).collect()
}

fn users(numbers: Vec<u64>) -> Vec<UserId> {
    numbers.into_iter().map(UserId).collect()
}

pub(crate) fn role_number(role: Role) -> u32 {
    match role {
        Role::Member => 0,
        Role::Admin => 1,
        Role::Owner => 2,
    }
}

pub(crate) fn role(number: u32) -> Result<Role, Error> {
    match number {
        0 => Ok(Role::Member),
        1 => Ok(Role::Admin),
        2 => Ok(Role::Owner),
        _ => Err(Error::corrupt(format!("an unknown role {number}"))),
    }
}

pub(crate) fn fan_out_number(fan_out: FanOut) -> u32 {
    match fan_out {
        FanOut::Write => 0,
        FanOut::Read => 1,
    }
}

pub(crate) fn fan_out(number: u32) -> Result<FanOut, Error> {
    match number {
        0 => Ok(FanOut::Write),
        1 => Ok(FanOut::Read),
        _ => Err(Error::corrupt(format!("an unknown fan-out {number}"))),
    }
}

#[cfg(test)]
mod tests;
