//! The engine by its public face, over a store in memory: one file a subject, one test a promise.
//!
//! Time is paused and moves by itself, chance has a seed: a failure here fails again.

#![allow(clippy::unwrap_used)] // helpers of tests fail as tests do

mod administration;
mod audit;
mod contacts;
mod disappearing;
mod files;
mod forward;
mod full;
mod harness;
mod history;
mod holds;
mod inbox;
mod large;
mod likes;
mod list;
mod live;
mod membership;
mod older;
mod placement;
mod polls;
mod profile;
mod progress;
mod reading;
mod restart;
mod resume;
mod retention;
mod retry;
mod scheduled;
mod send;
mod sessions;
mod several;
mod sync;
mod together;
mod unknown;
