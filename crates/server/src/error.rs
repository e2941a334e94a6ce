//! The one map from what went wrong inside to what a client is told: a problem, its status, its close code.
//! Causes inside the server are logged here once and never shown.

use std::borrow::Cow;

use parlance_engine::Error as EngineError;
use parlance_proto::{DecodeError, ErrorCode, Problem};
use parlance_store::Error as StoreError;

/// How long a client waits before it tries a busy server again, in milliseconds.
const BUSY_MS: u64 = 1_000;
/// The same when the disk is full.
const DISK_FULL_MS: u64 = 10_000;

/// A refusal on its way to a client.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// A door or the sign-in says no.
    #[error("{detail}")]
    Refused {
        /// The stable code.
        code: ErrorCode,
        /// What is wrong and what to do.
        detail: Cow<'static, str>,
        /// Milliseconds to wait before trying again.
        retry_after_ms: Option<u64>,
    },
    /// The engine says no, or failed.
    #[error("the engine refused")]
    Engine(#[from] EngineError),
    /// A fault of this crate: told to the log, not to the client.
    #[error("a fault of the server")]
    Fault(&'static str),
}

impl ApiError {
    /// A refusal with its sentence.
    pub fn new(code: ErrorCode, detail: impl Into<Cow<'static, str>>) -> ApiError {
        ApiError::Refused { code, detail: detail.into(), retry_after_ms: None }
    }

    /// A refusal for now, with the time to wait.
    pub fn wait(code: ErrorCode, detail: impl Into<Cow<'static, str>>, retry_after_ms: u64) -> ApiError {
        ApiError::Refused { code, detail: detail.into(), retry_after_ms: Some(retry_after_ms) }
    }

    /// The answer to whoever needs a session and has none.
    pub fn not_signed_in() -> ApiError {
        ApiError::new(
            ErrorCode::NotSignedIn,
            "sign in with session.log_in, then send the token as `Authorization: Bearer …` or the cookie",
        )
    }

    /// The answer to a token that is not, or no longer, a session's.
    pub fn session_ended() -> ApiError {
        ApiError::new(ErrorCode::SessionEnded, "this session was signed out or never was; sign in again")
    }

    /// The answer when the server is busy; nothing was done.
    pub fn busy() -> ApiError {
        ApiError::wait(ErrorCode::Unavailable, "the server is busy or stopping; try again", BUSY_MS)
    }

    /// What the client is told. Logs the cause if it is the server's.
    pub fn problem(self) -> Problem {
        match self {
            ApiError::Refused { code, detail, retry_after_ms } => {
                Problem { retry_after_ms, ..Problem::new(code, detail) }
            }
            ApiError::Engine(error) => engine_problem(error),
            ApiError::Fault(cause) => {
                tracing::error!(cause, "a fault of the server");
                Problem::new(ErrorCode::Internal, "the server's log has the cause")
            }
        }
    }
}

impl From<DecodeError> for ApiError {
    fn from(error: DecodeError) -> ApiError {
        match error {
            DecodeError::Syntax(what) => ApiError::new(ErrorCode::BadFrame, what),
            DecodeError::Shape(what) => ApiError::new(ErrorCode::InvalidInput, what),
        }
    }
}

fn engine_problem(error: EngineError) -> Problem {
    match error {
        EngineError::Rejected(rejection) => Problem {
            retry_after_ms: rejection.retry_after_ms(),
            ..Problem::new(rejection.code(), rejection.to_string())
        },
        EngineError::Busy => ApiError::busy().problem(),
        EngineError::Unknown => Problem::new(
            ErrorCode::UnknownOutcome,
            "it may have been done: repeat the same request with the same client message id",
        )
        .retry_after_ms(BUSY_MS),
        EngineError::Store(error) => store_problem(&error),
    }
}

fn store_problem(error: &StoreError) -> Problem {
    match error {
        StoreError::Full => Problem::new(
            ErrorCode::DiskFull,
            "nothing was done; the server's disk is full. Reading goes on; writing resumes when there is room",
        )
        .retry_after_ms(DISK_FULL_MS),
        StoreError::TooLarge(_) => {
            tracing::error!(%error, "a row outgrew the store");
            Problem::new(ErrorCode::TooLarge, "this is more than the server can keep in one piece")
        }
        // Whether something was written when it failed shows at the next start.
        StoreError::Poisoned(_) => {
            tracing::error!(%error, "the store refused");
            engine_problem(EngineError::Unknown)
        }
        StoreError::Unavailable(_)
        | StoreError::Locked(_)
        | StoreError::NewerVersion(_)
        | StoreError::Behind(_) => {
            tracing::error!(%error, "the store refused");
            ApiError::busy().problem()
        }
        StoreError::Corrupt(_) => {
            tracing::error!(%error, "the store is damaged");
            Problem::new(ErrorCode::Internal, "the server's log has the cause")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_inside_are_not_shown() {
        let poisoned = StoreError::Poisoned("sync of /secret/place".to_owned());
        let problem = ApiError::from(EngineError::Store(poisoned)).problem();
        assert_eq!((problem.code, problem.status), (ErrorCode::UnknownOutcome, 503));
        assert!(problem.retry_after_ms.is_some() && !problem.detail.contains("secret"));
        let corrupt = ApiError::from(EngineError::Store(StoreError::Corrupt("secret".to_owned()))).problem();
        assert_eq!((corrupt.code, corrupt.status), (ErrorCode::Internal, 500));
        assert!(!corrupt.detail.contains("secret"));
    }

    #[test]
    fn outcomes_that_a_client_acts_on_have_codes_of_their_own() {
        let code = |error: EngineError| ApiError::from(error).problem().code;
        assert_eq!(code(EngineError::Unknown), ErrorCode::UnknownOutcome);
        assert_eq!(code(EngineError::Busy), ErrorCode::Unavailable);
        assert_eq!(code(EngineError::Store(StoreError::Full)), ErrorCode::DiskFull);
    }
}
