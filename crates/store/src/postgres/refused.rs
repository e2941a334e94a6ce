//! What PostgreSQL's refusals mean here: whether anything may have been written, and whether trying again can help.
//! An error without an answer of the database is never taken for a refusal.

use tokio_postgres::error::{DbError, SqlState};

use crate::Error;

/// The store cannot be reached; nothing was written.
pub(super) fn unavailable(why: impl ToString) -> Error {
    Error::Unavailable(format!("PostgreSQL: {}", why.to_string()))
}

/// An error of a read, or of a write that is certain to have left nothing.
pub(super) fn of(error: &tokio_postgres::Error) -> Error {
    match error.code() {
        Some(&(SqlState::DISK_FULL | SqlState::OUT_OF_MEMORY)) => Error::Full,
        _ => unavailable(told(error)),
    }
}

/// What went wrong, in the database's words where it said any.
fn told(error: &tokio_postgres::Error) -> String {
    match error.as_db_error().map(DbError::message) {
        Some(message) => message.to_owned(),
        None => error.to_string(),
    }
}

/// Whether the transaction was given up for another's sake and can be tried again at once.
pub(super) fn is_rivalry(error: &tokio_postgres::Error) -> bool {
    matches!(error.code(), Some(&(SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED)))
}

/// Whether the database answered that it did not do it; without an answer nobody knows.
pub(super) fn is_certain(error: &tokio_postgres::Error) -> bool {
    // Who is told to go away (57P01 and its kin) may have been in the middle of a COMMIT.
    error.code().is_some_and(|code| !code.code().starts_with("57P") && !code.code().starts_with("08"))
}
