//! What every door shares: the engine, sign-in, rates, the site, figures. Made once at start, never changed.
//! No door holds state of its own beyond its connections.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use parlance_engine::{Caller, Engine};

use crate::admission::Admission;
use crate::config::Limits;
use crate::error::ApiError;
use crate::media::Media;
use crate::rates::Rates;
use crate::secret::Secret;
use crate::settings::Running;
use crate::signin::{SignIn, Site};
use crate::tasks::Tasks;
use crate::telemetry::Figures;

/// The parts that doors use.
pub struct App {
    /// The use cases.
    pub engine: Engine,
    /// Passwords and tokens.
    pub sign_in: SignIn,
    /// How often who may do what.
    pub rates: Rates,
    /// Who comes in when.
    pub admission: Admission,
    /// Bytes of files.
    pub media: Arc<Media>,
    /// The settings that can change.
    pub settings: Running,
    /// When the server started, milliseconds since 1970.
    pub started_ms: i64,
    /// When connections are asked for a sign of life, and when they are dead.
    pub heartbeat: Heartbeat,
    /// How browsers reach this server.
    pub site: Site,
    /// Whether clients are let in: the role of a gateway.
    pub takes_clients: bool,
    /// What is measured.
    pub figures: Figures,
    /// The data folder, to tell its size.
    pub data: PathBuf,
    /// Where tasks run.
    pub tasks: Tasks,
    /// Who has this may read the figures; empty for nobody.
    pub metrics_token: Secret,
    /// Whether a peer on this machine may read them without: not behind a proxy, where everybody looks like one.
    pub metrics_local: bool,
}

/// When a connection is asked for a sign of life, and when it is dead.
#[derive(Clone, Copy, Debug)]
pub struct Heartbeat {
    /// It is asked this often.
    pub ask: Duration,
    /// Without one for this long it is dead.
    pub dead: Duration,
}

impl Heartbeat {
    /// As set.
    pub fn new(limits: &Limits) -> Heartbeat {
        Heartbeat {
            ask: Duration::from_millis(limits.heartbeat_ms),
            dead: Duration::from_millis(limits.dead_after_ms),
        }
    }
}

/// Who asks, and from where.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The address of the socket.
    pub address: IpAddr,
    /// The session, if signed in.
    pub caller: Option<Caller>,
}

impl Asker {
    /// The session, or the refusal that asks for one.
    pub fn caller(&self) -> Result<Caller, ApiError> {
        self.caller.ok_or_else(ApiError::not_signed_in)
    }
}
