//! The server: doors, sign-in, configuration, telemetry. `Server::start` joins them; everything else is private.
//!
//! A door turns bytes into operations and answers into bytes. It holds no rule of messaging: those are in `domain`,
//! their ordering in `engine`.

mod admission;
mod app;
pub mod commands;
pub mod config;
mod control;
mod engines;
mod error;
mod http;
mod listener;
mod media;
mod openapi;
mod operations;
mod previews;
mod rates;
mod secret;
mod server;
mod settings;
mod signin;
mod socket;
mod tasks;
mod telemetry;
mod world;

pub use config::{Config, ConfigError, Roles};
pub use previews::Names;
pub use secret::Secret;
pub use server::Server;
