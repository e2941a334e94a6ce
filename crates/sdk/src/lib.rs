//! The Rust SDK: what a bot, a command line or a test needs to talk to a server. It depends on `proto` alone.
//!
//! Pure parts (`backoff`, `follow::gap`, `queue::unsent`) decide; the others carry it out.
#![doc = ""]
#![doc = include_str!("../README.md")]

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
