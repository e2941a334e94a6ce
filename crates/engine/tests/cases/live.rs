//! Live pushes: what a connection hears, and what it is told when it cannot keep up.
//!
//! Pushes are hints; each test ends with what indexes say, which must agree.

use parlance_engine::Taken;
use parlance_proto::{Event, limits};

use crate::harness::Server;

#[tokio::test(start_paused = true)]
async fn every_device_of_every_member_hears_the_same() {
    let server = Server::start();
    let [alice, bob, carol] = server.users(["alice", "bob", "carol"]).await;
    let tablet = server.device(bob.id()).await;
    let group = alice.group("Team", &[&bob]).await;
    let (of_alice, of_bob, of_tablet) = (alice.attach(), bob.attach(), tablet.attach());
    let of_carol = carol.attach();
    for text in ["one", "two", "three"] {
        alice.send(group, text).await;
    }
    for heard in [&of_alice, &of_bob, &of_tablet] {
        assert_eq!(heard.texts(), ["one", "two", "three"]);
    }
    assert_eq!(of_carol.events(), []);
    assert_eq!(bob.texts(group).await, ["one", "two", "three"]);
}

#[tokio::test(start_paused = true)]
async fn an_entry_is_pushed_as_it_stands_in_the_log() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let heard = bob.attach();
    alice.send(chat, "hello").await;
    let entry = bob.history(chat).await.entries.remove(0);
    assert!(heard.events().contains(&Event::Entry { conversation_id: chat, entry }));
}

#[tokio::test(start_paused = true)]
async fn two_devices_of_one_user_agree() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let tablet = server.device(bob.id()).await;
    let chat = alice.with(&bob);
    let cursor = tablet.cursor().await;
    alice.send(chat, "one").await;
    bob.send(chat, "two").await;
    tablet.send(chat, "three").await;
    alice.send(chat, "four").await;
    bob.read(chat, 4).await;
    assert_eq!(bob.list().await, tablet.list().await);
    assert_eq!(bob.sync(cursor).await, tablet.sync(cursor).await);
    assert_eq!(bob.history(chat).await, tablet.history(chat).await);
    assert_eq!(tablet.summary(chat).await.unread, 0);
    let history = tablet.history(chat).await;
    assert_eq!(history.entries[1].session, bob.caller.session, "each knows its own");
    assert_eq!(history.entries[2].session, tablet.caller.session);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_is_told_to_sync_and_finds_everything() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    let chat = alice.with(&bob);
    let cursor = bob.cursor().await;
    let (slow, quick) = (bob.attach(), bob.attach());
    let text = "x".repeat(limits::TEXT_MAX_CHARS);
    let count = limits::OUTBOX_MAX_BYTES / limits::TEXT_MAX_CHARS + 5;
    let mut heard = 0;
    for number in 0..count {
        alice.try_send(chat, &format!("k{number}"), &text).await.unwrap();
        heard += quick.texts().len();
    }
    assert_eq!(heard, count, "others are not held up");
    slow.connection.ready().await;
    assert_eq!(slow.events(), [Event::Unsynced {}]);
    let changes = bob.sync(cursor).await;
    assert_eq!(changes.changed[0].unread, count as u64);
    alice.send(chat, "next").await;
    assert_eq!(slow.texts(), ["next"], "it hears again from there");
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_is_gone_hears_nothing_and_costs_nothing() {
    let server = Server::start();
    let [alice, bob] = server.users(["alice", "bob"]).await;
    drop(bob.attach());
    alice.send(alice.with(&bob), "hello").await;
    let heard = bob.attach();
    assert_eq!(heard.now(), (Vec::new(), Taken::Open), "no past either: that is what sync is for");
    let sessions = bob.engine.list_sessions(bob.caller, parlance_proto::ListSessions {}).await.unwrap();
    assert!(sessions.sessions[0].online);
    drop(heard);
    let sessions = bob.engine.list_sessions(bob.caller, parlance_proto::ListSessions {}).await.unwrap();
    assert!(!sessions.sessions[0].online);
}
