//! Devices, sign-ins and the connection itself.
//!
//! A token is shown once, in `SignedIn`, and nowhere else.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::{SessionId, User};

outputs! {
    /// A ticket: signs in one WebSocket, once.
    Ticket {
        /// The secret, for `session.resume`.
        ticket: String,
        /// Until when it is good, milliseconds since 1970.
        expires_ms: i64,
    }

    /// Done; nothing to tell.
    Done {}

    /// A device signed in.
    SignedIn {
        /// Who.
        user: User,
        /// Whether the user administers this server.
        admin: bool,
        /// This device's session.
        session_id: SessionId,
        /// The secret of the session, for `Authorization: Bearer …` and `session.resume`. Shown once.
        token: String,
    }

    /// A signed-in device.
    Session {
        /// The session's id.
        session_id: SessionId,
        /// The device's name.
        device_name: String,
        /// When it signed in, milliseconds since 1970.
        created_ms: i64,
        /// Whether it has a connection now.
        online: bool,
        /// Whether it is the one asking.
        current: bool,
    }

    /// One's devices.
    Sessions {
        /// Newest first.
        sessions: Vec<Session>,
    }

    /// The server's answer to a heartbeat.
    Pong {
        /// The server's clock, milliseconds since 1970.
        time_ms: i64,
        /// The durable head of the user's inbox; above the client's cursor means a hint was lost: `sync`.
        user_index: u64,
    }
}
