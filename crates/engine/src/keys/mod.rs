//! Every key layout of the store, in one room: no other file puts a key together or takes one apart.
//!
//! Numbers are big-endian, so that keys sort as numbers do. A layout that was ever released never changes; one more
//! row in the table is the way to something new.

use bytes::Bytes;
use parlance_proto::{ConversationId, FileId, GroupId, UserId};

mod account;
mod administration;
mod conversation;
mod file;
mod joining;
mod keeping;
mod message;
mod people;
mod timer;
mod user;

pub(crate) use account::*;
pub(crate) use administration::*;
pub(crate) use conversation::*;
pub(crate) use file::*;
pub(crate) use joining::*;
pub(crate) use keeping::*;
pub(crate) use message::*;
pub(crate) use people::*;
pub(crate) use timer::*;
pub(crate) use user::*;

/// The families (F fenced, R register, B blind), the letters that begin a partition, and what is kept there.
///
/// | family, partition | key | row |
/// |---|---|---|
/// | F `L` conversation bucket | index | `LogRow`; bucket = index >> 16 |
/// | F `S` conversation | `s` | `StateRow`: the fold up to `applied` |
/// | F `S` conversation | `m` user | `MemberRow`, as of `applied` or later |
/// | F `S` conversation | `t` | `SharedRow`: settings and announcement, if any was ever set |
/// | F `S` conversation | `r` user | `RestraintRow`: muted, banned |
/// | F `S` conversation | `u` link | `UsesRow`: how many came in by a link |
/// | B `G` `h` hash of a link's code | empty | `LinkRow` |
/// | B `G` `l` conversation | link | the hash of the link's code |
/// | B `G` `r` conversation | user | `RequestRow`: somebody wants to come in |
/// | R `R` conversation | user | read index, with `ReadRow` |
/// | R `R` conversation `d` | user | delivered index |
/// | R `C` shard | conversation | inbox cursor: index followed up to |
/// | B `D` shard | conversation incarnation | dirty mark |
/// | B `X` conversation sender | client message id | `RetryRow`, expires |
/// | B `E` conversation bucket | target index | `LogRow`: a version of an edited message; bucket = target >> 16 |
/// | B `W` shard | `t` due `e` conversation index | a message may have expired |
/// | B `W` shard | `t` due `u` conversation index | a message was to be delivered |
/// | B `W` shard | `t` due `s` user id | a scheduled message of the user is due |
/// | B `W` shard | `w` conversation | messages wait for being read to disappear |
/// | B `W` shard | `t` due `r` conversation | messages of it may be too old to be kept |
/// | R `M` `r` shard | conversation | up to which index its messages were too old and are gone |
/// | B `M` | `w` | `WalkedRow` |
/// | F `M` `h` | hold | `HoldRow` |
/// | B `M` `c` hold | conversation index edited | `LogRow`: a message as it was |
/// | B `H` conversation bucket | `s` target | `LikesRow`: a message's likes in short |
/// | B `H` conversation bucket | `o` target index | `LikeRow`, in order of liking |
/// | B `H` conversation bucket | `e` target emoji index | `LikeRow`, by emoji |
/// | B `H` conversation bucket | `m` user target emoji | `LikeRow`, by user |
/// | B `B` conversation bucket | `s` target | `TallyRow`: a poll's votes counted |
/// | B `B` conversation bucket | `b` target user | `BallotRow`: a voter's ballot |
/// | B `B` conversation bucket | `o` target option index | `BallotRow`, by option, unless the poll is anonymous |
/// | F `U` user | `s` | `ScheduledList` |
/// | F `U` user | `j` id | `ScheduledRow` |
/// | F `U` user | `h` | `InboxHead` |
/// | F `U` user | `c` conversation | `ListRow` |
/// | F `U` user | `i` user index | `InboxRow`, under its first user index |
/// | F `U` user | `o` user index | conversation: the list in activity order |
/// | F `U` user | `q` conversation | `OwnRequestRow`: one's own request to come in |
/// | F `U` user | `p` conversation | `ViewRow`: the user's own view of it |
/// | F `U` user | `w` | `PinsRow` |
/// | F `U` user | `y` | `FoldersRow` |
/// | F `U` user | `z` | `NotificationsRow` |
/// | F `U` user | `v` | `PrivacyRow`: what the user lets others see |
/// | F `U` user | `f` user | `RelationRow`: what the other is to the user |
/// | R `P` user | `l` | when the user was last seen |
/// | B `F` `r` | user | nothing: who does not show what was read |
/// | B `P` user | `m` conversation index | nothing: a message that mentions the user |
/// | B `P` user | `g` conversation | a large group the user is in |
/// | B `P` user | `n` | never there |
/// | F `K` user | client message id | the group made under this retry key |
/// | F `A` user | `a` | `AccountRow` |
/// | F `N` username | empty | the user id that has the name |
/// | F `N` `+` or `@` shard | `g` | `ClaimsRow`: guards the shard |
/// | F `N` `+` or `@` shard | telephone number or e-mail address | the user id that has it |
/// | F `V` | `admin` | the user id of the first administrator |
/// | B `T` token hash | empty | `SessionRow` |
/// | B `Y` user | session | `DeviceRow` |
/// | B `I` `u` shard | user | nothing: every user that was ever made |
/// | F `I` `g` shard | group | the user id of who claimed this group's id |
/// | F `Q` bucket | index | `AuditRow`; bucket = index >> 16 |
/// | F `J` code hash | empty | `InviteRow`, expires |
/// | B `J` | invite | the hash of the invite's code, expires |
/// | B `J` user | invite | the same, of this user's invites |
/// | F `O` | `s` | `SettingsRow` |
/// | F `T` ticket hash | empty | `TicketRow`, expires |
/// | F `Z` `r` report | empty | `ReportRow` |
/// | F `Z` `c` reporter | conversation index | the id of the report |
/// | B `Z` `o` or `d` | report | nothing: the report is open, or done |
/// | B `b` `f` file | `f` | `FileRow` |
/// | B `b` `f` file | `r` `m` conversation index | nothing: a message carries the file |
/// | B `b` `f` file | `r` `u` user | nothing: it is the user's photo |
/// | B `b` `f` file | `r` `g` conversation | nothing: it is the group's photo |
/// | B `b` `f` file | `r` `v` user conversation | nothing: it is the user's background of that conversation |
/// | B `b` `f` file | `r` `s` pack | nothing: it is a sticker of the pack |
/// | F `b` `p` | pack | `StickerPackRow` |
/// | B `b` `f` file | `r` `e` name | nothing: it is the custom emoji of the name |
/// | F `b` `e` | `n` name | `CustomEmojiRow` |
/// | F `b` `e` | `t` | `TurnRow`: guards the custom emoji |
/// | F `b` `p` | `t` | `TurnRow`: guards how many packs there are |
/// | B `b` `f` file | `s` | nothing: a message that carried the file is gone |
/// | B `b` `f` file | `h` digest | nothing: bytes that the file consists of |
/// | B `b` `h` digest | file | nothing: a file that consists of these bytes |
/// | B `b` `m` conversation | `a` index | `ShelfRow`: what a message carries |
/// | B `b` `m` conversation | `k` kind index | nothing: a message carries files of this kind, or links |
/// | B `b` `q` | due file | `DueRow`: whether anybody needs the file is to be looked at then |
/// | F `c` user | `t` | `UsageRow`: what the user's files take up |
/// | F `c` user | `u` file | `UploadRow` |
/// | F `c` user | `f` file | `OwnFileRow` |
/// | F `c` | `k` | the key with which links are signed |
/// | R `Q` | `head` | how far the audit log has come, with the hash there |
///
/// Marks and cursors are spread over so many shards; changing the number would lose sight of marks.
pub(crate) const SHARDS: u8 = 64;

/// The number at the end of an `InboxRow`'s or order row's key.
pub(crate) fn tail_number(key: &[u8]) -> Option<u64> {
    key.split_last_chunk::<8>().map(|(_, number)| u64::from_be_bytes(*number))
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

    fn file(self, file: FileId) -> Name {
        self.bytes(&file.0.to_be_bytes())
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
mod tests;
