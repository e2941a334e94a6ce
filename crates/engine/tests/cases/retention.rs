//! Messages that are too old: erased in steps, once, whatever crashes in between, and no later than promised.
//! Nothing is erased before its time, and nothing is served after it.

use std::time::Duration;

use parlance_domain::Rules;
use parlance_engine::Options;
use parlance_proto::{Body, ConversationId, Entry, GoneReason};

use crate::harness::{Device, Server};

const DAY_MS: i64 = 24 * 3_600_000;

fn kept_for_a_day() -> Options {
    let rules = Rules { keep_ms: Some(DAY_MS as u64), ..Rules::default() };
    Options { rules, ..Options::default() }
}

async fn work() {
    tokio::time::sleep(Duration::from_secs(8)).await;
}

async fn log(device: &Device, chat: ConversationId) -> Vec<Entry> {
    device.history(chat).await.entries
}

fn is_gone(entry: &Entry) -> bool {
    entry.body == Body::Gone { reason: GoneReason::Expired }
}

#[tokio::test(start_paused = true)]
async fn what_was_there_before_goes_in_its_time_whatever_crashes() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    server.clock.pass(DAY_MS / 2);
    alice.send(chat, "two").await;
    server.crash_into(kept_for_a_day());
    let (alice, bob) = (server.again(&alice), server.again(&bob));
    work().await;
    assert_eq!(alice.texts(chat).await, ["one", "two"], "nothing is too old yet");
    server.clock.pass(DAY_MS / 2 + 1);
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(501)).await;
        server.crash_into(kept_for_a_day());
    }
    let (alice, bob) = (server.again(&alice), server.again(&bob));
    server.clock.pass(11 * 60_000);
    work().await;
    assert_eq!(alice.texts(chat).await, ["two"]);
    server.clock.pass(DAY_MS / 2 + 11 * 60_000);
    work().await;
    let log = log(&bob, chat).await;
    assert!(is_gone(&log[0]) && is_gone(&log[1]));
    let told: Vec<&Body> = log[2..].iter().map(|entry| &entry.body).collect();
    assert_eq!(told, [&Body::Expired { targets: vec![1] }, &Body::Expired { targets: vec![2] }]);
}
