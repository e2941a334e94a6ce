//! Messages whose time is up: gone for everybody on time, whether or not the server was on; what waits for readers or for
//! being delivered; and that a crash in between changes nothing.

use std::time::Duration;

use parlance_domain::Rules;
use parlance_engine::Options;
use parlance_proto::{
    AcceptContact, Body, ConversationId, DisappearAfter, Disappearing, Entry, GoneReason, RequestContact,
    SendMessage, SetDisappearing, UpdatePrivacy, Writers,
};

use crate::harness::{Device, Server};

const HOUR_MS: i64 = 3_600_000;

async fn set(device: &Device, chat: ConversationId, after: DisappearAfter) {
    let disappearing = Some(Disappearing { after, ms: HOUR_MS as u64 });
    let input = SetDisappearing { conversation_id: chat, disappearing };
    device.engine.set_disappearing(device.caller, input).await.unwrap();
}

async fn entry(device: &Device, chat: ConversationId, index: u64) -> Entry {
    device.history(chat).await.entries.into_iter().find(|entry| entry.index == index).unwrap()
}

fn is_expired(entry: &Entry) -> bool {
    entry.body == Body::Gone { reason: GoneReason::Expired } && entry.details.is_none()
}

/// Gives the worker its time.
async fn work() {
    tokio::time::sleep(Duration::from_secs(8)).await;
}

#[tokio::test(start_paused = true)]
async fn a_message_is_gone_on_time_and_then_in_the_log_too() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "before").await;
    set(&alice, chat, DisappearAfter::Sending).await;
    alice.send(chat, "one").await;
    bob.send(chat, "two").await;
    let expires_ms = entry(&bob, chat, 3).await.details.unwrap().expires_ms.unwrap();
    assert_eq!(expires_ms - entry(&bob, chat, 3).await.time_ms, HOUR_MS);
    server.clock.pass(HOUR_MS / 2);
    work().await;
    assert_eq!(bob.texts(chat).await, ["before", "one", "two"]);
    server.clock.pass(HOUR_MS / 2);
    // No reader gets it although the worker has not come yet.
    assert_eq!(bob.texts(chat).await, ["before"]);
    assert!(is_expired(&bob.summary(chat).await.last_message.unwrap()));
    let heard = bob.attach();
    work().await;
    let log = alice.history(chat).await.entries;
    assert!(is_expired(&log[2]) && is_expired(&log[3]));
    assert_eq!(log[4].body, Body::Expired { targets: vec![3, 4] }, "one entry for both");
    assert_eq!(log[4].sender, parlance_proto::UserId::SERVER);
    assert_eq!(heard.events().len(), 1 + 1, "the entry and the cursor");
    assert_eq!(bob.summary(chat).await.unread, 0, "what is gone counts as it did");
    work().await;
    assert_eq!(alice.history(chat).await.head, 5, "once");
}

#[tokio::test(start_paused = true)]
async fn what_became_due_while_the_server_was_off_is_done_after_the_start() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    set(&alice, chat, DisappearAfter::Sending).await;
    alice.send(chat, "one").await;
    server.crash();
    server.clock.pass(2 * HOUR_MS);
    for _ in 0..3 {
        // A crash at any moment of the work repeats nothing.
        tokio::time::sleep(Duration::from_millis(501)).await;
        server.crash();
    }
    work().await;
    let log = server.again(&bob).history(chat).await.entries;
    assert!(is_expired(&log[1]));
    let expired = log.iter().filter(|entry| matches!(entry.body, Body::Expired { .. })).count();
    assert_eq!((expired, log.len()), (1, 3));
}

#[tokio::test(start_paused = true)]
async fn the_clock_of_reading_starts_when_everybody_has_read() {
    let mut server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob, &carol]).await;
    set(&alice, group, DisappearAfter::Reading).await;
    alice.send(group, "one").await;
    alice.send(group, "two").await;
    bob.read(group, 4).await;
    server.clock.pass(9 * HOUR_MS);
    work().await;
    assert_eq!(carol.texts(group).await, ["one", "two"], "carol has not read");
    assert!(entry(&carol, group, 3).await.details.unwrap().expires_ms.is_none());
    carol.read(group, 3).await;
    // The start is not lost with the engine.
    server.crash();
    work().await;
    let bob = server.again(&bob);
    let first = entry(&bob, group, 3).await;
    assert!(first.details.unwrap().expires_ms.is_some());
    assert!(entry(&bob, group, 4).await.details.unwrap().expires_ms.is_none());
    server.clock.pass(HOUR_MS + 20_000);
    work().await;
    assert_eq!(bob.texts(group).await, ["two"]);
    assert!(is_expired(&entry(&bob, group, 3).await));
    // Who writes has read what stands before.
    server.again(&carol).send(group, "three").await;
    work().await;
    assert!(entry(&bob, group, 4).await.details.unwrap().expires_ms.is_some());
    server.clock.pass(HOUR_MS + 20_000);
    assert_eq!(bob.texts(group).await, ["three"], "nobody else has read the third");
}

#[tokio::test(start_paused = true)]
async fn a_late_joiner_is_not_waited_for() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob]).await;
    set(&alice, group, DisappearAfter::Reading).await;
    alice.send(group, "one").await;
    alice.add(group, &[&carol]).await;
    bob.read(group, 3).await;
    work().await;
    server.clock.pass(HOUR_MS + 20_000);
    assert_eq!(bob.texts(group).await, [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn what_nobody_got_in_time_expires_and_what_somebody_got_stays() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let send = |key: &'static str| SendMessage {
        deliver_within_ms: Some(HOUR_MS as u64),
        ..SendMessage::text(chat, key, key)
    };
    alice.engine.send_message(alice.caller, send("seen")).await.unwrap().await.unwrap();
    bob.read(chat, 1).await;
    let sent = alice.engine.send_message(alice.caller, send("unseen")).await.unwrap().await.unwrap();
    let again = alice.engine.send_message(alice.caller, send("unseen")).await.unwrap().await.unwrap();
    assert_eq!(sent, again);
    server.clock.pass(HOUR_MS);
    work().await;
    assert_eq!(bob.texts(chat).await, ["seen"]);
    assert!(is_expired(&entry(&alice, chat, 2).await));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_keeps_messages_for_a_time_keeps_none_longer() {
    let rules = Rules { keep_ms: Some(2 * HOUR_MS as u64), ..Rules::default() };
    let server = Server::with(Options { rules, ..Options::default() });
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "plain").await;
    set(&alice, chat, DisappearAfter::Sending).await;
    alice.send(chat, "short").await;
    set(&alice, chat, DisappearAfter::Reading).await;
    alice.send(chat, "unread").await;
    server.clock.pass(HOUR_MS + 20_000);
    assert_eq!(bob.texts(chat).await, ["plain", "unread"]);
    bob.read(chat, 5).await;
    work().await;
    // Being read would let it stay for another hour; the server does not.
    let kept = entry(&bob, chat, 5).await;
    assert!(kept.details.unwrap().expires_ms.unwrap() - kept.time_ms <= 2 * HOUR_MS);
    server.clock.pass(HOUR_MS + 20_000);
    work().await;
    assert_eq!(bob.texts(chat).await, [""; 0]);
    assert!(is_expired(&entry(&bob, chat, 1).await));
}

#[tokio::test(start_paused = true)]
async fn many_long_messages_start_their_clocks_piece_by_piece() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    bob.send(chat, "hello").await;
    set(&alice, chat, DisappearAfter::Reading).await;
    let long = "消".repeat(2_000);
    for number in 0..60 {
        alice.try_send(chat, &number.to_string(), &long).await.unwrap();
    }
    bob.read(chat, 62).await;
    for _ in 0..3 {
        work().await;
    }
    let log = bob.history(chat).await.entries;
    let started = log.iter().filter(|entry| entry.details.as_ref().is_some_and(|of| of.expires_ms.is_some()));
    assert!(started.count() >= 40, "all that the page shows");
    assert!(entry(&bob, chat, 62).await.details.unwrap().expires_ms.is_some(), "the last too");
}

#[tokio::test(start_paused = true)]
async fn a_clock_held_back_from_a_stranger_starts_when_the_two_become_contacts() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    set(&alice, chat, DisappearAfter::Reading).await;
    alice.send(chat, "one").await;
    let request = RequestContact { user_id: bob.id(), note: None };
    alice.engine.request_contact(alice.caller, request).await.unwrap();
    bob.read(chat, 2).await;
    work().await;
    let started = |entry: &Entry| entry.details.as_ref().unwrap().expires_ms.is_some();
    assert!(!started(&entry(&bob, chat, 2).await), "who is not welcome is not told of the reading");
    bob.engine.accept_contact(bob.caller, AcceptContact { user_id: alice.id() }).await.unwrap();
    work().await;
    assert!(started(&entry(&bob, chat, 2).await));
}

#[tokio::test(start_paused = true)]
async fn a_clock_held_back_from_a_stranger_starts_when_anyone_may_write() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let (chat, other) = (alice.with(&bob), alice.with(&carol));
    for (chat, reader) in [(chat, &bob), (other, &carol)] {
        set(&alice, chat, DisappearAfter::Reading).await;
        alice.send(chat, "one").await;
        reader.read(chat, 2).await;
    }
    work().await;
    let started = |entry: &Entry| entry.details.as_ref().unwrap().expires_ms.is_some();
    assert!(!started(&entry(&bob, chat, 2).await));
    let anyone = UpdatePrivacy {
        show_reads: None,
        last_seen: None,
        online: None,
        picture: None,
        status: None,
        groups: None,
        messages: Some(Writers::Anyone),
        find_by_phone: None,
        find_by_email: None,
    };
    bob.engine.update_privacy(bob.caller, anyone).await.unwrap();
    work().await;
    assert!(started(&entry(&bob, chat, 2).await));
    assert!(!started(&entry(&carol, other, 2).await), "the choice is bob's alone");
}
