//! What PostgreSQL's refusals mean here: whether anything may have been written, and whether trying again can help.
//! An error without an answer of the database is never taken for a refusal.

use std::error::Error as Cause;

use tokio_postgres::error::{DbError, SqlState};

use crate::Error;

/// The store cannot be reached; nothing was written.
pub(super) fn unavailable(why: impl ToString) -> Error {
    Error::Unavailable(format!("PostgreSQL: {}", why.to_string()))
}

/// There is no connection to be had.
pub(super) fn away(error: &(dyn Cause + 'static)) -> Error {
    unavailable(told(error))
}

/// An error of a read, or of a write that is certain to have left nothing.
pub(super) fn of(error: &tokio_postgres::Error) -> Error {
    match error.code() {
        Some(&SqlState::DISK_FULL) => Error::Full,
        _ => unavailable(told(error)),
    }
}

/// What went wrong: in the database's words where it said any, else with what is at the bottom of it. The library's own
/// words leave that out.
pub(super) fn told(error: &(dyn Cause + 'static)) -> String {
    let mut root = error;
    while let Some(source) = root.source() {
        root = source;
    }
    match root.downcast_ref::<DbError>() {
        Some(said) => said.message().to_owned(),
        None if std::ptr::addr_eq(root, error) => error.to_string(),
        None => format!("{}: {root}", error.to_string().trim_end()),
    }
}

/// Whether the transaction was given up for another's sake and can be tried again at once.
pub(super) fn is_rivalry(error: &tokio_postgres::Error) -> bool {
    matches!(error.code(), Some(&(SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED)))
}

/// Whether the database answered that it did not do it; without an answer nobody knows.
pub(super) fn is_certain(error: &tokio_postgres::Error) -> bool {
    // Who is told to go away (57P01 and its kin) may have been in the middle of a COMMIT, and 40003 says that nobody knows.
    let doubtful = |code: &str| code.starts_with("57P") || code.starts_with("08") || code == "40003";
    error.code().is_some_and(|code| !doubtful(code.code()))
}
