//! Refusals as clients see them: stable codes, each with its HTTP status and a sentence that says what to do.
//!
//! A code that was ever answered keeps its name and status. What went wrong inside the server is never told
//! here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal $status:literal $title:literal),* $(,)?) => {
        /// The stable name of a refusal. Clients branch on it, never on the sentence.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($(#[$doc])* $name),* }

        impl ErrorCode {
            /// Every code, for the documentation.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name),*];

            /// The code as it stands on the wire.
            pub fn as_str(self) -> &'static str { match self { $(ErrorCode::$name => $text),* } }

            /// The HTTP status it comes with.
            pub fn status(self) -> u16 { match self { $(ErrorCode::$name => $status),* } }

            /// A short title, the same for every occurrence.
            pub fn title(self) -> &'static str { match self { $(ErrorCode::$name => $title),* } }
        }
    };
}

codes! {
    /// The request is not JSON (or MessagePack) at all.
    BadFrame = "bad_frame" 400 "The request cannot be read",
    /// No operation or route has this name.
    UnknownOperation = "unknown_operation" 404 "No such operation",
    /// A field is missing, unknown, of the wrong type or out of its range.
    InvalidInput = "invalid_input" 422 "The input is not valid",
    /// The request or one of its fields is over a size limit.
    TooLarge = "too_large" 413 "Too large",
    /// The user's files take up as much as they may.
    QuotaExceeded = "quota_exceeded" 413 "No room for more files",
    /// What was to be sent stopped coming.
    Stalled = "stalled" 408 "The upload stalled",
    /// The request needs a session.
    NotSignedIn = "not_signed_in" 401 "Sign in first",
    /// The session was ended: signed out, password changed, or unknown.
    SessionEnded = "session_ended" 401 "The session has ended",
    /// Username or password is wrong.
    WrongCredentials = "wrong_credentials" 401 "Username or password is wrong",
    /// An administrator has disabled the user.
    UserDisabled = "user_disabled" 403 "The user is disabled",
    /// The password was set by an administrator: sign in with a new one.
    PasswordChangeNeeded = "password_change_needed" 403 "A new password is needed",
    /// Registration needs an invite, or the invite is not good any more.
    InviteNeeded = "invite_needed" 403 "An invite is needed",
    /// The username belongs to somebody.
    NameTaken = "name_taken" 409 "The username is taken",
    /// The password is too short, too long or too common.
    WeakPassword = "weak_password" 422 "Choose another password",
    /// This server does not take registrations.
    RegistrationClosed = "registration_closed" 403 "Registration is closed",
    /// The request comes from another website.
    ForeignOrigin = "foreign_origin" 403 "The request comes from another site",
    /// There is no such thing, or it is not yours to see.
    NotFound = "not_found" 404 "Not found",
    /// You may see it but not do this.
    Forbidden = "forbidden" 403 "Not allowed",
    /// One may not write in this group for a while.
    Muted = "muted" 403 "You are muted here",
    /// One may not come into this group.
    Banned = "banned" 403 "Banned from this group",
    /// The group wants its members to wait between two messages.
    SlowMode = "slow_mode" 429 "Slow mode",
    /// The time in which this was allowed is over.
    TooLate = "too_late" 403 "Too late",
    /// The retry key was used for another message.
    RetryKeyReused = "retry_key_reused" 409 "The client message id was used for another message",
    /// The group has as many members as a group can have.
    GroupFull = "group_full" 409 "The group is full",
    /// The state of things does not allow it.
    Conflict = "conflict" 409 "Not possible now",
    /// Too many requests; wait as told.
    RateLimited = "rate_limited" 429 "Too many requests",
    /// The server is busy or stopping; nothing was done.
    Unavailable = "unavailable" 503 "Not available now",
    /// The outcome is not known: it may have been done. Repeat the same request with the same client message id.
    UnknownOutcome = "unknown_outcome" 503 "The outcome is not known",
    /// The server's disk is full; nothing was done.
    DiskFull = "disk_full" 507 "The server is out of space",
    /// A fault of the server; nothing about it is told here, its log has it.
    Internal = "internal" 500 "A fault of the server",
}

/// A refusal, in the form of RFC 9457 (`application/problem+json`), the same over HTTP and the WebSocket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
pub struct Problem {
    /// `urn:parlance:error:` and the code.
    #[serde(rename = "type")]
    pub type_uri: String,
    /// A short title, the same for every occurrence of the code.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: ErrorCode,
    /// What is wrong this time and what to do.
    pub detail: String,
    /// Milliseconds to wait before trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub retry_after_ms: Option<u64>,
}

impl Problem {
    /// A refusal with its sentence.
    pub fn new(code: ErrorCode, detail: impl Into<String>) -> Problem {
        Problem {
            type_uri: format!("urn:parlance:error:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: detail.into(),
            retry_after_ms: None,
        }
    }

    /// The same, with how long to wait.
    #[must_use]
    pub fn retry_after_ms(mut self, wait_ms: u64) -> Problem {
        self.retry_after_ms = Some(wait_ms);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_code_is_its_wire_form() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
