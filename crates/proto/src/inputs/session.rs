//! What operations about devices, sessions and the connection itself carry.
//!
//! No token appears in a URL.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::SessionId;

inputs! {
    /// One's own sessions.
    ListSessions {}

    /// The end of this session.
    LogOut {}

    /// A sign of life.
    Ping {}

    /// A sign-in on a device.
    LogIn {
        /// The username.
        username: String,
        /// The password.
        password: String,
        /// What the device list shows for this device.
        device_name: Option<String>,
        /// The password from now on; only where `password_change_needed` asked for it.
        new_password: Option<String>,
    }

    /// A ticket for a WebSocket.
    IssueTicket {}

    /// A sign-in of a WebSocket with a session's token or a ticket; no password is hashed.
    Resume {
        /// The token that `account.register` or `session.log_in` answered, or a ticket of `session.ticket`.
        token: String,
    }

    /// One of one's own sessions.
    EndSession {
        /// The session to end.
        session_id: SessionId,
    }
}
