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
    }

    /// A sign-in of a WebSocket with a session's token; no password is hashed.
    Resume {
        /// The token that `account.register` or `session.log_in` answered.
        token: String,
    }

    /// One of one's own sessions.
    EndSession {
        /// The session to end.
        session_id: SessionId,
    }
}
