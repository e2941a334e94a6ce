//! Every key layout of the store, in one place: no other file puts a key together or takes one apart.
//!
//! Numbers are big-endian, so that keys sort as numbers do. A layout that was ever released never changes; one more
//! row in the table is the way to something new.

use bytes::Bytes;
use parlance_proto::{ConversationId, GroupId, SessionId, UserId};
use parlance_store::{Family, RowKey};

/// The families (F fenced, R register, B blind), the letters that begin a partition, and what is kept there.
///
/// | family, partition | key | row |
/// |---|---|---|
/// | F `L` conversation bucket | index | `LogRow`; bucket = index >> 16 |
/// | F `S` conversation | `s` | `StateRow`: the fold up to `applied` |
/// | F `S` conversation | `m` user | `MemberRow`, as of `applied` or later |
/// | R `R` conversation | user | read index, with `ReadRow` |
/// | R `C` shard | conversation | inbox cursor: index followed up to |
/// | B `D` shard | conversation incarnation | dirty mark |
/// | B `X` conversation sender | client message id | `RetryRow`, expires |
/// | F `U` user | `h` | `InboxHead` |
/// | F `U` user | `c` conversation | `ListRow` |
/// | F `U` user | `i` user index | `InboxRow`, under its first user index |
/// | F `U` user | `o` user index | conversation: the list in activity order |
/// | B `P` user | `g` conversation | a large group the user is in |
/// | F `K` user | client message id | the group made under this retry key |
/// | F `A` user | `a` | `AccountRow` |
/// | F `N` username | empty | the user id that has the name |
/// | F `V` | `admin` | the user id of the first administrator |
/// | B `T` token hash | empty | `SessionRow` |
/// | B `Y` user | session | `DeviceRow` |
///
/// Marks and cursors are spread over so many shards; changing the number would lose sight of marks.
pub(crate) const SHARDS: u8 = 64;

/// The log's partition that holds `index`.
pub(crate) fn log(conversation: ConversationId, index: u64) -> Bytes {
    Name::new(b'L').conversation(conversation).number(bucket(index)).done()
}

/// The bucket of an index; a commit never crosses one.
pub(crate) fn bucket(index: u64) -> u64 {
    index >> 16
}

/// A log row's key.
pub(crate) fn index(index: u64) -> Bytes {
    Bytes::copy_from_slice(&index.to_be_bytes())
}

/// A log row's full name.
pub(crate) fn log_row(conversation: ConversationId, at: u64) -> RowKey {
    RowKey { family: Family::Fenced, partition: log(conversation, at), key: index(at) }
}

/// A conversation's folded state.
pub(crate) fn state(conversation: ConversationId) -> Bytes {
    Name::new(b'S').conversation(conversation).done()
}

/// The key of the `StateRow`.
pub(crate) const STATE: Bytes = Bytes::from_static(b"s");
/// What the keys of members start with.
pub(crate) const MEMBER_PREFIX: &[u8] = b"m";

/// The key of a `MemberRow`.
pub(crate) fn member(user: UserId) -> Bytes {
    Name::new(b'm').number(user.0).done()
}

/// A member's read index.
pub(crate) fn receipt(conversation: ConversationId, user: UserId) -> RowKey {
    RowKey {
        family: Family::Register,
        partition: Name::new(b'R').conversation(conversation).done(),
        key: index(user.0),
    }
}

/// A conversation's inbox cursor.
pub(crate) fn inbox_cursor(conversation: ConversationId) -> RowKey {
    RowKey {
        family: Family::Register,
        partition: Name::new(b'C').byte(shard(conversation)).done(),
        key: Name::bare().conversation(conversation).done(),
    }
}

/// The dirty marks of a shard.
pub(crate) fn marks(shard: u8) -> Bytes {
    Name::new(b'D').byte(shard).done()
}

/// The key of this incarnation's mark on a conversation.
pub(crate) fn mark(conversation: ConversationId, incarnation: u64) -> Bytes {
    Name::bare().conversation(conversation).number(incarnation).done()
}

/// The conversation a mark is on.
pub(crate) fn marked(key: &[u8]) -> Option<ConversationId> {
    let (conversation, _incarnation) = key.split_last_chunk::<8>()?;
    parse_conversation(conversation)
}

/// The shard of a conversation: FNV-1a of its id.
pub(crate) fn shard(conversation: ConversationId) -> u8 {
    let id = Name::bare().conversation(conversation).done();
    let hash = id.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash % u64::from(SHARDS)) as u8
}

/// The retry keys of a sender in a conversation.
pub(crate) fn retry_keys(conversation: ConversationId, sender: UserId) -> Bytes {
    Name::new(b'X').conversation(conversation).number(sender.0).done()
}

/// One retry key.
pub(crate) fn retry_key(conversation: ConversationId, sender: UserId, id: &str) -> RowKey {
    RowKey {
        family: Family::Blind,
        partition: retry_keys(conversation, sender),
        key: Bytes::copy_from_slice(id.as_bytes()),
    }
}

/// A user's inbox and list.
pub(crate) fn user(user: UserId) -> Bytes {
    Name::new(b'U').number(user.0).done()
}

/// The key of the `InboxHead`.
pub(crate) const INBOX_HEAD: Bytes = Bytes::from_static(b"h");

/// The key of a `ListRow`.
pub(crate) fn listed(conversation: ConversationId) -> Bytes {
    Name::new(b'c').conversation(conversation).done()
}

/// The key of an `InboxRow`.
pub(crate) fn inbox_row(user_index: u64) -> Bytes {
    Name::new(b'i').number(user_index).done()
}

/// The key of a place in the list's order.
pub(crate) fn order(user_index: u64) -> Bytes {
    Name::new(b'o').number(user_index).done()
}

/// The number at the end of an `InboxRow`'s or order row's key.
pub(crate) fn tail_number(key: &[u8]) -> Option<u64> {
    key.split_last_chunk::<8>().map(|(_, number)| u64::from_be_bytes(*number))
}

/// A user's own records.
pub(crate) fn personal(user: UserId) -> Bytes {
    Name::new(b'P').number(user.0).done()
}

/// What the keys of large groups start with.
pub(crate) const LARGE_GROUP_PREFIX: &[u8] = b"g";

/// The key of a large group the user is in.
pub(crate) fn large_group(conversation: ConversationId) -> Bytes {
    Name::new(b'g').conversation(conversation).done()
}

/// The groups a user made, by retry key.
pub(crate) fn made_groups(user: UserId) -> Bytes {
    Name::new(b'K').number(user.0).done()
}

/// A user's account.
pub(crate) fn account(user: UserId) -> RowKey {
    RowKey { family: Family::Fenced, partition: Name::new(b'A').number(user.0).done(), key: ACCOUNT }
}

/// The key of the `AccountRow`.
pub(crate) const ACCOUNT: Bytes = Bytes::from_static(b"a");

/// The claim of a username.
pub(crate) fn username(name: &str) -> RowKey {
    let partition = Name::new(b'N').bytes(name.as_bytes()).done();
    RowKey { family: Family::Fenced, partition, key: Bytes::new() }
}

/// The claim of the first administrator.
pub(crate) fn first_admin() -> RowKey {
    RowKey { family: Family::Fenced, partition: Bytes::from_static(b"V"), key: Bytes::from_static(b"admin") }
}

/// A session by its token's hash.
pub(crate) fn token(hash: &[u8; 32]) -> RowKey {
    RowKey { family: Family::Blind, partition: Name::new(b'T').bytes(hash).done(), key: Bytes::new() }
}

/// A user's devices.
pub(crate) fn devices(user: UserId) -> Bytes {
    Name::new(b'Y').number(user.0).done()
}

/// The key of a `DeviceRow`.
pub(crate) fn device(session: SessionId) -> Bytes {
    index(session.0)
}

/// Reads back a conversation's bytes.
pub(crate) fn parse_conversation(bytes: &[u8]) -> Option<ConversationId> {
    let number = |bytes: &[u8]| bytes.try_into().ok().map(u64::from_be_bytes);
    match bytes.split_first()? {
        (b'd', users) if users.len() == 16 => {
            Some(ConversationId::Direct(UserId(number(&users[..8])?), UserId(number(&users[8..])?)))
        }
        (b'g', group) => Some(ConversationId::Group(GroupId(number(group)?))),
        _ => None,
    }
}

/// A conversation's bytes: a letter and one or two numbers.
pub(crate) fn conversation(conversation: ConversationId) -> Bytes {
    Name::bare().conversation(conversation).done()
}

/// A name in the making.
struct Name(Vec<u8>);

impl Name {
    fn bare() -> Name {
        Name(Vec::with_capacity(32))
    }

    fn new(letter: u8) -> Name {
        Name::bare().byte(letter)
    }

    fn byte(mut self, byte: u8) -> Name {
        self.0.push(byte);
        self
    }

    fn bytes(mut self, bytes: &[u8]) -> Name {
        self.0.extend_from_slice(bytes);
        self
    }

    fn number(self, number: u64) -> Name {
        self.bytes(&number.to_be_bytes())
    }

    fn conversation(self, conversation: ConversationId) -> Name {
        match conversation {
            ConversationId::Direct(one, other) => self.byte(b'd').number(one.0).number(other.0),
            ConversationId::Group(group) => self.byte(b'g').number(group.0),
        }
    }

    fn done(self) -> Bytes {
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FNV-1a of the ids below, modulo 64.
    const SHARD_OF_GROUP: u8 = 54;
    const SHARD_OF_DIRECT: u8 = 6;

    #[test]
    fn conversations_come_back_from_their_bytes_and_marks() {
        for id in [ConversationId::direct(UserId(9), UserId(3)), ConversationId::Group(GroupId(u64::MAX))] {
            assert_eq!(parse_conversation(&conversation(id)), Some(id));
            assert_eq!(marked(&mark(id, 77)), Some(id));
        }
    }

    fn hex(bytes: &[u8]) -> String {
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
        bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    fn full(row: &RowKey) -> String {
        format!("{:?} {} {}", row.family, hex(&row.partition), hex(&row.key))
    }

    /// Layouts are for ever: who changes one loses sight of everything under the old one.
    #[test]
    fn layouts_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let direct = ConversationId::direct(UserId(2), UserId(1));
        let user = UserId(0x1112_1314_1516_1718);
        let id = "670102030405060708";
        assert_eq!(hex(&conversation(group)), id);
        assert_eq!(hex(&conversation(direct)), "6400000000000000010000000000000002");
        assert_eq!(
            full(&log_row(group, 0x2_0003)),
            format!("Fenced 4c{id}0000000000000002 0000000000020003")
        );
        assert_eq!(hex(&state(group)), format!("53{id}"));
        assert_eq!((hex(&STATE), hex(&member(user))), ("73".into(), "6d1112131415161718".into()));
        assert_eq!(full(&receipt(group, user)), format!("Register 52{id} 1112131415161718"));
        assert_eq!((shard(group), shard(direct)), (SHARD_OF_GROUP, SHARD_OF_DIRECT));
        assert_eq!(full(&inbox_cursor(group)), format!("Register 43{SHARD_OF_GROUP:02x} {id}"));
        assert_eq!(hex(&marks(5)), "4405");
        assert_eq!(hex(&mark(group, 9)), format!("{id}0000000000000009"));
        assert_eq!(full(&retry_key(group, user, "k-1")), format!("Blind 58{id}1112131415161718 6b2d31"));
    }

    #[test]
    fn layouts_of_a_users_rows_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let user = UserId(0x1112_1314_1516_1718);
        let number = "1112131415161718";
        assert_eq!((hex(&super::user(user)), hex(&INBOX_HEAD)), (format!("55{number}"), "68".into()));
        assert_eq!(hex(&listed(group)), "63670102030405060708");
        assert_eq!(
            (hex(&inbox_row(9)), hex(&order(9))),
            ("690000000000000009".into(), "6f0000000000000009".into())
        );
        assert_eq!(hex(&personal(user)), format!("50{number}"));
        assert_eq!(hex(&large_group(group)), "67670102030405060708");
        assert_eq!(hex(&made_groups(user)), format!("4b{number}"));
        assert_eq!(full(&account(user)), format!("Fenced 41{number} 61"));
        assert_eq!(full(&username("al")), "Fenced 4e616c ");
        assert_eq!(full(&first_admin()), "Fenced 56 61646d696e");
        assert_eq!(full(&token(&[0xa5; 32])), format!("Blind 54{} ", "a5".repeat(32)));
        assert_eq!(
            (hex(&devices(user)), hex(&device(SessionId(9)))),
            (format!("59{number}"), "0000000000000009".into())
        );
    }

    #[test]
    fn a_bucket_changes_its_partition() {
        let id = ConversationId::Group(GroupId(1));
        assert_eq!(log(id, 1), log(id, 65_535));
        assert_ne!(log(id, 65_535), log(id, 65_536));
    }
}
