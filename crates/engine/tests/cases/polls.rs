//! Polls: they go with all their ballots, however many there are, and the conversation goes on.
//! What became of a poll is not told to whom it is kept from.

use parlance_proto::{
    BlockUser, Body, ClosePoll, Content, ConversationId, Entry, GetMessage, GoneReason, Poll, RecallMessage,
    SendMessage, VotePoll,
};

use crate::harness::{Device, Server};

const OPTIONS: u32 = 12;

async fn ask(device: &Device, chat: ConversationId) -> u64 {
    let options = (0..OPTIONS).map(|number| number.to_string()).collect();
    let poll =
        Poll { question: "Which?".to_owned(), options, multiple: true, anonymous: false, closes_ms: None };
    let asked = SendMessage { content: Some(Content::Poll(poll)), ..SendMessage::text(chat, "poll", "") };
    device.engine.send_message(device.caller, asked).await.unwrap().await.unwrap().index
}

async fn entry(device: &Device, conversation_id: ConversationId, index: u64) -> Entry {
    device.engine.get_message(device.caller, GetMessage { conversation_id, index }).await.unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_poll_goes_with_any_number_of_ballots_and_the_conversation_goes_on() {
    let mut server = Server::start();
    let alice = server.user("alice").await;
    let (group, voters) = server.crowd(&alice, 41).await;
    let index = ask(&alice, group).await;
    for voter in &voters {
        let vote = VotePoll { conversation_id: group, index, options: (0..OPTIONS).collect() };
        voter.engine.vote_poll(voter.caller, vote).await.unwrap();
    }
    assert_eq!(entry(&alice, group, index).await.details.unwrap().tally.unwrap().voters, 40);
    let recall = RecallMessage { conversation_id: group, index };
    alice.engine.recall_message(alice.caller, recall).await.unwrap();
    alice.send(group, "after").await;
    server.crash();
    let alice = server.again(&alice);
    alice.send(group, "after the crash").await;
    assert_eq!(alice.texts(group).await, ["after", "after the crash"]);
    let poll = entry(&alice, group, index).await;
    assert_eq!((poll.body, poll.details), (Body::Gone { reason: GoneReason::Recalled }, None));
}

#[tokio::test(start_paused = true)]
async fn who_blocks_does_not_learn_that_the_other_closed_a_poll_afterwards() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let (of_bob, of_alice) = (ask(&bob, chat).await, ask(&alice, chat).await);
    alice.engine.block_user(alice.caller, BlockUser { user_id: bob.id() }).await.unwrap();
    server.clock.pass(10);
    for (device, index) in [(&bob, of_bob), (&alice, of_alice)] {
        let close = ClosePoll { conversation_id: chat, index };
        device.engine.close_poll(device.caller, close).await.unwrap();
    }
    let closed = |entry: &Entry| entry.details.as_ref().is_some_and(|details| details.closed_ms.is_some());
    for (device, index, told) in
        [(&alice, of_bob, false), (&alice, of_alice, true), (&bob, of_bob, true), (&bob, of_alice, true)]
    {
        assert_eq!(closed(&entry(device, chat, index).await), told, "{index} to {}", device.id());
    }
}
