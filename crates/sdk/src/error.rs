//! What can go wrong, told apart by what the caller may do next.
//!
//! The question after every failed call is: was it done? `CallError::outcome` answers it, and never guesses: only a
//! server's plain refusal means "not done".

use parlance_proto::{DecodeError, ErrorCode, Problem};

/// A call that did not bring its output.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The server refused it. See `Problem::code`.
    #[error("{}: {}", .0.title, .0.detail)]
    Refused(Problem),
    /// It was never sent: there was no connection in time.
    #[error("not connected")]
    Offline,
    /// It was sent, but the connection ended or the time was up before the answer: it may have been done.
    #[error("no answer arrived: it may have been done")]
    NoAnswer,
    /// The answer is not what this version of the SDK understands; the call itself was done.
    #[error("the answer cannot be read: {0}")]
    Answer(DecodeError),
    /// The client was closed before the call was sent.
    #[error("the client is closed")]
    Closed,
}

/// What a failed call left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was done, and repeating it will be refused again.
    Refused,
    /// Nothing was done; it may be tried again later.
    NotNow,
    /// It may have been done. Repeat it with the same client message id.
    Unknown,
}

impl CallError {
    /// What the call left behind.
    pub fn outcome(&self) -> Outcome {
        match self {
            CallError::Refused(problem) => outcome_of(problem.code),
            CallError::Offline | CallError::Closed => Outcome::NotNow,
            CallError::NoAnswer | CallError::Answer(_) => Outcome::Unknown,
        }
    }

    /// How long the server asked to wait before the next try, in milliseconds.
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            CallError::Refused(problem) => problem.retry_after_ms,
            _ => None,
        }
    }

    /// The code of a refusal.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            CallError::Refused(problem) => Some(problem.code),
            _ => None,
        }
    }
}

fn outcome_of(code: ErrorCode) -> Outcome {
    match code {
        ErrorCode::UnknownOutcome | ErrorCode::Internal => Outcome::Unknown,
        ErrorCode::RateLimited | ErrorCode::Unavailable | ErrorCode::DiskFull => Outcome::NotNow,
        _ => Outcome::Refused,
    }
}

/// A client that could not be made, or could not sign in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The server's address cannot be used.
    #[error("{0:?} is not a server address like http://127.0.0.1:8080")]
    Address(String),
    /// A call was refused or failed.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The server could not be reached in time.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The file of the send queue or of the state cannot be used.
    #[error("{path}: {why}")]
    File {
        /// Which file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// `Client::updates` was called twice: the stream has one reader.
    #[error("the updates of this client are already being read")]
    UpdatesTaken,
}

impl Error {
    pub(crate) fn file(path: &std::path::Path, why: impl std::fmt::Display) -> Error {
        Error::File { path: path.display().to_string(), why: why.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_refusal_is_final() {
        let outcome = |code| CallError::Refused(Problem::new(code, "")).outcome();
        assert_eq!(outcome(ErrorCode::Forbidden), Outcome::Refused);
        assert_eq!(outcome(ErrorCode::RetryKeyReused), Outcome::Refused);
        assert_eq!(outcome(ErrorCode::DiskFull), Outcome::NotNow);
        assert_eq!(outcome(ErrorCode::UnknownOutcome), Outcome::Unknown);
        assert_eq!(CallError::NoAnswer.outcome(), Outcome::Unknown);
        assert_eq!(CallError::Offline.outcome(), Outcome::NotNow);
    }
}
