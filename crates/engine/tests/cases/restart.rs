//! After a stop or a crash: what was acknowledged is there, and what follows a commit is finished.
//!
//! The first answer after a start is as true as the last one before it.

use std::time::Duration;

use parlance_engine::Options;
use parlance_proto::FanOut;

use crate::harness::{Device, Server};

#[tokio::test(start_paused = true)]
async fn a_crash_between_the_commit_and_the_inboxes_is_made_good() {
    let mut server = Server::lazy();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let cursor = bob.cursor().await;
    alice.send(chat, "two").await;
    let group = carol.group("Team", &[&bob]).await;
    server.crash();
    let bob = server.again(&bob);
    let changes = bob.sync(cursor).await;
    let mut found: Vec<_> = changes.changed.iter().map(|row| row.conversation_id).collect();
    found.sort();
    let mut expected = [chat, group];
    expected.sort();
    assert_eq!(found, expected, "in the very first answer");
    assert_eq!(changes.user_index, cursor + 2);
    assert_eq!(bob.list().await.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_sweeper_finishes_what_nobody_asks_for() {
    let mut server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    alice.send(alice.with(&bob), "hello").await;
    server.crash_into(Options::default());
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert_eq!(server.engine.user_index(bob.id()).await.unwrap(), 1, "without a reader");
}

#[tokio::test(start_paused = true)]
async fn many_conversations_are_caught_up_together() {
    let mut server = Server::lazy();
    let alice = server.user("alice").await;
    let mut others = Vec::new();
    for number in 0..300 {
        let other = server.user(&format!("other{number}")).await;
        alice.send(alice.with(&other), "hello").await;
        others.push(other);
    }
    server.crash_into(Options::default());
    tokio::time::sleep(Duration::from_secs(10)).await;
    for other in &others {
        assert_eq!(server.engine.user_index(other.id()).await.unwrap(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn crash_upon_crash_repeats_nothing_and_loses_nothing() {
    let mut server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    for number in 1..=5 {
        server.again(&alice).send(chat, &format!("m{number}")).await;
        server.crash();
        server.crash();
    }
    let bob = server.again(&bob);
    assert_eq!(bob.cursor().await, 5, "one user index an entry");
    assert_eq!(bob.list().await[0].unread, 5);
    assert_eq!(bob.texts(chat).await.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_stop_in_order_answers_everybody_and_loses_nothing() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let mut waiting = Vec::new();
    for number in 0..100 {
        let text = format!("m{number}");
        let input = parlance_proto::SendMessage::text(chat, text.clone(), text);
        waiting.push(alice.engine.send_message(alice.caller, input).await.unwrap());
    }
    let old = server.engine.clone();
    server.restart().await;
    let refused = Device::new(old, alice.caller, alice.token).try_send(chat, "late", "late").await;
    assert!(matches!(refused, Err(parlance_engine::Error::Busy)), "{refused:?}");
    for (position, pending) in waiting.into_iter().enumerate() {
        assert_eq!(pending.await.unwrap().index, position as u64 + 1);
    }
    assert_eq!(server.again(&bob).texts(chat).await.len(), 100);
    assert_eq!(server.again(&bob).list().await[0].unread, 100);
}

#[tokio::test(start_paused = true)]
async fn a_cursor_once_told_never_means_something_else() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let mut last = 0;
    for number in 0..10 {
        server.again(&alice).send(chat, &format!("m{number}")).await;
        let changes = server.again(&bob).sync(last).await;
        assert!(!changes.reset);
        assert_eq!(changes.user_index, last + 1);
        last = changes.user_index;
        server.crash();
    }
}

#[tokio::test(start_paused = true)]
async fn the_switch_to_a_large_group_survives_a_crash_before_the_inboxes() {
    let mut server = Server::lazy();
    let alice = server.user("alice").await;
    let (group, members) = server.crowd(&alice, 501).await;
    server.again(&alice).send(group, "hello").await;
    server.crash();
    for member in [&members[0], &members[499]] {
        let member = server.again(member);
        let list = member.list().await;
        assert_eq!((list.len(), list[0].fan_out, list[0].unread), (1, FanOut::Read, 1));
        assert_eq!(member.sync(0).await.changed, list);
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_happened_a_quiet_engine_ends_with_nothing_to_do() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let rival = Device::new(server.rival(), bob.caller, bob.token);
    let pause = async || tokio::time::sleep(Duration::from_millis(700)).await;
    for number in 0..20 {
        alice.send(chat, &format!("a{number}")).await;
        pause().await;
        // Both make checkpoints of the same conversation, and each loses some of them.
        rival.send(chat, &format!("b{number}")).await;
        if number % 5 == 0 {
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
    }
    tokio::time::sleep(Duration::from_secs(600)).await;
    let before = server.store.writes();
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_eq!(server.store.writes(), before);
    assert_eq!(alice.list().await[0].head, 40);
}

#[tokio::test(start_paused = true)]
async fn two_engines_one_after_the_other_leave_no_follow_up_behind() {
    let mut server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    server.crash();
    let alice = server.again(&alice);
    assert_eq!(alice.list().await.len(), 1);
    let rival = Device::new(server.rival_with(&Options::default()), bob.caller, bob.token);
    rival.send(chat, "two").await;
    // Time enough for the rival to finish its follow-ups and to remove its mark.
    tokio::time::sleep(Duration::from_secs(10)).await;
    // The first engine learns of it by losing its next commit.
    alice.send(chat, "three").await;
    assert_eq!(alice.texts(chat).await, ["one", "two", "three"]);
    server.crash();
    let (alice, bob) = (server.again(&alice), server.again(&bob));
    assert_eq!(alice.list().await[0].head, 3);
    assert_eq!(bob.list().await[0].head, 3);
}
