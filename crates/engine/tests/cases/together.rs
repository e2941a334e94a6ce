//! Commands that wait for the same owner at the same time: each is decided about its own message.
//!
//! The answer of one never stands for another.

use parlance_proto::{Accepted, Body, ConversationId, EditMessage, GoneReason, LikeMessage, RecallMessage};

use crate::harness::{Device, Server, text_of};

async fn recall(device: &Device, conversation_id: ConversationId, index: u64) -> Accepted {
    device.engine.recall_message(device.caller, RecallMessage { conversation_id, index }).await.unwrap()
}

async fn edit(device: &Device, conversation_id: ConversationId, index: u64, text: &str) -> Accepted {
    let input = EditMessage { conversation_id, index, text: text.to_owned(), format: None, spans: None };
    device.engine.edit_message(device.caller, input).await.unwrap()
}

async fn like(device: &Device, conversation_id: ConversationId, index: u64) -> Accepted {
    let input = LikeMessage { conversation_id, index, emoji: "👍".to_owned() };
    device.engine.like_message(device.caller, input).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_recall_behind_one_that_changes_nothing_is_done() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    alice.send(chat, "two").await;
    recall(&alice, chat, 1).await;
    tokio::join!(recall(&alice, chat, 1), recall(&alice, chat, 2));
    let log = bob.history(chat).await.entries;
    for entry in &log[..2] {
        assert_eq!(entry.body, Body::Gone { reason: GoneReason::Recalled });
    }
}

#[tokio::test(start_paused = true)]
async fn an_edit_behind_one_that_changes_nothing_is_of_its_own_message() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    alice.send(chat, "two").await;
    tokio::join!(edit(&alice, chat, 1, "one"), edit(&alice, chat, 2, "three"));
    let log = bob.history(chat).await.entries;
    assert_eq!([text_of(&log[0]), text_of(&log[1])], [Some("one".to_owned()), Some("three".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn a_like_behind_one_that_changes_nothing_is_of_its_own_message_and_liker() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    alice.send(chat, "two").await;
    like(&alice, chat, 1).await;
    tokio::join!(like(&alice, chat, 1), like(&bob, chat, 2), like(&bob, chat, 1));
    let log = bob.history(chat).await.entries;
    let likers = |at: usize| log[at].details.as_ref().unwrap().likes[0].first.clone();
    assert_eq!((likers(0), likers(1)), (vec![alice.id(), bob.id()], vec![bob.id()]));
}
