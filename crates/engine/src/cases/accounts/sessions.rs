//! Sessions: found by the hash of their token, listed by user, ended at once wherever they are connected.
//!
//! Tokens never come here, only their hashes. A session that works is always in the list where it can be
//! ended. A node alone remembers those that came before, so that who comes back costs no read.

use bytes::Bytes;
use parlance_domain::Rejection;
use parlance_proto::{
    Done, EndReason, EndSession, ListSessions, Session, SessionId, Sessions, UserId, limits,
};
use parlance_store::{Family, Level, Put, Range, RowKey, Write};

use super::listed;
use crate::hub::{Live, To, goodbye};
use crate::{Actor, Caller, Connection, Engine, Error, keys, rows, world};

/// Most sessions of a user; signing in once more ends the oldest.
const SESSIONS_MAX: usize = 100;

impl Engine {
    /// Signs a device in: `token_hash` is the SHA-256 of the session's token.
    pub async fn open_session(
        &self,
        user: UserId,
        device_name: &str,
        token_hash: [u8; 32],
    ) -> Result<SessionId, Error> {
        let devices = self.devices(user).await?;
        for (session, device) in devices.iter().rev().skip(SESSIONS_MAX - 1) {
            self.end(user, *session, device).await?;
        }
        let session = SessionId(world::fresh_id(&*self.0.clock, &*self.0.chance));
        let device = rows::DeviceRow {
            token_hash: Bytes::copy_from_slice(&token_hash),
            device_name: device_name.chars().take(limits::DEVICE_NAME_MAX_CHARS).collect(),
            created_ms: self.0.clock.now_ms(),
        };
        let token = keys::token(&token_hash);
        let known = rows::SessionRow { user: user.0, session: session.0 };
        // In the list first: a session that works can always be seen and ended.
        let writes = vec![
            put(keys::devices(user), keys::device(session), rows::encode(&device)),
            put(token.partition, token.key, rows::encode(&known)),
            // Users made before there was an index come into it here.
            listed(user),
        ];
        self.0.write(writes).await?;
        // Whoever disables the account sets the mark first and ends sessions then: one of the two sees the other.
        let account = self.account(user).await?.ok_or(Rejection::NoUser)?;
        if account.disabled_ms.is_some() {
            self.end_all_sessions(user).await?;
            return Err(Rejection::Disabled.into());
        }
        Ok(session)
    }

    /// Who has the token with this hash, if anybody.
    pub async fn session(&self, token_hash: [u8; 32]) -> Result<Option<Caller>, Error> {
        let sessions = &self.0.known.sessions;
        if let Some(caller) = sessions.of(&token_hash).filter(|caller| self.is_known(*caller)) {
            return Ok(Some(caller));
        }
        let row = self.0.store.get(&keys::token(&token_hash), Level::Serial).await?;
        let Some(row) = row else { return Ok(None) };
        let row: rows::SessionRow = rows::decode(&row.value)?;
        let caller = Caller { user: UserId(row.user), session: SessionId(row.session) };
        sessions.learn(token_hash, caller);
        sessions.seen(caller);
        Ok(Some(caller))
    }

    /// Whose token has this hash, or had it: for who is about to be let in, and is looked at then.
    pub async fn token_of(&self, token_hash: [u8; 32]) -> Result<Option<Caller>, Error> {
        match self.0.known.sessions.of(&token_hash) {
            Some(caller) => Ok(Some(caller)),
            None => self.session(token_hash).await,
        }
    }

    /// Lets a connection hear events, encoded for `slot`, and tells the user index from which on it does. Refuses a caller whose
    /// session has ended: looked at after listening began, so that no end falls in between.
    pub async fn let_in(&self, caller: Caller, slot: usize) -> Result<(Connection, u64), Error> {
        let connection = self.attach(caller, slot);
        if let Some(head) = self.known_head(caller.user).filter(|_| self.is_known(caller)) {
            return Ok((connection, head.index));
        }
        let wanted = [device_row(caller), keys::inbox_head(caller.user)];
        let [device, head] = <[_; 2]>::try_from(self.0.store.multi_get(&wanted, Level::Serial).await?)
            .map_err(|_| Error::corrupt("an answer of the store"))?;
        device.ok_or(Rejection::SessionEnded)?;
        self.0.known.sessions.seen(caller);
        Ok((connection, self.learn_head(caller.user, head)?.head))
    }

    /// Whether a session works as far as this node knows without asking: where others end sessions too it cannot.
    fn is_known(&self, caller: Caller) -> bool {
        self.0.options.alone && self.0.known.sessions.works(caller)
    }

    /// Refuses a caller whose session has ended. Asked after listening began, so that no end falls in between.
    pub async fn check_session(&self, caller: Caller) -> Result<(), Error> {
        if self.is_known(caller) {
            return Ok(());
        }
        let known = self.0.store.get(&device_row(caller), Level::Serial).await?;
        known.ok_or(Rejection::SessionEnded)?;
        self.0.known.sessions.seen(caller);
        Ok(())
    }

    /// The caller's devices, newest first.
    pub async fn list_sessions(&self, caller: Caller, _: ListSessions) -> Result<Sessions, Error> {
        let devices = self.devices(caller.user).await?;
        let sessions = devices.into_iter().rev().map(|(session, device)| Session {
            session_id: session,
            device_name: device.device_name,
            created_ms: device.created_ms,
            online: self.0.is_online(caller.user, session),
            current: session == caller.session,
        });
        Ok(Sessions { sessions: sessions.collect() })
    }

    /// Ends one of the caller's sessions, and its connections.
    pub async fn end_session(&self, caller: Caller, input: EndSession) -> Result<Done, Error> {
        let key = device_row(Caller { session: input.session_id, ..caller });
        let row = self.0.store.get(&key, Level::Serial).await?.ok_or(Rejection::NoSession)?;
        let own = input.session_id == caller.session;
        let act = if own { "session.log_out" } else { "session.end" };
        self.audit(Actor::User(caller.user), act, input.session_id, "").await?;
        self.end(caller.user, input.session_id, &rows::decode(&row.value)?).await?;
        Ok(Done {})
    }

    /// Ends all sessions of the caller but this one.
    pub async fn end_other_sessions(&self, caller: Caller) -> Result<(), Error> {
        for (session, device) in self.devices(caller.user).await? {
            if session != caller.session {
                self.end(caller.user, session, &device).await?;
            }
        }
        Ok(())
    }

    /// Ends all sessions of a user.
    pub async fn end_all_sessions(&self, user: UserId) -> Result<(), Error> {
        for (session, device) in self.devices(user).await? {
            self.end(user, session, &device).await?;
        }
        Ok(())
    }

    /// A user's devices, oldest first.
    async fn devices(&self, user: UserId) -> Result<Vec<(SessionId, rows::DeviceRow)>, Error> {
        let range = Range::prefix(Family::Blind, keys::devices(user), &[], SESSIONS_MAX * 2);
        let rows = self.0.store.range(range, Level::Serial).await?;
        rows.iter()
            .map(|row| {
                let session = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a device's key"))?;
                Ok((SessionId(session), rows::decode(&row.value)?))
            })
            .collect()
    }

    async fn end(&self, user: UserId, session: SessionId, device: &rows::DeviceRow) -> Result<(), Error> {
        self.0.known.sessions.end(Caller { user, session });
        let hash = device.token_hash.as_ref().try_into().map_err(|_| Error::corrupt("a token's hash"))?;
        let token = keys::token(&hash);
        // The token first: a session that is not listed any more must not work.
        let writes = vec![
            Write::Delete { partition: token.partition, key: token.key },
            Write::Delete { partition: keys::devices(user), key: keys::device(session) },
        ];
        self.0.write(writes).await?;
        let live = Live::new(goodbye(EndReason::SessionEnded));
        self.0.tell(To::Session(Caller { user, session }), &live);
        Ok(())
    }
}

/// A session's row in its user's list.
fn device_row(caller: Caller) -> RowKey {
    let (partition, key) = (keys::devices(caller.user), keys::device(caller.session));
    RowKey { family: Family::Blind, partition, key }
}

fn put(partition: Bytes, key: Bytes, value: Bytes) -> Write {
    Write::Put { partition, put: Put::new(key, value) }
}
