//! The table of settings: names, types, defaults and what they do, in one place.
//! The literal of a default is both parsed for the program and printed in the example file.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use parlance_proto::RegistrationMode;
use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::{Field, Networks, Roles, Section};
use crate::secret::Secret;

/// Reads the literal of a default as the type of its setting.
fn default<'de, T: Deserialize<'de>>(literal: impl IntoDeserializer<'de, serde::de::value::Error>) -> T {
    T::deserialize(literal.into_deserializer()).expect("the table's defaults fit their types")
}

macro_rules! settings {
    (
        $(#[doc = $about:literal])*
        $name:ident $section:literal {
            $($(#[doc = $doc:literal])* $field:ident: $kind:ty = $default:literal,)*
        }
        $(sections { $($(#[doc = $inner_doc:literal])* $inner:ident: $inner_kind:ty,)* })?
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $kind,)*
            $($($(#[doc = $inner_doc])* pub $inner: $inner_kind,)*)?
        }

        impl Default for $name {
            fn default() -> $name {
                $name {
                    $($field: default($default),)*
                    $($($inner: <$inner_kind>::default(),)*)?
                }
            }
        }

        impl $name {
            /// This struct's part of the table.
            const SECTION: Section = Section {
                name: $section,
                about: &[$($about),*],
                fields: &[$(Field {
                    name: stringify!($field), docs: &[$($doc),*], default: stringify!($default),
                }),*],
            };
        }
    };
}

settings! {
    /// Settings of the server. Each line shows the default; remove the `#` to change it.
    Config "" {
        /// The address and port to listen on. Port 0 takes any free one.
        listen: SocketAddr = "127.0.0.1:8080",
        /// The folder that holds everything. It is made if it is not there.
        data: PathBuf = "data",
        /// The address at which browsers reach this server, such as "https://chat.example.org". Needed when something
        /// in front of it ends TLS; otherwise the address is taken from each request.
        public_url: String = "",
        /// Proxies whose X-Forwarded-For is believed, as addresses or networks: "127.0.0.1, 10.0.0.0/8". Limits by address
        /// go by the client's address then. From anybody else the header is ignored.
        trusted_proxies: Networks = "",
        /// Who may register: "open" (anyone), "invite" (whoever has an invite), "closed" (accounts are made with
        /// `parlance user add`), or "auto": open while only this machine reaches the server (it listens on 127.0.0.1 or
        /// ::1 and has no public_url), else by invite. Administrators can change it while the server runs.
        registration: Registration = "auto",
        /// Whether every user may invite, not only administrators. They can change it while the server runs.
        members_invite: bool = false,
        /// Whether the server fetches the pages that messages link, to show what they are about. It goes by no proxy and to
        /// public addresses only; the sites learn this server's address. Administrators can change it while the server
        /// runs.
        link_previews: bool = false,
        /// A folder to serve the web client from instead of the one inside the program: an adapted client, or
        /// "web/app/dist" while working on it.
        web_folder: PathBuf = "",
        /// How many seconds requests under way may take to finish when the server is told to stop.
        drain_seconds: u64 = 10,
        /// What this node does, of several that serve together: "gateway" (it has clients), "owner" (it orders the messages
        /// of its share of the conversations) and "worker" (it does what is due: scheduled and disappearing messages, what a
        /// node that is gone has left, files that nobody needs). Each must be on at some node. A server that is alone has
        /// all.
        roles: Roles = "gateway, owner, worker",
    }
    sections {
        /// The store.
        store: Store,
        /// The bus.
        bus: Bus,
        /// TLS.
        tls: Tls,
        /// Limits.
        limits: Limits,
        /// The log.
        log: Log,
        /// Files.
        media: Media,
        /// Figures.
        metrics: Metrics,
    }
}

settings! {
    /// The store in the data folder.
    Store "store" {
        /// A PostgreSQL database to keep everything in instead of the data folder, such as
        /// "postgres://parlance:password@127.0.0.1/parlance". Empty for the data folder. With "?sslmode=require" behind it
        /// the connections are encrypted and the database's certificate is checked. Of several hosts with commas between
        /// them ("…@one:5432,two:5432/parlance") the one that takes writes is used, also after a fail-over.
        url: Secret = "",
        /// The authorities that may vouch for that certificate, as PEM. Empty for the system's.
        authorities: PathBuf = "",
        /// Connections to that database.
        connections: usize = 16,
        /// Memory for what was read from disk, in MiB.
        cache_mib: u64 = 32,
        /// Writes are refused while the disk has less room than this, in MiB; they resume by themselves.
        free_floor_mib: u64 = 64,
        /// Open a store that has lost acknowledged data, with what is left of it. For one start after a damage.
        accept_loss: bool = false,
    }
}

settings! {
    /// The way to other nodes, when several serve one organisation from one PostgreSQL.
    Bus "bus" {
        /// NATS servers, such as "nats://127.0.0.1:4222", several with commas between them, "tls://" for encrypted ones. Empty
        /// for a server that is alone. It needs `store.url`.
        url: Secret = "",
        /// The authorities that may vouch for NATS's certificate, as PEM. Empty for the system's.
        authorities: PathBuf = "",
        /// What this node is called in NATS's lists and in messages about it.
        node: String = "parlance",
        /// What all subjects start with: another one for each cluster on the same NATS.
        prefix: String = "parlance",
    }
}

settings! {
    /// TLS, when this server ends it itself. Both files or none.
    Tls "tls" {
        /// The certificate and its chain, as PEM.
        cert: PathBuf = "",
        /// The certificate's private key, as PEM.
        key: PathBuf = "",
        /// The files are looked at this often, in seconds, and taken anew when they have changed; also on SIGHUP. 0 for
        /// on SIGHUP only.
        reload_seconds: u64 = 60,
    }
}

settings! {
    /// Limits. What is over a limit gets 429 or 503 with the time to wait.
    Limits "limits" {
        /// Whether senders are slowed down at all. Off for load tests.
        rates: bool = true,
        /// Multiplies the rates below, for a server whose users are trusted.
        rate_factor: u32 = 1,
        /// Messages a second of one user, and how many at once.
        sends_per_second: u32 = 5,
        /// See `sends_per_second`.
        sends_burst: u32 = 20,
        /// Messages a second of one user in one conversation, and how many at once.
        conversation_sends_per_second: u32 = 2,
        /// See `conversation_sends_per_second`.
        conversation_sends_burst: u32 = 10,
        /// Likes a second of one user, and how many at once.
        likes_per_second: u32 = 5,
        /// See `likes_per_second`.
        likes_burst: u32 = 20,
        /// Groups that one user may create in an hour.
        new_conversations_per_hour: u32 = 20,
        /// Messages that one user may report in an hour.
        reports_per_hour: u32 = 20,
        /// Searches for a username by one user in a day.
        look_ups_per_day: u32 = 100,
        /// Requests to be contacts by one user in an hour.
        contact_requests_per_hour: u32 = 20,
        /// How many minutes after sending a message may be recalled.
        recall_window_minutes: u32 = 1440,
        /// Messages are erased so many days after they were sent, also those there are; 0 keeps them for ever.
        /// Administrators can set another time by kind of conversation, and for single ones, while the server runs.
        keep_messages_days: u32 = 0,
        /// How many minutes after sending a message may be edited.
        edit_window_minutes: u32 = 2880,
        /// Registrations from one address in an hour.
        registrations_per_hour: u32 = 3,
        /// Wrong passwords for one account in 15 minutes; devices that are signed in already stay so.
        tries_per_account: u32 = 5,
        /// Wrong passwords from one address in 15 minutes.
        tries_per_address: u32 = 20,
        /// Sockets from one address on which nobody has signed in.
        guests_per_address: u32 = 20,
        /// Multiplies the three limits on addresses for this machine's own (127.0.0.1 and ::1): development, tests,
        /// or a proxy that hides everybody's address.
        loopback_factor: u32 = 10_000,
        /// Connections that this server signs in a second, however many come at once; 0 for no limit. Who is over is told when its
        /// turn is and comes back then by itself.
        sessions_per_second: u32 = 500,
        /// Connections signed in at once before that pace counts.
        sessions_burst: u32 = 1_000,
        /// Connections that may wait for their turn instead of being told to come back; none waits longer than 2 seconds.
        sessions_waiting: u32 = 500,
        /// A connection is asked for a sign of life this often, in milliseconds; clients are told to do the same.
        heartbeat_ms: u64 = 25_000,
        /// A connection without a sign of life for this long is closed, in milliseconds.
        dead_after_ms: u64 = 75_000,
        /// Sockets in all.
        connections: u32 = 100_000,
    }
}

settings! {
    /// The log, written to standard error. It holds ids and sizes, never content or tokens.
    Log "log" {
        /// What is logged: error, warn, info, debug, trace, or a list such as "info,parlance_engine=debug".
        level: String = "info,fjall=warn,lsm_tree=warn",
        /// "text" for people or "json" for programs.
        format: LogFormat = "text",
    }
}

settings! {
    /// Pictures, videos, voice messages and files. They are kept in a folder, or in an S3-compatible object store if a
    /// bucket is set.
    Media "media" {
        /// The folder for files and for uploads under way; "" for `media` in the data folder.
        folder: PathBuf = "",
        /// Most MiB of one file.
        file_max_mib: u64 = 25,
        /// Most MiB of all files that one user uploaded and that are kept.
        quota_mib: u64 = 1024,
        /// Uploads are refused while the disk has less room than this, in MiB; texts are still sent. Keep it above
        /// `store.free_floor_mib`.
        free_floor_mib: u64 = 256,
        /// An upload of which nothing comes for so many seconds is told to go on later.
        stall_seconds: u32 = 30,
        /// Uploads that one user may begin in a minute.
        uploads_per_minute: u32 = 60,
        /// A file that no message carries any more is erased after so many seconds.
        grace_seconds: u32 = 60,
        /// Files to be erased are looked for this often, in seconds.
        collect_seconds: u32 = 30,
        /// Most pixels of a picture, in millions.
        picture_max_megapixels: u32 = 40,
        /// Most frames of a picture that moves.
        animation_max_frames: u32 = 500,
        /// Pictures that are made anew at once. Each may take 16 MB a million pixels, and 128 MB.
        pictures_at_once: u32 = 2,
        /// The program that makes pictures in a process of its own; "" for the server's own. For tests.
        picture_program: PathBuf = "",
        /// Links to files that need no session are good for so many minutes.
        link_minutes: u32 = 10,
        /// The bucket; "" to keep files in the folder.
        s3_bucket: String = "",
        /// The address of the object store, such as "https://s3.example.org"; "" for Amazon's own.
        s3_endpoint: String = "",
        /// Its region.
        s3_region: String = "us-east-1",
        /// The id of the access key.
        s3_key_id: String = "",
        /// The access key.
        s3_secret: Secret = "",
        /// What the names of objects start with.
        s3_prefix: String = "parlance",
    }
}

settings! {
    /// Figures for Prometheus at /metrics.
    Metrics "metrics" {
        /// With `Authorization: Bearer` and this text anyone may read them. Without it only this machine may, and nobody
        /// if a public_url is set, since behind a proxy everybody looks like this machine.
        token: Secret = "",
    }
}

/// Every section, in the order of the example file.
pub(super) const SECTIONS: [&Section; 8] = [
    &Config::SECTION,
    &Store::SECTION,
    &Bus::SECTION,
    &Tls::SECTION,
    &Limits::SECTION,
    &Log::SECTION,
    &Media::SECTION,
    &Metrics::SECTION,
];

/// Who may register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Registration {
    /// Anyone who reaches the server.
    Open,
    /// Whoever has an invite.
    Invite,
    /// Nobody; accounts are made on the command line.
    Closed,
    /// Open while only this machine reaches the server, else by invite.
    Auto,
}

/// How a line of the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

impl Config {
    /// Who may register, unless administrators changed it.
    pub fn registration_mode(&self) -> RegistrationMode {
        match self.registration {
            Registration::Auto if self.is_public() => RegistrationMode::Invite,
            Registration::Open | Registration::Auto => RegistrationMode::Open,
            Registration::Invite => RegistrationMode::Invite,
            Registration::Closed => RegistrationMode::Closed,
        }
    }

    /// Whether others than this machine may reach the server, directly or through a proxy on it.
    pub fn is_public(&self) -> bool {
        !self.listen.ip().is_loopback() || !self.public_url.is_empty()
    }
}

impl Tls {
    /// Whether this server ends TLS itself.
    pub fn is_on(&self) -> bool {
        !self.cert.as_os_str().is_empty()
    }
}

impl Limits {
    /// A limit on an address: as configured, or raised for this machine's own.
    pub fn of_address(&self, limit: u32, address: IpAddr) -> u32 {
        if address.to_canonical().is_loopback() { limit.saturating_mul(self.loopback_factor) } else { limit }
    }
}
