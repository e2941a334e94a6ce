//! The rule of retry keys: same key and same payload, the first answer again; same key, other payload, a refusal.
//!
//! It does not know where keys are kept or for how long; it never lets one key stand for two messages.

use crate::Rejection;

/// What a repeated retry key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryVerdict {
    /// The key is new: go on.
    New,
    /// The message is already there, at this index.
    Repeat(u64),
}

/// Judges a retry key, given the index and payload hash stored under it, if any.
pub fn judge_retry(
    stored: Option<(u64, [u8; 16])>,
    payload_hash: &[u8; 16],
) -> Result<RetryVerdict, Rejection> {
    match stored {
        None => Ok(RetryVerdict::New),
        Some((index, hash)) if hash == *payload_hash => Ok(RetryVerdict::Repeat(index)),
        Some(_) => Err(Rejection::RetryKeyReused),
    }
}
