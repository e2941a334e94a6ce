//! Tickets: a secret that signs in one WebSocket of a session, once and within 30 seconds.
//!
//! Known here by its hash. It is used up under the guard of its row, so that of many who show it one gets in.

use parlance_proto::{SessionId, UserId, limits};
use parlance_store::{Commit, Durability, Guard, Level, Put};

use crate::owner::{Settled, settle};
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Keeps a ticket whose hash this is; tells until when it is good.
    pub async fn issue_ticket(&self, caller: Caller, ticket_hash: [u8; 32]) -> Result<i64, Error> {
        let expires_ms = self.0.clock.now_ms() + limits::TICKET_MS;
        let row = rows::TicketRow { user: caller.user.0, session: caller.session.0, expires_ms, used: false };
        let guard = Guard::Absent(keys::ticket(&ticket_hash).key);
        match settle(&*self.0.store, &self.ticket_commit(ticket_hash, guard, &row)).await? {
            Settled::Applied => Ok(expires_ms),
            Settled::Lost => Err(Error::Busy),
        }
    }

    /// Uses a ticket up; tells whose it was, if it was good and its session still is.
    pub async fn redeem_ticket(&self, ticket_hash: [u8; 32]) -> Result<Option<Caller>, Error> {
        let found = self.0.store.get(&keys::ticket(&ticket_hash), Level::Serial).await?;
        let Some(found) = found else { return Ok(None) };
        let row: rows::TicketRow = rows::decode(&found.value)?;
        if row.used || row.expires_ms <= self.0.clock.now_ms() {
            return Ok(None);
        }
        let used = rows::TicketRow { used: true, ..row };
        let guard = Guard::Version(found.key, found.version);
        if matches!(
            settle(&*self.0.store, &self.ticket_commit(ticket_hash, guard, &used)).await?,
            Settled::Lost
        ) {
            return Ok(None);
        }
        let caller = Caller { user: UserId(used.user), session: SessionId(used.session) };
        match self.check_session(caller).await {
            Ok(()) => Ok(Some(caller)),
            Err(Error::Rejected(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn ticket_commit(&self, ticket_hash: [u8; 32], guard: Guard, row: &rows::TicketRow) -> Commit {
        let key = keys::ticket(&ticket_hash);
        Commit {
            partition: key.partition,
            guard,
            puts: vec![Put { expires_at_ms: Some(row.expires_ms), ..Put::new(key.key, rows::encode(row)) }],
            deletes: Vec::new(),
            token: self.0.token(),
            along: Vec::new(),
            durability: Durability::Durable,
        }
    }
}
