//! The Rust SDK of Parlance: sign in, send, receive, and never miss or repeat an entry.
//!
//! # In short
//! [`Client::connect`] keeps a WebSocket up with a session's token: it reconnects with growing, jittered pauses,
//! heeds the server's wish when it restarts, and sends heartbeats. On it:
//! - [`Client::call`] makes any operation of the protocol as a typed call; [`Http::call`] makes the same over HTTP;
//! - [`Client::updates`] is the stream of what happens to the user: every entry of every conversation exactly once
//!   and in index order, across reconnects, restarts of the server and, with [`Options::state_file`], one's own;
//! - [`Client::queue`] stores a message and sends it until the server has said that it is durable, or refused it.
//!
//! # A bot that echoes
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use parlance_proto::{Body, LogIn};
//! use parlance_sdk::{Client, Options, Update};
//!
//! let url = "http://127.0.0.1:8080";
//! let log_in = LogIn { username: "echo".into(), password: "a long password".into(), device_name: None };
//! let me = Client::log_in(url, log_in).await?;
//! let client = Client::connect(url, &me.token, Options::default()).await?;
//! let mut updates = client.updates()?;
//! while let Some(update) = updates.next().await {
//!     let Update::Entry { conversation_id, entry } = update else { continue };
//!     if let Body::Text { text } = &entry.body && entry.sender != me.user.user_id {
//!         client.queue(conversation_id, text).await?;
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//! `examples/echo_bot.rs` is the whole program.
//!
//! # What is promised
//! - A call that fails says what it left behind ([`CallError::outcome`]): refused, not now, or unknown. Only a server's
//!   plain refusal counts as refused; an unknown send is repeated with the same client message id.
//! - Updates of a client with a state file are repeated after a crash at most from the last save on, never skipped.
//!   Asking for the next update says that the one before is finished with.
//! - Memory is bounded: the stream, the queue, the calls and the sockets' buffers have limits. A slow reader of updates
//!   is not disconnected; the client stops listening to hints and pulls the log instead.

mod address;
mod backoff;
mod client;
mod error;
mod follow;
mod http;
mod link;
mod options;
mod queue;

pub use backoff::Backoff;
pub use client::Client;
pub use error::{CallError, Error, Outcome};
pub use follow::{GapTracker, Hole, Offer, Update, Updates};
pub use http::Http;
pub use link::Status;
pub use options::{Options, QueuePlace, Start};
pub use queue::{NotSent, Rejected, Ticket, Unsent};
