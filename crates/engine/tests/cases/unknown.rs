//! Lost answers of the store: an outcome is found out, never guessed, and a repeat is always safe.
//!
//! The store here forgets to answer; whether it wrote is settled by the token in the guard's row.

use std::time::Duration;

use parlance_engine::Error;
use parlance_proto::{
    CreateGroup, DisappearAfter, Disappearing, LeaveConversation, MarkRead, SetDisappearing,
};

use crate::harness::{Device, Server};

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_settled_before_anybody_is_told() {
    for written in [true, false] {
        for times in 1..=3 {
            let server = Server::start();
            let [alice, bob] = server.users(["alice", "bob"]).await;
            let chat = alice.with(&bob);
            alice.send(chat, "one").await;
            server.store.stammer(times, written);
            assert_eq!(alice.send(chat, "two").await.index, 2);
            assert_eq!(alice.send(chat, "two").await.index, 2);
            assert_eq!(bob.send(chat, "three").await.index, 3);
            assert_eq!(bob.texts(chat).await, ["one", "two", "three"]);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn ones_own_first_try_is_known_again_by_its_token() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let group = alice.group("Team", &[&bob]).await;
    // The leaving is written, the answer is lost, and so is the first look into it: the second try meets the first.
    server.store.stammer(1, true);
    server.store.deafen(1);
    let leave = LeaveConversation { conversation_id: group };
    assert_eq!(bob.engine.leave_conversation(bob.caller, leave).await.unwrap().index, 2);
    assert_eq!(alice.history(group).await.head, 2);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_settled_is_called_unknown_and_a_repeat_tells() {
    for written in [true, false] {
        let mut server = Server::start();
        let [alice, bob] = server.users(["alice", "bob"]).await;
        let chat = alice.with(&bob);
        alice.send(chat, "one").await;
        // Nothing is written and no answer comes, for longer than anybody looks into it.
        server.store.stammer(8, false);
        assert!(matches!(alice.try_send(chat, "two", "two").await, Err(Error::Unknown)));
        server.store.stammer(1, written);
        assert_eq!(alice.send(chat, "two").await.index, 2);
        server.crash();
        assert_eq!(server.again(&alice).send(chat, "two").await.index, 2);
        assert_eq!(server.again(&bob).texts(chat).await, ["one", "two"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_crash_in_between_leaves_the_repeat_to_tell() {
    for written in [true, false] {
        let mut server = Server::start();
        let [alice, bob] = server.users(["alice", "bob"]).await;
        let chat = alice.with(&bob);
        server.store.stammer(u32::MAX, written);
        let send = tokio::time::timeout(Duration::from_millis(1), alice.try_send(chat, "k", "text"));
        let answer = send.await;
        server.crash();
        let (alice, bob) = (server.again(&alice), server.again(&bob));
        if let Ok(Ok(accepted)) = answer {
            assert_eq!(bob.texts(chat).await.len() as u64, accepted.index, "acknowledged is there");
        }
        assert_eq!(alice.try_send(chat, "k", "text").await.unwrap().index, 1);
        assert_eq!(bob.texts(chat).await, ["text"]);
    }
}

#[tokio::test(start_paused = true)]
async fn groups_and_accounts_are_made_once_all_the_same() {
    for written in [true, false] {
        let server = Server::start();
        server.store.stammer(1, written);
        let alice = server.user("alice").await;
        server.store.stammer(2, written);
        let bob = server.user("bob").await;
        assert_eq!(server.engine.account_named("bob").await.unwrap().unwrap().user.user_id, bob.id());
        let make = || CreateGroup {
            name: "Team".to_owned(),
            member_ids: vec![bob.id()],
            client_message_id: "once".to_owned(),
            kind: None,
        };
        server.store.stammer(3, written);
        let group = alice.engine.create_group(alice.caller, make()).await.unwrap();
        let again = alice.engine.create_group(alice.caller, make()).await.unwrap();
        assert_eq!(group, again);
        assert_eq!((group.head, group.member_count), (1, 2));
    }
}

#[tokio::test(start_paused = true)]
async fn a_dirty_mark_that_may_be_gone_is_written_again() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    tokio::time::sleep(Duration::from_millis(1_900)).await;
    let cursor = bob.cursor().await;
    // The mark is removed, but nobody learns it.
    server.store.lose_answers(1);
    tokio::time::sleep(Duration::from_millis(200)).await;
    alice.send(chat, "two").await;
    server.crash();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let changed = server.again(&bob).sync(cursor).await.changed;
    assert_eq!(changed.iter().map(|one| one.head).collect::<Vec<_>>(), [2]);
}

/// A commit that nobody waits for any more comes through while the conversation is quiet; the log was read again before. What
/// `bob` is told of it after a crash.
async fn told_of_what_comes_late(server: &mut Server, bob: &Device, cursor: u64) -> Vec<u64> {
    tokio::time::sleep(Duration::from_millis(650)).await;
    assert!(server.store.let_through().await, "nobody has taken its place");
    tokio::time::sleep(Duration::from_secs(5)).await;
    server.crash();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let changed = server.again(bob).sync(cursor).await.changed;
    changed.iter().map(|one| one.head).collect()
}

#[tokio::test(start_paused = true)]
async fn what_comes_through_late_is_told_without_a_restart_and_once() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let cursor = bob.cursor().await;
    server.store.hold_up(8);
    assert!(matches!(alice.try_send(chat, "two", "two").await, Err(Error::Unknown)));
    tokio::time::sleep(Duration::from_secs(90)).await;
    assert!(server.store.let_through().await, "nobody has taken its place");
    tokio::time::sleep(Duration::from_secs(5)).await;
    let changes = bob.sync(cursor).await;
    assert_eq!(changes.changed.iter().map(|one| one.head).collect::<Vec<_>>(), [2]);
    assert_eq!(alice.send(chat, "two").await.index, 2);
    assert_eq!(alice.send(chat, "three").await.index, 3);
    assert_eq!(bob.sync(changes.user_index).await.changed.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_comes_through_late_is_followed_up() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let cursor = bob.cursor().await;
    server.store.hold_up(8);
    assert!(matches!(alice.try_send(chat, "two", "two").await, Err(Error::Unknown)));
    assert_eq!(told_of_what_comes_late(&mut server, &bob, cursor).await, [2]);
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_message_that_comes_through_late_is_followed_up() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let disappearing = Some(Disappearing { after: DisappearAfter::Sending, ms: 60_000 });
    let input = SetDisappearing { conversation_id: chat, disappearing };
    alice.engine.set_disappearing(alice.caller, input).await.unwrap();
    alice.send(chat, "one").await;
    let cursor = bob.cursor().await;
    server.store.hold_up(8);
    server.clock.pass(60_000);
    while !server.store.has_held_up() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    assert_eq!(told_of_what_comes_late(&mut server, &bob, cursor).await, [3]);
}

#[tokio::test(start_paused = true)]
async fn what_may_have_been_written_is_followed_up_although_nothing_could_be_read_then() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    let cursor = bob.cursor().await;
    // It is written, but no answer comes, and the log cannot be read again either.
    server.store.stammer(8, true);
    server.store.deafen(10);
    assert!(matches!(alice.try_send(chat, "two", "two").await, Err(Error::Unknown)));
    tokio::time::sleep(Duration::from_secs(5)).await;
    server.crash();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let changed = server.again(&bob).sync(cursor).await.changed;
    assert_eq!(changed.iter().map(|one| one.head).collect::<Vec<_>>(), [2]);
}

#[tokio::test(start_paused = true)]
async fn what_a_failing_disk_was_to_write_is_unknown_until_the_next_start_tells() {
    for written in [true, false] {
        let mut server = Server::start();
        let [alice, bob] = server.users(["alice", "bob"]).await;
        let chat = alice.with(&bob);
        alice.send(chat, "one").await;
        server.store.poison(written);
        // Nobody knows of the first; of what came after it nothing is promised either.
        for key in ["two", "three"] {
            let answer = alice.try_send(chat, key, key).await;
            assert!(matches!(answer, Err(Error::Unknown)), "{answer:?}");
        }
        server.crash();
        let (alice, bob) = (server.again(&alice), server.again(&bob));
        assert_eq!(bob.texts(chat).await.len(), if written { 2 } else { 1 });
        assert_eq!(alice.send(chat, "two").await.index, 2);
        assert_eq!(bob.texts(chat).await, ["one", "two"]);
    }
}

#[tokio::test(start_paused = true)]
async fn rows_that_a_failing_disk_was_to_write_are_unknown_too() {
    let mut server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    alice.send(chat, "one").await;
    server.store.poison(true);
    let [first, second] = [1, 2].map(|byte| [byte; 32]);
    let opened = bob.engine.open_session(bob.id(), "Phone", first).await;
    assert!(matches!(opened, Err(Error::Unknown)), "{opened:?}");
    let opened = bob.engine.open_session(bob.id(), "Phone", second).await;
    assert!(matches!(opened, Err(Error::Unknown)), "{opened:?}");
    let read = bob.engine.mark_read(bob.caller, MarkRead { conversation_id: chat, index: 1 }).await;
    assert!(matches!(read, Err(Error::Unknown)), "{read:?}");
    server.crash();
    let [first, second] = [server.engine.session(first).await, server.engine.session(second).await];
    assert!(first.unwrap().is_some() && second.unwrap().is_none());
}
