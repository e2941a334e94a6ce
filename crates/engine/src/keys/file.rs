//! Keys of files: what is known of one, who needs it, and what a user's uploads take up.
//!
//! Who needs a file is a set of rows, never a count, so that doing a thing again changes nothing.

use bytes::Bytes;
use parlance_proto::{AttachmentKind, ConversationId, FileId, StickerPackId, UserId};
use parlance_store::{Family, RowKey};

use super::Name;

/// All that is known of a file.
pub(crate) fn file(file: FileId) -> Bytes {
    Name::new(b'b').byte(b'f').file(file).done()
}

/// What keys of a file's partition are.
pub(crate) const FILE: &[u8] = b"f";
/// A message that carried the file is gone.
pub(crate) const FILE_SPENT: &[u8] = b"s";
/// What the keys of those who need a file start with.
pub(crate) const FILE_NEEDED: &[u8] = b"r";
/// What the keys of the bytes that a file consists of start with.
pub(crate) const FILE_BYTES: &[u8] = b"h";

/// A file's `FileRow`.
pub(crate) fn file_row(id: FileId) -> RowKey {
    blind(file(id), Bytes::from_static(FILE))
}

/// The mark that a message which carried the file is gone.
pub(crate) fn file_spent(id: FileId) -> RowKey {
    blind(file(id), Bytes::from_static(FILE_SPENT))
}

/// A message that carries a file.
pub(crate) fn carried(conversation: ConversationId, index: u64) -> Bytes {
    Name::new(b'r').byte(b'm').conversation(conversation).number(index).done()
}

/// What the keys of the packs whose sticker a file is start with.
pub(crate) const IN_PACK: &[u8] = b"rs";

/// A pack whose sticker a file is.
pub(crate) fn in_pack(pack: StickerPackId) -> Bytes {
    Name::new(b'r').byte(b's').number(pack.0).done()
}

/// All packs of stickers.
pub(crate) const STICKERS: Bytes = Bytes::from_static(b"bp");

/// A pack's `StickerPackRow`.
pub(crate) fn sticker_pack(pack: StickerPackId) -> RowKey {
    fenced(STICKERS, super::index(pack.0))
}

/// The key of the `TurnRow` that guards a set of the server's.
pub(crate) const TURN: &[u8] = b"t";

/// The `TurnRow` of the packs of stickers.
pub(crate) fn sticker_turn() -> RowKey {
    fenced(STICKERS, Bytes::from_static(TURN))
}

/// All custom emoji.
pub(crate) const EMOJI: Bytes = Bytes::from_static(b"be");
/// What the keys of custom emoji start with.
pub(crate) const EMOJI_NAMED: &[u8] = b"n";

/// A custom emoji's `CustomEmojiRow`.
pub(crate) fn emoji(name: &str) -> RowKey {
    fenced(EMOJI, Name::new(b'n').bytes(name.as_bytes()).done())
}

/// The `TurnRow` of the custom emoji.
pub(crate) fn emoji_turn() -> RowKey {
    fenced(EMOJI, Bytes::from_static(TURN))
}

/// A custom emoji whose picture a file is.
pub(crate) fn as_emoji(name: &str) -> Bytes {
    Name::new(b'r').byte(b'e').bytes(name.as_bytes()).done()
}

/// What a picture stands for, beside messages that carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder {
    /// A user: it is the user's photo.
    User(UserId),
    /// A group: it is the group's photo.
    Group(ConversationId),
    /// A user's own view of a conversation: it is the background.
    View(UserId, ConversationId),
}

/// Something that a picture stands for.
pub(crate) fn held(by: Holder) -> Bytes {
    let name = Name::new(b'r');
    match by {
        Holder::User(user) => name.byte(b'u').number(user.0),
        Holder::Group(conversation) => name.byte(b'g').conversation(conversation),
        Holder::View(user, conversation) => name.byte(b'v').number(user.0).conversation(conversation),
    }
    .done()
}

/// Bytes that a file consists of.
pub(crate) fn file_bytes(digest: &[u8]) -> Bytes {
    Name::new(b'h').bytes(digest).done()
}

/// The files that consist of some bytes.
pub(crate) fn bytes_of(digest: &[u8]) -> Bytes {
    Name::new(b'b').byte(b'h').bytes(digest).done()
}

/// The nodes that are erasing some bytes.
pub(crate) fn erasing(digest: &[u8]) -> Bytes {
    Name::new(b'b').byte(b'x').bytes(digest).done()
}

/// A file that consists of some bytes.
pub(crate) fn bytes_file(file: FileId) -> Bytes {
    Name::bare().file(file).done()
}

/// The files of a conversation's messages.
pub(crate) fn shelf(conversation: ConversationId) -> Bytes {
    Name::new(b'b').byte(b'm').conversation(conversation).done()
}

/// The files of one message.
pub(crate) fn shelf_message(index: u64) -> Bytes {
    Name::new(b'a').number(index).done()
}

/// What a conversation's files are listed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ShelfKind {
    Of(AttachmentKind),
    Link,
}

impl ShelfKind {
    fn byte(self) -> u8 {
        match self {
            ShelfKind::Of(AttachmentKind::Picture) => 1,
            ShelfKind::Of(AttachmentKind::Video) => 2,
            ShelfKind::Of(AttachmentKind::Voice) => 3,
            ShelfKind::Of(AttachmentKind::File) => 4,
            ShelfKind::Link => 5,
        }
    }
}

/// A message that carries files of a kind.
pub(crate) fn shelf_place(kind: ShelfKind, index: u64) -> Bytes {
    Name::new(b'k').byte(kind.byte()).number(index).done()
}

/// The files that may be due to be collected, by time.
pub(crate) fn collection() -> Bytes {
    Name::new(b'b').byte(b'q').done()
}

/// A file that is to be looked at then.
pub(crate) fn due_file(due_ms: i64, file: FileId) -> Bytes {
    Name::bare().number(due_ms.max(0) as u64).file(file).done()
}

/// The end of the keys that are due at `now_ms`.
pub(crate) fn files_due_by(now_ms: i64) -> Bytes {
    Name::bare().number(now_ms.saturating_add(1).max(0) as u64).done()
}

/// The file of a due key.
pub(crate) fn parse_due_file(key: &[u8]) -> Option<FileId> {
    key.get(8..)?.try_into().ok().map(|bytes| FileId(u128::from_be_bytes(bytes)))
}

/// A user's uploads and what they take up.
pub(crate) fn uploads(user: UserId) -> Bytes {
    Name::new(b'c').number(user.0).done()
}

/// What a user's files take up: `UsageRow`.
pub(crate) fn usage(user: UserId) -> RowKey {
    fenced(uploads(user), Bytes::from_static(b"t"))
}

/// An upload under way: `UploadRow`.
pub(crate) fn upload(user: UserId, file: FileId) -> RowKey {
    fenced(uploads(user), Name::new(b'u').file(file).done())
}

/// A user's file that is kept: `OwnFileRow`.
pub(crate) fn kept(user: UserId, file: FileId) -> RowKey {
    fenced(uploads(user), Name::new(b'f').file(file).done())
}

/// The key with which links are signed.
pub(crate) fn link_key() -> RowKey {
    fenced(Name::new(b'c').done(), Bytes::from_static(b"k"))
}

fn blind(partition: Bytes, key: Bytes) -> RowKey {
    RowKey { family: Family::Blind, partition, key }
}

fn fenced(partition: Bytes, key: Bytes) -> RowKey {
    RowKey { family: Family::Fenced, partition, key }
}

#[cfg(test)]
mod tests {
    use parlance_proto::GroupId;

    use super::super::tests::hex;
    use super::*;

    #[test]
    fn layouts_of_files_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let id = FileId(0x1112_1314_1516_1718_2122_2324_2526_2728);
        let (file_hex, group_hex, three) =
            ("11121314151617182122232425262728", "670102030405060708", "0000000000000003");
        assert_eq!(hex(&file(id)), format!("6266{file_hex}"));
        assert_eq!(hex(&carried(group, 3)), format!("726d{group_hex}{three}"));
        assert_eq!(hex(&in_pack(StickerPackId(3))), format!("7273{three}"));
        assert_eq!(
            (hex(&sticker_pack(StickerPackId(3)).partition), hex(&sticker_pack(StickerPackId(3)).key)),
            ("6270".into(), three.into())
        );
        assert_eq!((hex(&sticker_turn().partition), hex(&sticker_turn().key)), ("6270".into(), "74".into()));
        assert_eq!((hex(&emoji("ab").partition), hex(&emoji("ab").key)), ("6265".into(), "6e6162".into()));
        assert_eq!((hex(&emoji_turn().partition), hex(&emoji_turn().key)), ("6265".into(), "74".into()));
        assert_eq!(hex(&as_emoji("ab")), "72656162");
        assert_eq!(hex(&held(Holder::User(UserId(3)))), format!("7275{three}"));
        assert_eq!(hex(&held(Holder::Group(group))), format!("7267{group_hex}"));
        assert_eq!(hex(&held(Holder::View(UserId(3), group))), format!("7276{three}{group_hex}"));
        assert_eq!(hex(&file_bytes(&[9; 2])), "680909");
        assert_eq!(hex(&bytes_of(&[9; 2])), "62680909");
        assert_eq!(hex(&erasing(&[9; 2])), "62780909");
        assert_eq!(hex(&bytes_file(id)), file_hex);
        assert_eq!(hex(&shelf(group)), format!("626d{group_hex}"));
        assert_eq!(hex(&shelf_message(3)), format!("61{three}"));
        assert_eq!(hex(&shelf_place(ShelfKind::Link, 3)), format!("6b05{three}"));
        assert_eq!(hex(&shelf_place(ShelfKind::Of(AttachmentKind::Picture), 3)), format!("6b01{three}"));
        assert_eq!(hex(&collection()), "6271");
        assert_eq!(hex(&due_file(3, id)), format!("{three}{file_hex}"));
        assert_eq!(parse_due_file(&due_file(3, id)), Some(id));
        assert!(due_file(3, id) < files_due_by(3) && due_file(4, id) > files_due_by(3));
        assert_eq!(hex(&uploads(UserId(3))), format!("63{three}"));
        assert_eq!(hex(&usage(UserId(3)).key), "74");
        assert_eq!(hex(&upload(UserId(3), id).key), format!("75{file_hex}"));
        assert_eq!(hex(&kept(UserId(3), id).key), format!("66{file_hex}"));
        assert_eq!((hex(&link_key().partition), hex(&link_key().key)), ("63".into(), "6b".into()));
    }
}
