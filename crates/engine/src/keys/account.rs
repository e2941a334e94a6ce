//! Keys of accounts: names, sessions, devices.
//!
//! No secret is part of a key, only its hash.

use bytes::Bytes;
use parlance_proto::{SessionId, UserId};
use parlance_store::{Family, RowKey};

use super::{Name, index};

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
