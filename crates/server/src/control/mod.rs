//! What the command line asks of a data folder: accounts and backups. A running server answers through a socket in
//! its folder; without one the command opens the folder itself and does the same.

mod act;
mod ask;
mod chunks;
mod door;
mod log;
mod moving;
mod users;

pub use ask::{ask, is_served, nowhere};
pub use door::open_door;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::engines::moving::Target;

/// The socket in a data folder through which its server is asked. Only the folder's owner reaches it.
const SOCKET: &str = "control.sock";

/// What can be asked.
#[derive(Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case", deny_unknown_fields)]
pub enum Wish {
    /// Everything durable at this instant, as a stream.
    Backup {},
    /// Everything in this database from now on, as lines on the stream that say how far it is.
    Migrate {
        /// It.
        target: Target,
    },
    /// What keeps the rows.
    ShowStore {},
    /// Nothing that was erased left in any file.
    Compact {},
    /// A new account.
    AddUser {
        /// Its name.
        username: String,
        /// Its password.
        password: String,
        /// What others see.
        display_name: Option<String>,
    },
    /// What is known of an account.
    ShowUser {
        /// Its name.
        username: String,
    },
    /// Another password; all its sessions end.
    ResetPassword {
        /// Its name.
        username: String,
        /// The password from now on.
        password: String,
        /// Whether the first sign-in with it must set another.
        one_time: bool,
    },
    /// Every account, or those whose names hold a text, as lines on the stream.
    ListUsers {
        /// The text.
        search: Option<String>,
    },
    /// No sessions from now on.
    DisableUser {
        /// Its name.
        username: String,
        /// Why.
        reason: Option<String>,
    },
    /// Sessions again.
    EnableUser {
        /// Its name.
        username: String,
    },
    /// Whether it administers the server.
    SetAdministrator {
        /// Its name.
        username: String,
        /// Whether it does from now on.
        administrator: bool,
    },
    /// An invite to register.
    Invite {
        /// How many may register with it.
        uses: Option<u32>,
        /// How many days it is good.
        days: Option<u32>,
        /// What it is for.
        note: Option<String>,
    },
    /// The check of the audit log's chain.
    VerifyAudit {
        /// An index and the hash that the log had there.
        expected: Option<(u64, String)>,
    },
    /// The audit log, as lines of JSON on the stream.
    ExportAudit {
        /// From this index on.
        from: u64,
    },
    /// The end of all its sessions.
    SignOutUser {
        /// Its name.
        username: String,
    },
}

/// How it went: a sentence for people.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was done.
    Done(String),
    /// Why it was not.
    Failed(String),
}

fn socket(folder: &Path) -> PathBuf {
    folder.join(SOCKET)
}
