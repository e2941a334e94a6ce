//! What is done to messages of an older partition of the log: it stands in another place than the entry that tells of it,
//! and is there for every reader, also after a crash.

use parlance_engine::Options;
use parlance_proto::{
    Body, ClosePoll, Content, ConversationId, EditMessage, Entry, GetMessage, GoneReason, Poll,
    RecallMessage, SendMessage, VotePoll,
};

use crate::harness::{Device, Server, text_of};

const BUCKET: u64 = 65_536;

async fn entry(device: &Device, conversation_id: ConversationId, index: u64) -> Entry {
    device.engine.get_message(device.caller, GetMessage { conversation_id, index }).await.unwrap()
}

/// Fills the log up to an index.
async fn fill(device: &Device, chat: ConversationId, upto: u64) {
    let mut sent = 3;
    while sent < upto {
        let mut waiting = Vec::new();
        for _ in 0..256 {
            sent += 1;
            let input = SendMessage::text(chat, sent.to_string(), "text");
            waiting.push(device.engine.send_message(device.caller, input).await.unwrap());
        }
        for pending in waiting {
            pending.await.unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_older_message_is_edited_voted_in_closed_and_recalled() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let options = vec!["yes".to_owned(), "no".to_owned()];
    let (multiple, anonymous, closes_ms) = (false, false, None);
    let poll = Poll { question: "Tea?".to_owned(), options, multiple, anonymous, closes_ms };
    let asked = SendMessage { content: Some(Content::Poll(poll)), ..SendMessage::text(chat, "poll", "") };
    alice.engine.send_message(alice.caller, asked).await.unwrap().await.unwrap();
    alice.send(chat, "two").await;
    alice.send(chat, "three").await;
    fill(&alice, chat, BUCKET + 5).await;
    let (conversation_id, engine) = (chat, &alice.engine);
    let text = "two, edited".to_owned();
    let edit = EditMessage { conversation_id, index: 2, text, format: None, spans: None };
    let edited = engine.edit_message(alice.caller, edit.clone()).await.unwrap();
    assert!(edited.index > BUCKET);
    assert_eq!(engine.edit_message(alice.caller, edit).await.unwrap(), edited, "again is nothing to do");
    let vote = VotePoll { conversation_id, index: 1, options: vec![1] };
    engine.vote_poll(bob.caller, vote).await.unwrap();
    engine.close_poll(alice.caller, ClosePoll { conversation_id, index: 1 }).await.unwrap();
    engine.recall_message(alice.caller, RecallMessage { conversation_id, index: 3 }).await.unwrap();
    for crashed in [false, true] {
        if crashed {
            server.crash();
        }
        let bob = server.again(&bob);
        assert_eq!(text_of(&entry(&bob, chat, 2).await).as_deref(), Some("two, edited"));
        let told = entry(&bob, chat, edited.index).await.body;
        assert!(matches!(&told, Body::Edited { target: 2, text: Some(text), .. } if text == "two, edited"));
        let poll = entry(&bob, chat, 1).await.details.unwrap();
        let tally = poll.tally.unwrap();
        assert_eq!((poll.closed_ms.is_some(), tally.counts, tally.mine), (true, vec![0, 1], vec![1]));
        let recalled = entry(&bob, chat, 3).await;
        assert_eq!(recalled.body, Body::Gone { reason: GoneReason::Recalled });
    }
}

#[tokio::test(start_paused = true)]
async fn two_nodes_change_older_messages_in_turn() {
    let server = Server::with(Options { alone: false, ..Options::default() });
    let other = server.rival();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    for text in ["one", "two", "three"] {
        alice.send(chat, text).await;
    }
    fill(&alice, chat, BUCKET + 5).await;
    let edit = |index, text: String| {
        let (format, spans) = (None, None);
        EditMessage { conversation_id: chat, index, text, format, spans }
    };
    for round in 0..4 {
        // Each node reads what the other has just done to the message, and does more to it.
        for (node, engine) in [&server.engine, &other].into_iter().enumerate() {
            let text = format!("two, round {round} of node {node}");
            engine.edit_message(alice.caller, edit(2, text.clone())).await.unwrap();
            for reader in [&other, &server.engine] {
                let input = GetMessage { conversation_id: chat, index: 2 };
                let entry = reader.get_message(bob.caller, input).await.unwrap();
                assert_eq!(text_of(&entry), Some(text.clone()));
            }
        }
    }
    let recall = RecallMessage { conversation_id: chat, index: 3 };
    let (here, there) = tokio::join!(
        server.engine.recall_message(alice.caller, recall.clone()),
        other.edit_message(alice.caller, edit(3, "three, edited".to_owned())),
    );
    here.unwrap();
    // Whichever came first: what is gone stays gone.
    drop(there);
    server.engine.crash();
    for index in [2, 3] {
        let input = GetMessage { conversation_id: chat, index };
        let entry = other.get_message(bob.caller, input).await.unwrap();
        let gone = Body::Gone { reason: GoneReason::Recalled };
        assert_eq!(entry.body == gone, index == 3, "{:?}", entry.body);
    }
}
