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

/// Shards of the claims of numbers and addresses; changing the number would lose sight of claims.
const CLAIM_SHARDS: u64 = 64;

/// What the claim of a telephone number (`+…`) or an e-mail address (`…@…`) stands in.
pub(crate) fn claims(value: &str) -> Bytes {
    let letter = if value.starts_with('+') { b'+' } else { b'@' };
    // No username begins so. FNV-1a, as for the shards of conversations.
    let hash = value.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Name::new(b'N').byte(letter).byte((hash % CLAIM_SHARDS) as u8).done()
}

/// The key of a shard's `ClaimsRow`, which guards its changes.
pub(crate) const CLAIMS: Bytes = Bytes::from_static(b"g");

/// The key of a claim in its shard.
pub(crate) fn claim(value: &str) -> Bytes {
    Bytes::copy_from_slice(value.as_bytes())
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

#[cfg(test)]
mod tests {
    use super::super::tests::hex;
    use super::*;

    #[test]
    fn layouts_of_claims_stay_as_they_are() {
        assert_eq!(hex(&claims("+491701234567")), "4e2b35");
        assert_eq!(hex(&claims("ann@mail.example")), "4e4003");
        assert_eq!(claim("ann@mail.example"), "ann@mail.example");
    }
}
