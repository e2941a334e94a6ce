//! The audit log: what administrators did, and what concerns the security of accounts. It only grows.
//!
//! Each record carries SHA-256 over the record before and itself, so that a changed or missing one breaks the chain.
//! A record is written before the act's answer, mostly before the act: there may be a record of an act that a crash
//! kept from happening, never the other way round.

mod chain;
mod read;
mod write;

pub use chain::Hash;
pub use read::{AuditEntry, Broken, Verdict};
pub(crate) use write::{Record, keep, open};

use std::fmt::Display;

use parlance_proto::UserId;
use tokio::sync::oneshot;

use crate::{Engine, Error, rows};

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in user.
    User(UserId),
    /// Whoever can reach the data folder: the command line.
    Operator,
    /// The server by itself.
    Server,
    /// Somebody who is not signed in.
    Stranger,
}

impl Actor {
    /// The user, if one did it.
    pub fn user(self) -> Option<UserId> {
        match self {
            Actor::User(user) => Some(user),
            _ => None,
        }
    }

    /// The kind of actor, as it is told.
    pub fn kind(self) -> &'static str {
        match self {
            Actor::User(_) => "user",
            Actor::Operator => "operator",
            Actor::Server => "server",
            Actor::Stranger => "stranger",
        }
    }

    fn number(self) -> (u32, u64) {
        match self {
            Actor::User(user) => (0, user.0),
            Actor::Operator => (1, 0),
            Actor::Server => (2, 0),
            Actor::Stranger => (3, 0),
        }
    }

    fn of(record: &rows::AuditRecord) -> Result<Actor, Error> {
        match record.by {
            0 => Ok(Actor::User(UserId(record.user))),
            1 => Ok(Actor::Operator),
            2 => Ok(Actor::Server),
            3 => Ok(Actor::Stranger),
            _ => Err(Error::corrupt("the actor of an audit record")),
        }
    }
}

impl Engine {
    /// Writes a record of an act; it is durable when this is answered. `act` is the name of the operation or of the
    /// event, `object` what it is done to. No content of messages and no secret belongs in `detail`.
    pub async fn audit(
        &self,
        actor: Actor,
        act: &'static str,
        object: impl Display,
        detail: impl Into<String>,
    ) -> Result<(), Error> {
        let (by, user) = actor.number();
        let record = rows::AuditRecord {
            time_ms: self.0.clock.now_ms(),
            by,
            user,
            act: act.to_owned(),
            object: object.to_string(),
            detail: detail.into(),
        };
        let (answer, written) = oneshot::channel();
        self.0.audit.send(Record { record, answer }).await.map_err(|_| Error::Busy)?;
        written.await.map_err(|_| Error::Unknown)?
    }
}
