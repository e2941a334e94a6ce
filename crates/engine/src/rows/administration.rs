//! Rows of what administrators work with: the audit log.
//!
//! A record is kept as the bytes that were hashed, so that checking a hash never depends on how rows are written
//! later.

use bytes::Bytes;
use prost::Message;

/// A link of the audit log's chain.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AuditRow {
    /// An `AuditRecord`.
    #[prost(bytes = "bytes", tag = "1")]
    pub record: Bytes,
    /// SHA-256 of the hash before, the index (8 bytes, big-endian) and `record`.
    #[prost(bytes = "bytes", tag = "2")]
    pub hash: Bytes,
}

/// What was done.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AuditRecord {
    #[prost(sint64, tag = "1")]
    pub time_ms: i64,
    /// 0 a user, 1 the operator, 2 the server, 3 a stranger.
    #[prost(uint32, tag = "2")]
    pub by: u32,
    /// The user who did it; 0 if none did.
    #[prost(fixed64, tag = "3")]
    pub user: u64,
    /// The name of the operation, or of the event.
    #[prost(string, tag = "4")]
    pub act: String,
    /// What it was done to, as text.
    #[prost(string, tag = "5")]
    pub object: String,
    #[prost(string, tag = "6")]
    pub detail: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{decode, encode};

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Bytes that were written once must be read for ever, and the hash of a record is over its bytes.
    #[test]
    fn rows_stay_as_they_are() {
        let record = AuditRecord {
            time_ms: 1_760_000_000_123,
            by: 0,
            user: 7,
            act: "admin.disable_user".to_owned(),
            object: "u_1".to_owned(),
            detail: "spam".to_owned(),
        };
        let bytes = record.encode_to_vec();
        let form =
            "08f681e682b966190700000000000000221261646d696e2e64697361626c655f757365722a03755f3132047370616d";
        assert_eq!(hex(&bytes), form);
        let row = AuditRow { record: bytes.into(), hash: Bytes::from_static(&[0xa5; 32]) };
        let stored = encode(&row);
        assert_eq!(hex(&stored), format!("010a2f{form}1220{}", "a5".repeat(32)));
        assert_eq!(decode::<AuditRow>(&stored).unwrap(), row);
    }
}
