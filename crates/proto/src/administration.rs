//! The small vocabularies of administration: who may register, why a message is reported, what was done.
//!
//! A value that was ever answered keeps its name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

/// Who may register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationMode {
    /// Anyone who reaches the server.
    Open,
    /// Whoever has an invite.
    Invite,
    /// Nobody; administrators make users.
    Closed,
}

/// What is wrong with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// Unwanted advertising.
    Spam,
    /// Insults, threats, harassment.
    Abuse,
    /// Against the law.
    Illegal,
    /// Something else; the note says what.
    Other,
}

/// Whether a report waits for an administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has handled it.
    Open,
    /// Handled.
    Resolved,
}

/// What was done about a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReportAction {
    /// Nothing was wrong.
    Dismissed,
    /// The sender was spoken to.
    Warned,
    /// The message was removed.
    Removed,
    /// The sender was disabled.
    Disabled,
    /// Something else; the note says what.
    Other,
}
