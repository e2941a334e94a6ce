//! One timeline: the indexes of a conversation are 1, 2, 3, … in the order of the answers, whoever sends.
//!
//! Two engines on one store are allowed here; the guard of the log must keep them apart.

use std::collections::BTreeSet;

use parlance_domain::Rejection;
use parlance_engine::Pending;
use parlance_proto::{ConversationId, GroupId, SendMessage, UserId};

use crate::harness::{Device, Server, refusal};

fn message(to: ConversationId, text: &str) -> SendMessage {
    SendMessage::text(to, text.replace(' ', "-"), text.to_owned())
}

#[tokio::test(start_paused = true)]
async fn an_answer_names_the_place_where_everybody_finds_the_message() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let first = alice.send(chat, "hello").await;
    let second = bob.send(chat, "hello yourself").await;
    assert_eq!((first.index, first.ordinal, second.index, second.ordinal), (1, 1, 2, 2));
    assert!(first.time_ms < second.time_ms);
    for reader in [&alice, &bob] {
        let history = reader.history(chat).await;
        assert_eq!(history.entries.iter().map(|entry| entry.index).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(history.entries[0].sender, alice.id());
        assert_eq!(history.entries[0].session, alice.caller.session);
        assert_eq!(history.entries[0].time_ms, first.time_ms);
        assert_eq!(history.entries[0].client_message_id.as_deref(), Some("hello"));
        assert_eq!(reader.texts(chat).await, ["hello", "hello yourself"]);
    }
}

#[tokio::test(start_paused = true)]
async fn sends_of_one_connection_keep_their_order_without_waiting() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let mut waiting: Vec<Pending> = Vec::new();
    for number in 0..200 {
        let input = message(chat, &format!("m{number}"));
        waiting.push(alice.engine.send_message(alice.caller, input).await.unwrap());
    }
    for (position, pending) in waiting.into_iter().enumerate() {
        assert_eq!(pending.await.unwrap().index, position as u64 + 1);
    }
    let texts = bob.texts(chat).await;
    assert_eq!(texts, (0..200).map(|number| format!("m{number}")).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_sender_who_does_not_wait_for_the_answer_still_sends() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    drop(alice.engine.send_message(alice.caller, message(chat, "and gone")).await.unwrap());
    alice.send(chat, "next").await;
    assert_eq!(bob.texts(chat).await, ["and gone", "next"]);
}

#[tokio::test(start_paused = true)]
async fn time_never_runs_backwards_in_a_conversation() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let before = alice.send(chat, "before").await;
    server.clock.pass(-3_600_000);
    let after = alice.send(chat, "after").await;
    assert!(after.time_ms >= before.time_ms);
    assert_eq!(after.index, 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_ones_own_and_what_does_not_exist_are_refused_alike() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    alice.send(alice.with(&bob), "private").await;
    let group = alice.group("Team", &[&bob]).await;
    let nobody = ConversationId::direct(carol.id(), UserId(1));
    let no_group = ConversationId::Group(GroupId(1));
    for closed in [alice.with(&bob), group, nobody, no_group] {
        assert_eq!(refusal(carol.try_send(closed, "k", "hi").await), Rejection::NoConversation);
        assert_eq!(refusal(carol.try_summary(closed).await), Rejection::NoConversation);
    }
    assert_eq!(alice.texts(alice.with(&bob)).await, ["private"]);
}

#[tokio::test(start_paused = true)]
async fn notes_to_oneself_are_a_conversation_of_one() {
    let server = Server::start();
    let alice = server.user("alice").await;
    let notes = alice.with(&alice);
    alice.send(notes, "milk").await;
    assert_eq!(alice.texts(notes).await, ["milk"]);
    let summary = alice.summary(notes).await;
    assert_eq!((summary.member_count, summary.unread), (1, 0));
}

async fn send_many(device: &Device, group: ConversationId, name: &str) -> Vec<u64> {
    let mut indexes = Vec::new();
    for number in 0..50 {
        indexes.push(device.send(group, &format!("{name}-{number}")).await.index);
    }
    indexes
}

async fn check_one_timeline(reader: &Device, group: ConversationId, indexes: &[u64], first: u64) {
    let unique: BTreeSet<u64> = indexes.iter().copied().collect();
    assert_eq!(unique, (first..first + indexes.len() as u64).collect(), "every index once, none left out");
    let history = reader.history(group).await;
    assert_eq!(history.head, first + indexes.len() as u64 - 1);
    let texts: BTreeSet<String> = reader.texts(group).await.into_iter().collect();
    assert_eq!(texts.len(), indexes.len());
}

#[tokio::test(start_paused = true)]
async fn many_senders_at_once_share_one_timeline() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let group = alice.group("Team", &[&bob, &carol]).await;
    let (a, b, c) = tokio::join!(
        send_many(&alice, group, "a"),
        send_many(&bob, group, "b"),
        send_many(&carol, group, "c")
    );
    check_one_timeline(&bob, group, &[a, b, c].concat(), 2).await;
}

#[tokio::test(start_paused = true)]
async fn two_engines_that_both_believe_to_be_the_owner_share_one_timeline() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[&bob]).await;
    let rival = Device::new(server.rival(), bob.caller, bob.token);
    let (a, b) = tokio::join!(send_many(&alice, group, "a"), send_many(&rival, group, "b"));
    check_one_timeline(&alice, group, &[a, b].concat(), 2).await;
}
