//! Messages that are too old: erased in steps, once, whatever crashes in between, and no later than promised.
//! Nothing is erased before its time, and nothing is served after it.

use std::time::Duration;

use parlance_domain::Rules;
use parlance_engine::Options;
use parlance_proto::{
    BlockUser, Body, ConversationId, Entry, GetHistory, GoneReason, SendMessage, SetRetention,
};
use parlance_store::{Family, Level, Range, Store};

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

#[tokio::test(start_paused = true)]
async fn a_chat_that_only_one_side_has_in_the_list_is_visited_too() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let [first, second] = if alice.id() < bob.id() { [alice, bob] } else { [bob, alice] };
    let chat = first.with(&second);
    first.engine.block_user(first.caller, BlockUser { user_id: second.id() }).await.unwrap();
    second.send(chat, "unheard").await;
    server.clock.pass(2 * DAY_MS);
    server.crash_into(kept_for_a_day());
    work().await;
    assert!(is_gone(&log(&server.again(&second), chat).await[0]));
}

#[tokio::test(start_paused = true)]
async fn a_conversation_that_fails_keeps_no_other_from_its_turn() {
    for broken in 0..3 {
        let mut server = Server::start();
        let [alice, bob] = server.users(["alice", "bob"]).await;
        let mut groups = Vec::new();
        for name in ["a", "b", "c"] {
            let group = alice.group(name, &[&bob]).await;
            alice.send(group, "old").await;
            groups.push(group);
        }
        server.clock.pass(2 * DAY_MS);
        server.crash_into(kept_for_a_day());
        // The log of one cannot be read.
        let ConversationId::Group(id) = groups[broken] else { unreachable!() };
        server.store.take_away(Some(&[b"g", &id.0.to_be_bytes()[..]].concat()));
        work().await;
        let alice = server.again(&alice);
        for (_, group) in groups.iter().enumerate().filter(|(at, _)| *at != broken) {
            assert!(is_gone(&log(&alice, *group).await[1]), "{broken} is in the way of {group}");
        }
        // Once it can be, it has its turn too.
        server.store.take_away(None);
        server.clock.pass(60_000);
        work().await;
        work().await;
        assert!(is_gone(&log(&alice, groups[broken]).await[1]));
    }
}

#[tokio::test(start_paused = true)]
async fn more_than_a_visit_takes_goes_though_the_clock_stands() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let mut waiting = Vec::new();
    for number in 0..2_001 {
        let input = SendMessage::text(chat, number.to_string(), "old");
        waiting.push(alice.engine.send_message(alice.caller, input).await.unwrap());
        if waiting.len() == 100 {
            for pending in waiting.drain(..) {
                pending.await.unwrap();
            }
        }
    }
    waiting.pop().unwrap().await.unwrap();
    server.clock.pass(2 * DAY_MS);
    server.clock.stand(true);
    keep(&server, chat).await;
    work().await;
    server.clock.pass(5_000);
    work().await;
    let input = GetHistory { conversation_id: chat, after: Some(1_999), before: None, limit: Some(2) };
    let last = alice.try_history(input).await.unwrap().entries;
    assert!(last.iter().all(is_gone), "{last:?}");
}

#[tokio::test(start_paused = true)]
async fn the_timers_of_a_busy_conversation_do_not_add_up() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    for minute in 0..30 {
        alice.send(chat, &minute.to_string()).await;
        server.clock.pass(60_000);
    }
    // From now on a message becomes too old every minute.
    server.clock.pass(DAY_MS - 30 * 60_000);
    for _ in 0..8 {
        keep(&server, chat).await;
        work().await;
        server.clock.pass(60_000);
    }
    let mut timers = 0;
    for shard in 0..8 {
        let due = Range::prefix(Family::Blind, vec![b'W', shard], b"t", 200);
        timers += server.store.range(due, Level::Serial).await.unwrap().len();
    }
    assert!((1..=2).contains(&timers), "{timers} timers");
}

/// Has a conversation's messages kept for a day.
async fn keep(server: &Server, conversation_id: ConversationId) {
    let input = SetRetention { conversation_id, keep_s: Some((DAY_MS / 1_000) as u32) };
    server.engine.set_retention(&server.engine.operator(), input).await.unwrap();
}
