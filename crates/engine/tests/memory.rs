//! What a large group costs in memory while nobody uses it, counted byte by byte by the allocator.
//!
//! A program of its own with one test, because the count is of the whole process.

#![allow(clippy::unwrap_used)] // helpers of tests fail as tests do

#[path = "cases/harness/mod.rs"]
#[expect(dead_code, unused_imports, reason = "one test needs a small part of what the cases need")]
mod harness;

use parlance_proto::GetConversation;
use peak_alloc::PeakAlloc;

use crate::harness::Server;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// A group of 100,000 may take 10 MB, so a member may take a hundred bytes.
const MEMBER_BYTES_MAX: usize = 100;

#[tokio::test(start_paused = true)]
async fn an_idle_large_group_takes_less_than_a_hundred_bytes_a_member() {
    const MEMBERS: usize = 20_000;
    let server = Server::start();
    let owner = server.user("owner").await;
    let (group, members) = server.crowd(&owner, MEMBERS).await;
    drop(members);
    server.engine.stop().await;
    // An engine that has never seen the group, on a store that holds it.
    let engine = server.rival();
    let before = ALLOCATOR.current_usage();
    engine.get_conversation(owner.caller, GetConversation { conversation_id: group }).await.unwrap();
    let taken = ALLOCATOR.current_usage().saturating_sub(before);
    eprintln!("a group of {MEMBERS}: {taken} bytes, {} a member", taken / MEMBERS);
    assert!(taken > MEMBERS * size_of::<u128>(), "its members are in memory");
    assert!(taken < MEMBERS * MEMBER_BYTES_MAX);
}
