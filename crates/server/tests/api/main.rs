//! The server as clients meet it: a real one in this process for each test, asked over HTTP and WebSockets.
//! `place` starts servers and people, `line` is a WebSocket; every other file is about one noun.

#![allow(clippy::unwrap_used)] // a test ends where something is not as it must be

mod accounts;
mod administration;
mod admission;
mod browser;
mod canary;
mod channels;
mod contacts;
mod conversations;
mod disappearing;
mod edit;
mod emoji;
mod errors;
mod export;
mod files;
mod groups;
mod hiding;
mod holds;
mod invites;
mod likes;
mod limits;
mod line;
mod links;
mod messages;
mod newcomers;
mod objects;
mod own;
mod personal;
mod photos;
mod pictures;
mod place;
mod polls;
mod presence;
mod previews;
mod privacy;
mod program;
mod progress;
mod reach;
mod recall;
mod retention;
mod rich;
mod rtm;
mod scheduled;
mod sessions;
mod sockets;
mod space;
mod stickers;
mod stopping;
mod survival;
mod sync;
mod tickets;
mod tls;
mod uploads;
