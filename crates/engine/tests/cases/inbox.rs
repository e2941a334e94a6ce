//! Once per member: an inbox leads to every entry of the membership, under consecutive user indexes.
//!
//! How entries fall into rounds must not show: only how many rows there are depends on it.

use std::time::Duration;

use parlance_engine::Options;
use parlance_proto::{ConversationId, Event, LeaveConversation};

use crate::harness::{Device, Server};

async fn leave(device: &Device, group: ConversationId) {
    device
        .engine
        .leave_conversation(device.caller, LeaveConversation { conversation_id: group })
        .await
        .unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_user_index_counts_the_entries_of_the_membership() {
    // Every entry in a round of its own, and all entries in one round.
    for eager in [true, false] {
        let server =
            if eager { Server::with(Options { flush_ms: 1, ..Options::default() }) } else { Server::lazy() };
        let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
        let pause = async || tokio::time::sleep(Duration::from_millis(if eager { 5 } else { 0 })).await;
        let group = alice.group("Team", &[&bob]).await;
        pause().await;
        for number in 0..5 {
            alice.send(group, &format!("m{number}")).await;
            pause().await;
        }
        alice.add(group, &[&carol]).await;
        pause().await;
        alice.send(group, "last").await;
        pause().await;
        assert_eq!(bob.cursor().await, 8, "created, five, added, one");
        assert_eq!(carol.cursor().await, 2, "added, one");
        assert_eq!(alice.cursor().await, 8);
    }
}

#[tokio::test(start_paused = true)]
async fn rounds_come_by_themselves_and_tell_the_cursor() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let heard = bob.attach();
    alice.send(alice.with(&bob), "one").await;
    assert_eq!(bob.engine.user_index(bob.id()).await.unwrap(), 0, "not yet");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(bob.engine.user_index(bob.id()).await.unwrap(), 1);
    assert!(heard.events().contains(&Event::Cursor { user_index: 1 }));
}

#[tokio::test(start_paused = true)]
async fn leaving_and_coming_back_within_one_round_is_a_new_beginning() {
    let server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[&bob]).await;
    alice.send(group, "before").await;
    let cursor = bob.cursor().await;
    leave(&bob, group).await;
    alice.send(group, "while away").await;
    let again = alice.add(group, &[&bob]).await.index;
    let changes = bob.sync(cursor).await;
    assert!(changes.removed.is_empty());
    assert_eq!(changes.changed.len(), 1);
    let row = &changes.changed[0];
    assert_eq!((row.visible_from, row.unread, row.head), (again, 0, again));
    assert!(row.last_message.is_none(), "the message from the time away is not shown");
    assert_eq!(*row, bob.list().await[0]);
}

#[tokio::test(start_paused = true)]
async fn coming_and_going_within_one_round_leaves_nothing_behind() {
    let server = Server::lazy();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[]).await;
    let cursor = bob.cursor().await;
    alice.add(group, &[&bob]).await;
    leave(&bob, group).await;
    let changes = bob.sync(cursor).await;
    assert_eq!((changes.changed.len(), changes.removed.as_slice()), (0, &[group][..]));
    assert!(bob.list().await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn many_conversations_of_one_user_fit_in_one_round() {
    let server = Server::lazy();
    let bob = server.user("bob").await;
    for number in 0..300 {
        let other = server.user(&format!("other{number}")).await;
        other.send(other.with(&bob), "hello").await;
    }
    assert_eq!(bob.cursor().await, 300);
    let first = bob.try_list(None, 200).await.unwrap();
    let second = bob.try_list(first.next, 200).await.unwrap();
    assert_eq!((first.conversations.len(), second.conversations.len()), (200, 100));
}

/// With real threads the answer and the next question may be at the same time in different places.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_was_answered_finds_it_in_the_list_at_once() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    for number in 1..=300 {
        let accepted = alice.send(chat, &format!("m{number}")).await;
        assert_eq!(accepted.index, number);
        assert_eq!(bob.list().await[0].head, number);
        assert_eq!(alice.sync(number - 1).await.changed[0].head, number);
    }
}
