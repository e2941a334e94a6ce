//! The layouts as bytes: they are for ever.
//!
//! Who changes one loses sight of everything under the old one.

use parlance_proto::SessionId;
use parlance_store::RowKey;

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

pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

pub(super) fn full(row: &RowKey) -> String {
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
    assert_eq!(full(&log_row(group, 0x2_0003)), format!("Fenced 4c{id}0000000000000002 0000000000020003"));
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
    assert_eq!(hex(&departed(group)), "6c670102030405060708");
    assert_eq!(
        (hex(&inbox_row(9)), hex(&order(9))),
        ("690000000000000009".into(), "6f0000000000000009".into())
    );
    assert_eq!((hex(&SCHEDULED), hex(&scheduled("k-1"))), ("73".into(), "6a6b2d31".into()));
    assert_eq!(hex(&view(group)), "70670102030405060708");
    assert_eq!((hex(&PINS), hex(&FOLDERS), hex(&NOTIFICATIONS)), ("77".into(), "79".into(), "7a".into()));
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
