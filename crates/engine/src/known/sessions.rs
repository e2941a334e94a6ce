//! Which tokens are whose, and which sessions work, as far as this node knows.
//!
//! Whose a token is never changes. That a session works is only remembered until its end begins, and after that never again:
//! the end may come through however late. A node alone goes by it; one of several asks the store.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::kept::Kept;
use crate::Caller;

/// Sessions remembered at least; at most twice as many. All together some 20 MB.
const SESSIONS: usize = 64 * 1_024;

/// The hash of a session's token.
type TokenHash = [u8; 32];

/// What is known of a session.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Works,
    /// Its end has begun.
    Ends,
}

/// The sessions that this node knows.
pub(crate) struct Sessions(Mutex<Table>);

struct Table {
    tokens: Kept<TokenHash, Caller>,
    states: Kept<Caller, State>,
}

impl Default for Sessions {
    fn default() -> Sessions {
        let table = Table { tokens: Kept::new(SESSIONS, |_| false), states: Kept::new(SESSIONS, |_| false) };
        Sessions(Mutex::new(table))
    }
}

impl Sessions {
    /// Whose token has this hash, if that is known; the session may have ended.
    pub(crate) fn of(&self, token_hash: &TokenHash) -> Option<Caller> {
        self.lock().tokens.get(token_hash)
    }

    /// Whether a session is known to work.
    pub(crate) fn works(&self, caller: Caller) -> bool {
        self.lock().states.get(&caller) == Some(State::Works)
    }

    /// Notes whose token it is: the store was asked.
    pub(crate) fn learn(&self, token_hash: TokenHash, caller: Caller) {
        self.lock().tokens.put(token_hash, caller);
    }

    /// Notes that a session works: the store was asked. One whose end has begun stays out.
    pub(crate) fn seen(&self, caller: Caller) {
        let mut table = self.lock();
        if table.states.get(&caller).is_none() {
            table.states.put(caller, State::Works);
        }
    }

    /// A session's end begins.
    pub(crate) fn end(&self, caller: Caller) {
        self.lock().states.put(caller, State::Ends);
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use parlance_proto::{SessionId, UserId};

    use super::*;

    #[test]
    fn a_session_whose_end_has_begun_is_never_taken_for_one_that_works() {
        let (sessions, caller) = (Sessions::default(), Caller { user: UserId(1), session: SessionId(2) });
        assert!(!sessions.works(caller));
        sessions.learn([1; 32], caller);
        sessions.seen(caller);
        assert!(sessions.works(caller) && sessions.of(&[1; 32]) == Some(caller));
        sessions.end(caller);
        sessions.seen(caller);
        assert!(!sessions.works(caller));
    }
}
