//! A full disk: sends are refused and say so, reading goes on, and sending resumes by itself.
//!
//! What was acknowledged before is readable all the time, also where inboxes could not be written any more.

use parlance_engine::{Error, Options};
use parlance_proto::ConversationId;

use crate::harness::{Device, Server};

async fn check_refused(device: &Device, to: ConversationId, key: &str) {
    let refused = device.try_send(to, key, "no room").await;
    assert!(matches!(refused, Err(Error::Store(parlance_store::Error::Full))), "{refused:?}");
}

#[tokio::test(start_paused = true)]
async fn sends_are_refused_and_reading_goes_on() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "before").await;
    let cursor = bob.cursor().await;
    server.store.set_full(true);
    check_refused(&alice, chat, "k1").await;
    check_refused(&bob, chat, "k1").await;
    assert_eq!(bob.texts(chat).await, ["before"]);
    assert_eq!(bob.list().await.len(), 1);
    assert_eq!(bob.sync(cursor).await.changed, []);
    assert_eq!(bob.summary(chat).await.unread, 1);
    server.store.set_full(false);
    assert_eq!(
        alice.try_send(chat, "k1", "room again").await.unwrap().index,
        2,
        "what was refused left nothing"
    );
    assert_eq!(bob.texts(chat).await, ["before", "room again"]);
    assert_eq!(bob.sync(cursor).await.changed[0].unread, 2);
}

#[tokio::test(start_paused = true)]
async fn what_was_acknowledged_just_before_is_read_although_inboxes_cannot_be_written() {
    // With rounds that nobody asked for in between, and without.
    for eager in [true, false] {
        let mut server =
            if eager { Server::with(Options { flush_ms: 1, ..Options::default() }) } else { Server::lazy() };
        let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
        let chat = alice.with(&bob);
        alice.send(chat, "one").await;
        let cursor = bob.cursor().await;
        server.store.set_derived_full(true);
        alice.send(chat, "two").await;
        let group = carol.group("Team", &[&bob]).await;
        carol.send(group, "three").await;
        server.store.set_full(true);
        tokio::time::sleep(std::time::Duration::from_secs(5)).await;
        let list = bob.list().await;
        let found: Vec<_> = list.iter().map(|row| (row.conversation_id, row.unread)).collect();
        assert_eq!(found, [(group, 1), (chat, 2)]);
        let changes = bob.sync(cursor).await;
        assert!(!changes.reset && changes.user_index == cursor, "no user index without a row");
        assert_eq!(changes.changed.len(), 2);
        assert_eq!(bob.texts(chat).await, ["one", "two"]);
        server.store.set_full(false);
        server.store.set_derived_full(false);
        let changes = bob.sync(cursor).await;
        assert_eq!((changes.user_index, changes.changed.len()), (cursor + 3, 2));
        assert_eq!(bob.list().await, list);
        server.crash();
        assert_eq!(server.again(&bob).list().await, list);
    }
}

#[tokio::test(start_paused = true)]
async fn checkpoints_wait_for_room_and_lose_nothing() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    server.store.set_derived_full(true);
    for number in 0..20 {
        alice.send(chat, &format!("k{number}")).await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    server.crash();
    let alice = server.again(&alice);
    assert_eq!(alice.send(chat, "k7").await.index, 8, "the retry key is known");
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    server.crash();
    assert_eq!(server.again(&alice).send(chat, "k7").await.index, 8);
    assert_eq!(server.again(&bob).list().await[0].unread, 20);
}
