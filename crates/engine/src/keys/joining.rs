//! Keys of ways into a group: links and requests.
//!
//! A link is found by the hash of its code; nothing leads from a row back to the code.

use bytes::Bytes;
use parlance_proto::{ConversationId, UserId};
use parlance_store::{Family, RowKey};

use super::{Name, index};

/// A link, by the hash of its code.
pub(crate) fn link(hash: &[u8; 32]) -> RowKey {
    RowKey {
        family: Family::Blind,
        partition: Name::new(b'G').byte(b'h').bytes(hash).done(),
        key: Bytes::new(),
    }
}

/// The links of a group; the keys are link ids.
pub(crate) fn links(conversation: ConversationId) -> Bytes {
    Name::new(b'G').byte(b'l').conversation(conversation).done()
}

/// The requests to come into a group; the keys are user ids.
pub(crate) fn requests(conversation: ConversationId) -> Bytes {
    Name::new(b'G').byte(b'r').conversation(conversation).done()
}

/// One request.
pub(crate) fn request(conversation: ConversationId, user: UserId) -> RowKey {
    RowKey { family: Family::Blind, partition: requests(conversation), key: index(user.0) }
}

/// What the keys of one's own requests start with.
pub(crate) const OWN_REQUEST_PREFIX: &[u8] = b"q";

/// The key of an `OwnRequestRow`, in the user's partition.
pub(crate) fn own_request(conversation: ConversationId) -> Bytes {
    Name::new(b'q').conversation(conversation).done()
}

#[cfg(test)]
mod tests {
    use parlance_proto::GroupId;

    use super::super::tests::{full, hex};
    use super::super::{SHARED, link_uses, restraint};
    use super::*;

    #[test]
    fn layouts_of_ways_in_stay_as_they_are() {
        let group = ConversationId::Group(GroupId(0x0102_0304_0506_0708));
        let user = UserId(0x1112_1314_1516_1718);
        let id = "670102030405060708";
        assert_eq!(full(&link(&[0xa5; 32])), format!("Blind 4768{} ", "a5".repeat(32)));
        assert_eq!(hex(&links(group)), format!("476c{id}"));
        assert_eq!(full(&request(group, user)), format!("Blind 4772{id} 1112131415161718"));
        assert_eq!(hex(&own_request(group)), format!("71{id}"));
        assert_eq!((hex(&SHARED), hex(&restraint(user))), ("74".into(), "721112131415161718".into()));
        assert_eq!(hex(&link_uses(9)), "750000000000000009");
    }
}
